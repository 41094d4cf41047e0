"""What the actions of this room refuse."""

from record.exceptions import NotAllowed, NotNow, NotValid, Refusal

__all__ = ["NotAllowed", "NotNow", "NotValid", "Refusal", "TooOften"]


class TooOften(Refusal):
    """Asked for too many times in a short while."""

    code = "too_often"
    status = 429
