"""Opening and closing on time. Safe to run late, twice and at once."""

import logging
import random

from django.db import transaction
from django.db.models import Count as CountOf
from django.utils.translation import gettext as _

from ballots import lifecycle
from ballots.actions.announcing import ballot_facts, cancel_ballot
from ballots.actions.emptying import empty_box
from ballots.guards import locked_ballot
from ballots.models import Ballot, BallotKey, Count, Elector, Paper
from ballots.papers_file import LEAST_PUBLISHED, digest, write_papers
from ballots.roll import electors_now
from ballots.secrecy import new_code, new_key
from record import clock
from record.announcements import SYSTEM, announce

logger = logging.getLogger(__name__)


def open_due_ballots() -> int:
    """Open every announced ballot whose time has come. Returns how many."""
    due = Ballot.objects.due_to_open(clock.now()).order_by("opens_at", "id")
    return sum(open_ballot(ballot=ballot) for ballot in due)


def close_due_ballots() -> list[Ballot]:
    """Close every open ballot whose time is over. Returns those that were closed."""
    due = Ballot.objects.due_to_close(clock.now()).order_by("closes_at", "id")
    return [ballot for ballot in due if close_ballot(ballot=ballot)]


@transaction.atomic
def open_ballot(*, ballot: Ballot) -> bool:
    """Take the roll and open. False where it is not time, or another was here first.

    Where the site slept through the whole vote, nobody could have voted: it is cancelled, and says so.
    """
    ballot = locked_ballot(ballot.pk)
    now = clock.now()
    if not lifecycle.may(ballot, "open") or ballot.opens_at is None or ballot.opens_at > now:
        return False
    if ballot.closes_at is not None and ballot.closes_at <= now:
        cancel_ballot(ballot=ballot, acting_user=None, reason=_("The site did not run while it should have been open."))
        return False
    BallotKey.objects.create(ballot=ballot, key=new_key())
    ballot.eligible_count = _take_roll(ballot)
    ballot.state = lifecycle.after(ballot, "open")
    ballot.opened_at = now
    ballot.save()
    announce(
        "ballot.opened",
        subject=ballot,
        community=ballot.community,
        actor=SYSTEM,
        payload=ballot_facts(ballot) | {"eligible": ballot.eligible_count},
    )
    return True


@transaction.atomic
def close_ballot(*, ballot: Ballot) -> bool:
    """Close, put the papers on the table in an order that tells nothing, and destroy what leads to a voter. False
    where it is not time, or another was here first.

    It waits for votes that are being taken, and keeps later ones out: what is counted is what was acknowledged.
    """
    ballot = locked_ballot(ballot.pk)
    now = clock.now()
    if not lifecycle.may(ballot, "close") or ballot.closes_at is None or ballot.closes_at > now:
        return False
    _turn_out(ballot)
    count = _lay_out_papers(ballot)
    empty_box(ballot)
    ballot.state = lifecycle.after(ballot, "close")
    ballot.closed_at = now
    ballot.save()
    announce(
        "ballot.closed",
        subject=ballot,
        community=ballot.community,
        actor=SYSTEM,
        payload=ballot_facts(ballot)
        | {
            "eligible": ballot.eligible_count,
            "voted": {"online": ballot.online_count, "paper": ballot.paper_count, "phone": ballot.phone_count},
            "papers_sha256": count.papers_sha256,
            "receipts_sha256": count.receipts_sha256,
        },
    )
    return True


def _take_roll(ballot: Ballot) -> int:
    """A line for each person who may vote, in an order of chance. How many."""
    seats = list(electors_now(ballot).values_list("user_id", "area"))
    random.SystemRandom().shuffle(seats)
    codes: set[str] = set()
    while len(codes) < len(seats):
        codes.add(new_code())
    Elector.objects.bulk_create(
        (
            Elector(ballot=ballot, user_id=user, number=number, area=area, code=code)
            for number, ((user, area), code) in enumerate(zip(seats, codes, strict=True), start=1)
        ),
        batch_size=2000,
    )
    return len(seats)


def _turn_out(ballot: Ballot) -> None:
    voted = Elector.objects.filter(ballot=ballot).exclude(channel="").order_by()
    counts = {row["channel"]: row["n"] for row in voted.values("channel").annotate(n=CountOf("pk"))}
    ballot.online_count = counts.get(Elector.Channel.ONLINE, 0)
    ballot.paper_count = counts.get(Elector.Channel.PAPER, 0)
    ballot.phone_count = counts.get(Elector.Channel.PHONE, 0)


def _lay_out_papers(ballot: Ballot) -> Count:
    """The papers as the file that will be published, and the receipts. Papers and roll must agree."""
    codes = list(ballot.options.values_list("code", flat=True))
    rows = list(Paper.objects.filter(ballot=ballot).values_list("choices", "receipt"))
    if len(rows) != ballot.voted_count:
        # Nothing is destroyed: the transaction is given up, and the operators see it.
        raise RuntimeError(f"{ballot.reference}: {len(rows)} papers, {ballot.voted_count} marks on the roll")
    papers = write_papers(codes, (choices for choices, _receipt in rows))
    receipts = "".join(f"{receipt}\n" for receipt in sorted(receipt for _choices, receipt in rows))
    published = len(rows) >= LEAST_PUBLISHED
    return Count.objects.create(
        ballot=ballot,
        papers=papers,
        papers_count=len(rows),
        papers_published=published,
        papers_sha256=digest(papers) if published else "",  # the digest of a few papers could be guessed back
        receipts=receipts,
        receipts_sha256=digest(receipts),
    )
