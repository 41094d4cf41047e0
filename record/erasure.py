"""Erasing a person's words from beside the record. The chain holds: it carries only their digests."""

from collections.abc import Iterable
from typing import Any

from record import clock
from record.models import EntryText


def erase_words(
    subject_type: str, subject_ids: Iterable[Any], *, texts: Iterable[str] | None = None, kind: str = ""
) -> int:
    """Erase the texts and salts of every entry about these subjects, or of these `texts` only, and in lines of this
    `kind` only, where others wrote there too; returns how many were erased."""
    rows = EntryText.objects.filter(
        entry__subject_type=subject_type,
        entry__subject_id__in=[str(subject_id) for subject_id in subject_ids],
        erased_at=None,
    )
    if texts is not None:
        rows = rows.filter(text__in=list(texts))
    if kind:
        rows = rows.filter(entry__kind=kind)
    return rows.update(text="", salt="", erased_at=clock.now())
