"""What passes with the days. Each task calls its action, which is safe to run late, twice or at once."""

from celery import shared_task

from proposals.actions import asking, asking_for_promises, checking, deciding, ending, mapping


@shared_task
def record_clock_crossings() -> None:
    """Answers that became overdue, or long overdue, and organisations that promised nothing after a vote."""
    asking.record_clock_crossings()
    asking_for_promises.record_overdue_commitment_asks()


@shared_task
def lapse_proposals() -> None:
    """Proposals without enough backing in their time."""
    ending.lapse_proposals()


@shared_task
def decide_standing_answers() -> None:
    """Answers that nobody decided otherwise in five working days become the decision."""
    deciding.decide_standing_answers()


@shared_task
def confirm_undisputed_commitments() -> None:
    """Claims that nobody disputed in 14 days, and promises whose date passed."""
    checking.confirm_undisputed_commitments()
    checking.record_late_commitments()


@shared_task
def find_common_ground() -> None:
    """The map of each community where people agreed or disagreed since the last time."""
    mapping.find_all_common_ground()
