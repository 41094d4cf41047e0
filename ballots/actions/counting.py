"""Counting a closed ballot. The count itself is ballots.counting; here is who counts, how far, and what is kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ballots import counting, lifecycle
from ballots.actions.announcing import ballot_facts
from ballots.counting import shapes
from ballots.guards import locked_ballot
from ballots.models import Ballot, Count, Option
from ballots.papers_file import read_papers
from ballots.terms import options_of, rule_of
from record import clock
from record.announcements import SYSTEM, announce

GIVEN_UP_AFTER = timedelta(seconds=120)  # a count that has not moved for so long is taken up by another worker
MOVES_EVERY = timedelta(seconds=2)


def ballots_to_count() -> list[UUID]:
    """Closed ballots that nobody is counting, or that somebody stopped counting half-way."""
    stale = clock.now() - GIVEN_UP_AFTER
    waiting = Count.objects.filter(ballot__state=Ballot.State.CLOSED)
    return [
        count.ballot_id
        for count in waiting.only("ballot_id", "moved_at").order_by("ballot__closed_at", "id")
        if count.moved_at is None or count.moved_at <= stale
    ]


def count_ballot(ballot_id: UUID) -> bool:
    """Count it, and publish the result. Whether this call did; False where it is counted, or another is at it.

    Twice at once gives one result: the second finds it there. The count is the same whoever does it.
    """
    if not _claim(ballot_id):
        return False
    ballot = Ballot.objects.get(pk=ballot_id)
    options = list(ballot.options.order_by("position", "id"))
    papers = Count.objects.values_list("papers", flat=True).get(ballot=ballot)
    result = counting.count(options_of(options), read_papers(papers), rule_of(ballot), _mover(ballot_id))
    return _publish(ballot_id, options, result)


@transaction.atomic
def _claim(ballot_id: UUID) -> bool:
    count = Count.objects.select_for_update(of=("self",)).select_related("ballot").get(ballot_id=ballot_id)
    now = clock.now()
    if count.ballot.state != Ballot.State.CLOSED:
        return False
    if count.moved_at is not None and count.moved_at > now - GIVEN_UP_AFTER:
        return False
    count.moved_at = now
    count.progress = 0
    count.attempts += 1
    count.save(update_fields=["moved_at", "progress", "attempts"])
    return True


def _mover(ballot_id: UUID) -> Callable[[int], None]:
    """Writes down now and then how far the count is, so that the page can say so and nobody else takes it up."""
    last: list[datetime] = [clock.now()]

    def moved(percent: int) -> None:
        now = clock.now()
        if now - last[0] >= MOVES_EVERY:
            last[0] = now
            Count.objects.filter(ballot_id=ballot_id).update(progress=min(max(percent, 0), 99), moved_at=now)

    return moved


@transaction.atomic
def _publish(ballot_id: UUID, options: list[Option], result: shapes.Count) -> bool:
    ballot = locked_ballot(ballot_id)
    if not lifecycle.may(ballot, "count"):
        return False
    count = Count.objects.select_for_update().get(ballot=ballot)
    keep_result(count, options, result)
    ballot.state = lifecycle.after(ballot, "count")
    ballot.counted_at = clock.now()
    ballot.quorum_met = ballot.voted_count * 100 >= ballot.quorum_percent * ballot.eligible_count
    ballot.save()
    announce(
        "ballot.counted",
        subject=ballot,
        community=ballot.community,
        actor=SYSTEM,
        payload=ballot_facts(ballot)
        | {
            "papers": count.papers_count,
            "papers_sha256": count.papers_sha256,
            "receipts_sha256": count.receipts_sha256,
            "winners": count.winners,
            "totals": count.totals,
            "eligible": ballot.eligible_count,
            "voted": {"online": ballot.online_count, "paper": ballot.paper_count, "phone": ballot.phone_count},
            "quorum_met": ballot.quorum_met,
        },
    )
    return True


def keep_result(count: Count, options: list[Option], result: shapes.Count) -> None:
    """Write the result on the count and its options. Where the papers are too few to be published they are emptied, and
    so is the working: pairs, rounds and spreads of a few papers give the papers away. A step, also of the importer."""
    count.winners = list(result.winners)
    count.totals = result.totals
    count.working = result.working if count.papers_published else {}
    count.progress = 100
    count.moved_at = count.counted_at = clock.now()
    if not count.papers_published:
        count.papers = ""
    count.save()
    place = {code: at for at, code in enumerate(result.winners, start=1)}
    for option in options:
        option.total = result.totals.get(option.code, 0)
        option.place = place.get(option.code)
    Option.objects.bulk_update(options, ["total", "place"])
