"""Asking for a webhook, confirming it by e-mail, and finding a link again."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from communities.models import Community, Organisation
from record import clock
from record.models import RecordHead
from webhooks import lifecycle
from webhooks.addresses import read_url
from webhooks.models import Endpoint, Letter

# So that nobody can have us fill a stranger's mailbox, or send everything a hundred times over.
LATELY = timedelta(days=1)
MOST_UNCONFIRMED_LATELY = 2
MOST_UNCONFIRMED = 3  # at once; they are forgotten after seven days
MOST_OF_AN_ADDRESS = 20
# A stranger's server is as easily filled as a mailbox: to confirm takes only a mail, and those cost nothing.
MOST_OF_A_URL_LATELY = 5
MOST_OF_A_URL = 10


@transaction.atomic
def subscribe(
    *,
    url: str,
    email: str,
    kinds: list[str],
    community: Community | None = None,
    organisation: Organisation | None = None,
) -> Endpoint | None:
    """Keep the wish, and owe its confirmation mail. Nothing is sent to the URL before that.

    None where this e-mail address or this URL has enough of them already, or a form was sent twice: the page says the
    same, since whoever fills the form in need not be the one who reads the mail. Raises NotValid for a URL that we do
    not call.
    """
    read_url(url)
    email = email.lower()
    if _has_enough(email, url) or _is_full(url):
        return None
    endpoint = Endpoint.objects.create(
        url=url, email=email, kinds=kinds, community=community, organisation=organisation
    )
    owe_letter(endpoint, Letter.Kind.CONFIRM)
    return endpoint


def _has_enough(email: str, url: str) -> bool:
    """Whether this mailbox gets no more mails now."""
    theirs = Endpoint.objects.filter(email=email).exclude(state=Endpoint.State.ENDED)
    rows = list(theirs.values_list("state", "created_at", "url")[: MOST_OF_AN_ADDRESS + MOST_UNCONFIRMED])
    since = clock.now() - LATELY
    waiting = [(at, to) for state, at, to in rows if state == Endpoint.State.UNCONFIRMED]
    lately = [to for at, to in waiting if at > since]
    too_many = len(waiting) >= MOST_UNCONFIRMED or len(lately) >= MOST_UNCONFIRMED_LATELY
    return too_many or url in lately or len(rows) >= MOST_OF_AN_ADDRESS


def _is_full(url: str) -> bool:
    """Whether this server hears of everything often enough, whoever asked, and whatever stands behind the "?"."""
    place = url.partition("#")[0].partition("?")[0]
    same = Q(url__iexact=place) | Q(url__istartswith=f"{place}?") | Q(url__istartswith=f"{place}#")
    moments = list(
        Endpoint.objects.filter(same)
        .exclude(state=Endpoint.State.ENDED)
        .order_by("-created_at")
        .values_list("created_at", flat=True)[:MOST_OF_A_URL]
    )
    lately = [at for at in moments if at > clock.now() - LATELY]
    return len(moments) >= MOST_OF_A_URL or len(lately) >= MOST_OF_A_URL_LATELY


@transaction.atomic
def confirm(*, endpoint: Endpoint) -> Endpoint:
    """From here on, whatever comes into the record is sent. A second press changes nothing."""
    endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if endpoint.confirmed_at is not None and endpoint.state != Endpoint.State.ENDED:
        return endpoint
    lifecycle.require("confirm", endpoint)
    head = RecordHead.objects.filter(pk=1).first()
    endpoint.state = Endpoint.State.ACTIVE
    endpoint.state_at = endpoint.confirmed_at = clock.now()
    endpoint.next_sequence = head.sequence_count if head else 0
    endpoint.save()
    owe_letter(endpoint, Letter.Kind.LINK)
    return endpoint


@transaction.atomic
def send_links_again(*, email: str) -> int:
    """Owe a letter for each webhook of this address. Returns how many; the page says nothing of it."""
    count = 0
    for endpoint in Endpoint.objects.filter(email=email.lower()).exclude(state=Endpoint.State.ENDED):
        is_new = endpoint.state == Endpoint.State.UNCONFIRMED
        owe_letter(endpoint, Letter.Kind.CONFIRM if is_new else Letter.Kind.LINK)
        count += 1
    return count


def owe_letter(endpoint: Endpoint, kind: str) -> None:
    """One letter of a kind at a time: asked for twice before it goes, it is one."""
    Letter.objects.bulk_create([Letter(endpoint=endpoint, kind=kind)], ignore_conflicts=True)
