"""What the actions of this room refuse."""

from record.exceptions import NotAllowed, NotValid, Refusal

__all__ = ["NotAllowed", "NotValid", "Refusal"]
