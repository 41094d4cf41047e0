"""Changing many published rows at once."""

from typing import Any

from record import clock


class DatedRows:
    """For the querysets of rows that are Dated: all of them that change say so."""

    def update(self, **values: Any) -> int:
        """Keep `updated_at` true, as save() does: copies elsewhere, and lists that are kept, missed a count that moved
        alone."""
        changed: int = super().update(**({"updated_at": clock.now()} | values))  # type: ignore[misc]
        return changed

    update.alters_data = True  # type: ignore[attr-defined]  # Django's mark, as on the method of its own
