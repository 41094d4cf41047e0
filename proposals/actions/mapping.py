"""Working out the common ground of a community: read the answers, do the maths, keep the result.

The maths runs outside any transaction, so nobody waits for it; what it gives is written at once. A worker that is
killed leaves the old result, and the next sweep begins again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from proposals.common_ground.finding import LEAST_PEOPLE, find_common_ground
from proposals.common_ground.shapes import CommonGround as Found
from proposals.common_ground.shapes import Statement
from proposals.models import CommonGround, Opinion, Proposal
from record import clock

# An answer of a transaction that was open while the others were read shows up within this time.
STILL_COMING = timedelta(minutes=1)
MOST_AT_ONCE = 500  # rows of one UPDATE
NOT_ON_THE_MAP = ("draft", "withdrawn", "merged")


def find_all_common_ground() -> int:
    """Work out every community whose answers changed since the last time. Returns how many. Safe to run at once."""
    changed = list(_changed())
    for community_id in changed:
        work_out_common_ground(community_id=community_id)
    return len(changed)


def work_out_common_ground(*, community_id: UUID) -> None:
    """The map of one community and the agreement of each of its proposals, from all the answers as they are now."""
    read_at = clock.now()
    votes: dict[str, dict[str, int]] = {}
    answers = 0
    for proposal_id, user_id, source_voter, value in _opinions(community_id):
        # The two kinds of people are kept apart: a number given elsewhere could be anybody's.
        votes.setdefault(f"here {user_id}" if user_id else f"there {source_voter}", {})[str(proposal_id)] = value
        answers += 1
    _keep(community_id, read_at, answers, find_common_ground(votes))


def _changed() -> Iterator[UUID]:
    columns = F("agree_count") + F("disagree_count") + F("pass_count")
    on_map = Proposal.objects.exclude(state__in=NOT_ON_THE_MAP).order_by()
    counted = on_map.values("community").annotate(n=Sum(columns)).values_list("community", "n")
    there = dict(counted.filter(n__gt=0))
    known = dict(CommonGround.objects.values_list("community_id", "computed_at"))
    answers = dict(CommonGround.objects.values_list("community_id", "answers"))
    for community_id in sorted(there.keys() | known.keys()):
        if (
            community_id not in known
            or answers[community_id] != there.get(community_id, 0)
            or Opinion.objects.filter(
                proposal__community=community_id, answered_at__gte=known[community_id] - STILL_COMING
            ).exists()
        ):
            yield community_id


def _opinions(community_id: UUID) -> Any:
    rows = Opinion.objects.filter(proposal__community=community_id).exclude(proposal__state__in=NOT_ON_THE_MAP)
    return rows.values_list("proposal_id", "user_id", "source_voter", "value").iterator(chunk_size=5000)


@transaction.atomic
def _keep(community_id: UUID, read_at: datetime, answers: int, found: Found) -> None:
    """Write it, unless a later reading was kept meanwhile. The row of the map is locked, then the proposals by id."""
    ground, is_new = CommonGround.objects.get_or_create(community_id=community_id, defaults={"computed_at": read_at})
    ground = CommonGround.objects.select_for_update().get(pk=ground.pk)
    if not is_new and ground.computed_at > read_at:
        return
    ground.computed_at, ground.answers = read_at, answers
    ground.people, ground.stability = found.people, found.stability
    ground.groups = [len(group) for group in found.groups]
    ground.points = _points(found)
    ground.by_group = {row.key: _by_group(row) for row in found.statements if row.by_group}
    ground.save()
    _keep_columns(community_id, {row.key: round(1000 * row.consensus) for row in found.statements})


def _points(found: Found) -> list[list[Any]]:
    """Every person as a place, without anything that leads back to them: the order is that of the places."""
    if len(found.points) < LEAST_PEOPLE:
        return []
    farthest = max(max(abs(x), abs(y)) for x, y in found.points.values()) or 1.0
    group_of = {person: at for at, people in enumerate(found.groups) for person in people}
    rows = [
        [round(x / farthest, 2), round(y / farthest, 2), group_of.get(person)]
        for person, (x, y) in found.points.items()
    ]
    return sorted(rows, key=lambda row: (row[0], row[1], -1 if row[2] is None else row[2]))


def _by_group(row: Statement) -> list[list[int] | None]:
    """Of each group how many agree, of how many. None for all where so few of one answered that it would tell on
    them: what the others said could be taken from what everybody said."""
    if any(voted < LEAST_PEOPLE for _agrees, voted in row.by_group):
        return [None] * len(row.by_group)
    return [[agrees, voted] for agrees, voted in row.by_group]


def _keep_columns(community_id: UUID, truth: dict[str, int]) -> None:
    """The sort of the list. Only what changed is written, so that nobody who reads changes reads all of them."""
    rows = Proposal.objects.select_for_update(of=("self",)).filter(community=community_id).exclude(state="draft")
    found = list(rows.only("pk", "common_ground").order_by("pk"))
    now = clock.now()  # once they are held: whoever had them before must not seem to have come later
    changed = []
    for proposal in found:
        right = truth.get(str(proposal.pk))
        if proposal.common_ground != right:
            proposal.common_ground, proposal.updated_at = right, now
            changed.append(proposal)
    Proposal.objects.bulk_update(changed, ["common_ground", "updated_at"], batch_size=MOST_AT_ONCE)
