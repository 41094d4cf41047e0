"""Refusals of this room."""

from record.exceptions import EditedElsewhere, NotAllowed, NotNow, NotValid

__all__ = ["EditedElsewhere", "NotAllowed", "NotNow", "NotValid"]
