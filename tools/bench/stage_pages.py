"""Which pages are read, down to the cursors of deep ones."""

from typing import Any

from django.test import Client

from accounts.models import User
from communities.models import Community, Membership
from proposals.models import Ask, Comment, Proposal
from proposals.seeding.quick import write_rows
from proposals.seeding.writing import COMMENT
from record import clock
from record.ids import uuid7
from tools.bench.stage import COMMENTS, DEEPEST
from words.keyset import page_of

DECISIONS = "/api/v1/decisions/?page_size=20"


def place_and_residents() -> tuple[Community, list[User]]:
    """What seed_load has made."""
    place = Community.objects.get()
    seats = Membership.objects.residents().filter(community=place).select_related("user").order_by("user_id")
    return place, [seat.user for seat in seats]


def paths(place: Community) -> dict[str, str]:
    """The address of each row that is read by somebody who is not signed in."""
    proposals = f"{place.get_absolute_url()}proposals/"
    return {
        "list": proposals,
        "list_deep": proposals + _half_way(Proposal.objects.filter(community=place), "-supports_count", "-id"),
        "proposal": _talked_about(place).get_absolute_url(),
        "home": "/",
        "waiting": "/waiting/",
        "waiting_deep": "/waiting/" + _half_way(Ask.objects.open(), "due_on", "id"),
        "search": f"{proposals}?q=lift+canal",
        "search_common": f"{proposals}?q=garden",
        "decisions": DECISIONS,
        "decisions_deep": _deep_decisions(),
        "proposals": "/api/v1/proposals/?page_size=20",
    }


def unchanged(path: str) -> tuple[str, str, dict[str, str], str]:
    """The list again, by somebody who has it."""
    return "GET", path, {"If-None-Match": Client().get(path).headers["ETag"]}, ""


def _half_way(rows: Any, *order: str) -> str:
    """The query string of the page in the middle of a list. The two rows around the cut alone make the cursor."""
    middle = rows.count() // 2
    around = list(rows.order_by(*order).values_list("pk", flat=True)[middle : middle + 2])
    return page_of(rows.filter(pk__in=around), *order, params={}, size=1).next_url


def _deep_decisions() -> str:
    """As far down as some pages lead; what follows is read by pages of twenty, as the first one is."""
    client, url = Client(), "/api/v1/decisions/?page_size=200"
    for _page in range(DEEPEST):
        following = client.get(url).json()["next"]
        if following is None:
            break
        url = "/api/v1/" + following.partition("/api/v1/")[2]
    return url.replace("page_size=200", "page_size=20")


def _talked_about(place: Community) -> Proposal:
    """A proposal that waits for its answer, with twenty comments."""
    proposal = Proposal.objects.filter(community=place, state=Proposal.State.AWAITING_RESPONSE).order_by("pk")[0]
    there = Comment.objects.filter(proposal=proposal).count()
    speakers = Membership.objects.residents().filter(community=place).values_list("user_id", "area")[:COMMENTS]
    said = "I see this every day when I come home from work. Please do something before the winter."
    missing = list(speakers)[: COMMENTS - there]
    write_rows(
        Comment,
        COMMENT,
        (
            (uuid7(), proposal.pk, None, user, "resident", "", area, said, clock.now(), uuid7())
            for user, area in missing
        ),
    )
    Proposal.objects.filter(pk=proposal.pk).update(comments_count=there + len(missing))
    return proposal
