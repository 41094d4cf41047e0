"""What the actions of this room refuse, in words for the person."""

from record.exceptions import EditedElsewhere, NotAllowed, NotNow, NotValid, Refusal

__all__ = ["DraftEditedElsewhere", "NotAllowed", "NotNow", "NotValid", "Refusal"]


class DraftEditedElsewhere(EditedElsewhere):
    """A colleague saved this draft after the person opened it. Both texts are kept and shown."""
