"""Human references in blocks: one lock of a counter for a thousand proposals."""

from collections import Counter
from collections.abc import Sequence

from proposals.seeding.plan import Plan
from record.models import ReferenceCounter


class References:
    """Blocks of references, one for each letter and year, taken from the counters at once."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        wanted: Counter[tuple[str, int]] = Counter()
        for plan in plans:
            wanted["P", plan.tabled_at.year] += 1
            if plan.answered_at:
                wanted["R", plan.answered_at.year] += 1
                wanted["C", plan.answered_at.year] += len(plan.promises)
            if plan.decided_at:
                wanted["D", plan.decided_at.year] += 1
        self._next = {series: _reserve(*series, count) for series, count in wanted.items()}

    def take(self, letter: str, year: int) -> str:
        number = self._next[letter, year]
        self._next[letter, year] += 1
        return f"{letter}-{year}-{number:04d}"


def _reserve(letter: str, year: int, count: int) -> int:
    """The first number of a block."""
    counter, _made = ReferenceCounter.objects.select_for_update().get_or_create(pk=f"{letter}-{year}")
    counter.last += count
    counter.save(update_fields=["last"])
    return counter.last - count + 1
