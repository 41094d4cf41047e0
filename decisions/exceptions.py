"""What the actions of this room refuse."""

from record.exceptions import NotAllowed, NotNow, NotValid, Refusal

__all__ = ["NotAllowed", "NotNow", "NotValid", "Refusal"]
