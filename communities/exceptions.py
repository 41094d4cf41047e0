"""What the actions of this room refuse."""

from record.exceptions import NotAllowed, NotNow, NotValid, Refusal

__all__ = ["LockedOut", "NotAllowed", "NotNow", "NotValid", "Refusal"]


class LockedOut(Refusal):
    """Too many wrong codes. `minutes` says when to try again."""

    code = "locked_out"
    status = 429

    def __init__(self, message: str, *, minutes: int) -> None:
        super().__init__(message)
        self.minutes = minutes
