"""When an answer was late and when a promise is: of their plain values, so that rows without objects are told alike."""

from datetime import date

from django.db.models import Q

NEVER_LATE = ("confirmed", "dropped", "claimed_done")  # states of a promise


def answer_was_late(answered_on: date | None, due_on: date) -> bool:
    """It came after its day. Without an answer, nothing was late yet: it is overdue."""
    return answered_on is not None and answered_on > due_on


def promise_is_late(state: str, due_on: date, today: date) -> bool:
    """Past its day and not even claimed to be done."""
    return state not in NEVER_LATE and due_on < today


def late_promises(today: date) -> Q:
    """The same, as a condition on promises."""
    return ~Q(state__in=NEVER_LATE) & Q(due_on__lt=today)
