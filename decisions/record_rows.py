"""Where a decision says what its line in the record says (record/comparing.py)."""

from decisions.models import Decision
from record.comparing import Compared


def _text(value: object) -> str | None:
    return None if value is None else str(value)


DECISIONS = Compared(
    # Whether it is overruled follows from the decision that overruled it, which has a line of its own.
    rows=lambda: Decision.objects.select_related("overruled_by").prefetch_related("organisations"),
    facts={
        "reference": lambda row: row.reference,
        "outcome": lambda row: row.outcome,
        "decided_by": lambda row: row.decided_by,
        "decided_on": lambda row: row.decided_on.isoformat(),
        "basis": lambda row: {"kind": row.basis_kind, "id": _text(row.basis_id)},
        "organisations": lambda row: sorted(str(organisation.pk) for organisation in row.organisations.all()),
        "overrules": lambda row: _text(row.overrules_id),
        "supports": lambda row: row.supports,
    },
    must={
        "is_overruled": lambda row, lines: hasattr(row, "overruled_by"),
        "record_sequence": lambda row, lines: lines[0].sequence if lines else None,
        "record_hash": lambda row, lines: lines[0].hash if lines else "",
    },
    texts={
        (kind, name): name
        for kind in ("decision.recorded", "decision.overruled")
        for name in ("title", "summary", "reasons")
    },
    called=lambda row: row.reference,
)
