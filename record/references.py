"""Human references such as D-2026-0042: short enough to read out over the telephone."""

from django.db.models import F

from record import clock
from record.models import ReferenceCounter


def next_reference(letter: str) -> str:
    """The next reference of this year's series, e.g. "D-2026-0042".

    Must run inside a transaction: the counter's row stays locked until it ends, so two actions
    never share a number, and a number that is rolled back is given out again.
    """
    series = f"{letter}-{clock.today().year}"
    if not ReferenceCounter.objects.filter(pk=series).update(last=F("last") + 1):
        ReferenceCounter.objects.get_or_create(pk=series)
        ReferenceCounter.objects.filter(pk=series).update(last=F("last") + 1)
    return f"{series}-{ReferenceCounter.objects.get(pk=series).last:04d}"
