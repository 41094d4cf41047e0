"""One proposal: its story, clock, backing, answers, promises, and what people say."""

import uuid
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from communities.seats import is_verified_resident, seat_of
from proposals import lifecycle, permissions
from proposals.agreement import agreement_in_words
from proposals.models import Opinion, Proposal, ProposalLink, Support
from proposals.promise_lines import promise_lines
from proposals.story import story_of
from proposals.views.detail_parts import asks_of, offers_of, promises_of, talk_of
from record import clock
from words.compiled import compiled, one_or_404

# Not what few proposals have (merged_into, retabled_from, called_in_by): with nine tables PostgreSQL takes longer to
# plan the query than to do everything else on the page. Where there is one, it is one query more.
JOINED = ("community", "author", "topic", "rule", "decision")


# Of what is joined, a page shows names and little else; of its author nothing but the name is ever read.
NOT_SHOWN = (
    *(
        f"author__{field.attname}"
        for field in User._meta.concrete_fields
        if field.attname not in ("id", "display_name")
    ),
    *(f"topic__{name}" for name in ("created_at", "updated_at")),
    *(f"community__{name}" for name in ("created_at", "updated_at", "summary", "place", "homes")),
    *(f"decision__{name}" for name in ("created_at", "updated_at", "summary", "reasons")),
)


@require_safe
def detail(request: HttpRequest, community: str, number: int, slug: str) -> HttpResponse:
    """The number names it. Where the words of the address are not its own, it goes to the right address."""
    proposal = one_or_404(_proposals(reader=request.user, community=community, number=number))
    if slug != proposal.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(proposal.get_absolute_url() + (f"?{query}" if query else ""), permanent=False)
    return render(request, "proposals/proposal_detail.html", _context(request, proposal))


@compiled
def _proposals(*, reader: User, community: str, number: int) -> QuerySet[Any]:
    rows = Proposal.objects.visible_to(reader).tabled().filter(community__slug=community, number=number)
    rows = rows.select_related(*JOINED).defer(*NOT_SHOWN)
    if reader.is_authenticated:
        mine = {"proposal": OuterRef("pk"), "user_id": reader.pk}
        rows = rows.annotate(
            i_back=Exists(Support.objects.filter(**mine)),
            my_opinion=Subquery(Opinion.objects.filter(**mine).values("value")[:1]),
        )
    return rows


@compiled
def _links(*, proposal: UUID) -> QuerySet[Any]:
    return ProposalLink.objects.filter(proposal_id=proposal)


def _context(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """Everything on the page. How many queries it takes does not depend on how much there is to show."""
    today = clock.today()
    has_backed = bool(getattr(proposal, "i_back", False))
    asks = asks_of(proposal, request.user, today)
    promises = promises_of(proposal, request.user)
    names = _names(proposal, asks)
    for other in (proposal.merged_into, proposal.retabled_from):
        if other is not None:
            other.community = proposal.community  # both are of this community: no query for their addresses
    return {
        "proposal": proposal,
        "community": proposal.community,
        "today": today,
        "asks": asks,
        "responses": [ask.response for ask in asks if hasattr(ask, "response")],
        "steps": story_of(proposal, asks, promises, names, today),
        "i_back": has_backed,
        "my_opinion": getattr(proposal, "my_opinion", None),
        "agreement": agreement_in_words(proposal),
        "seat": seat_of(request.user, proposal.community_id),
        "may": buttons(request, proposal, has_backed=has_backed),
        "submission": uuid.uuid4(),
        "links": _links(proposal=proposal.pk),
        "promises": promise_lines(promises, request.user, proposal.community, today, has_backed=has_backed),
        **talk_of(proposal, request),
        **offers_of(proposal),
    }


def _names(proposal: Proposal, asks: list[Any]) -> list[str]:
    """Those who answer: the ones asked, or before that the ones who would be."""
    organisations = [ask.organisation for ask in asks] or list(proposal.organisations.all())
    return [organisation.name for organisation in organisations]


def backing_buttons(request: HttpRequest, proposal: Proposal, *, has_backed: bool) -> dict[str, bool]:
    """Those of the piece of the page that a tap brings anew."""
    return {
        "back": lifecycle.may(proposal, "back"),
        "take_back": has_backed and lifecycle.may(proposal, "withdraw_backing"),
        "is_resident": is_verified_resident(request.user, proposal.community_id),
    }


def buttons(request: HttpRequest, proposal: Proposal, *, has_backed: bool) -> dict[str, bool]:
    """Which buttons this person finds on the page: open now, and theirs to press."""
    user = request.user
    backing = backing_buttons(request, proposal, has_backed=has_backed)
    resident = backing["is_resident"]
    return backing | {
        "give_opinion": lifecycle.may(proposal, "give_opinion"),
        "say": lifecycle.may(proposal, "comment"),
        "is_heard": permissions.can_comment(user, proposal),
        "offer": lifecycle.may(proposal, "offer") and (resident or not user.is_authenticated),
        "judge": lifecycle.may(proposal, "verdict")
        and permissions.can_give_verdict(user, proposal, has_backed=has_backed),
        "promise": resident and proposal.state not in ("withdrawn", "merged", "lapsed"),
        "withdraw": lifecycle.may(proposal, "withdraw") and permissions.can_withdraw(user, proposal),
        "retable": lifecycle.may(proposal, "retable") and permissions.can_retable(user, proposal),
    }
