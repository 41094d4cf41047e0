"""What passes with the hours. Each task calls its action, which is safe to run late, twice or at once."""

from uuid import UUID

from celery import shared_task
from django.db import connection

from ballots.actions import certifying, counting, reminding, running


@shared_task
def open_and_close_ballots() -> None:
    """Open and close what is due, by server time, and have the closed ones counted."""
    running.open_due_ballots()
    closed = running.close_due_ballots()
    for ballot in closed:
        count_ballot.delay(str(ballot.pk))
    if closed:
        wipe_what_was_deleted()
    reminding.announce_closing_soon()


@shared_task
def count_ballot(ballot_id: str) -> None:
    """Count one closed ballot."""
    counting.count_ballot(UUID(ballot_id))


@shared_task
def count_closed_ballots() -> None:
    """Ballots that nobody counts, or whose worker died half-way."""
    for ballot_id in counting.ballots_to_count():
        count_ballot.delay(str(ballot_id))


@shared_task
def certify_counted_ballots() -> None:
    """Counts that nobody certified in their time certify themselves."""
    certifying.certify_due_ballots()


def wipe_what_was_deleted() -> None:
    """PostgreSQL keeps deleted rows on disk until it tidies up: have it write these tables anew. They are small now."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for table in ("ballots_ballotkey", "ballots_unfinishedvote", "ballots_paperentry"):
            cursor.execute(f"VACUUM (FULL) {table}")
