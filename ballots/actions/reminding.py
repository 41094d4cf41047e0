"""Telling people that a vote closes soon."""

from datetime import timedelta

from django.db import transaction

from ballots.actions.announcing import ballot_facts
from ballots.guards import locked_ballot
from ballots.models import Ballot
from record import clock
from record.announcements import SYSTEM, announce, happened

CLOSES_SOON = timedelta(days=2)


def announce_closing_soon() -> int:
    """Once for each ballot, two days before its close. Who is told is worked out when it is told: those on the roll
    who have not voted. Returns how many ballots."""
    now = clock.now()
    told = 0
    for ballot in Ballot.objects.open().filter(closes_at__gt=now, closes_at__lte=now + CLOSES_SOON).order_by("id"):
        if happened(f"ballot.closing_soon/{ballot.pk}"):
            continue
        with transaction.atomic():
            fresh = locked_ballot(ballot.pk)
            if happened(f"ballot.closing_soon/{ballot.pk}") or fresh.state != Ballot.State.OPEN:
                continue
            announce(
                "ballot.closing_soon",
                subject=fresh,
                community=fresh.community,
                actor=SYSTEM,
                payload=ballot_facts(fresh) | {"closes_at": fresh.closes_at.isoformat() if fresh.closes_at else ""},
                public=False,
                once_key=f"ballot.closing_soon/{fresh.pk}",
            )
            told += 1
    return told
