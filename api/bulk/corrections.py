"""What changed in rows that were published before: two snapshots, line by line, both in the order of their ids."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from api.columns import Column
from api.models import Correction
from api.resources import Resource

GONE = "(gone)"
NOT_SHOWN = "(not shown)"
LONGEST = 200
LONGEST_REFERENCE = 40  # what the column holds


def corrections(resource: Resource, before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[Correction]:
    """Every settled column that is not what it was, and every row that is gone. What goes on (counts, states, moments
    of change) is no correction; a new row is none either. Constant memory."""
    news = _rows(after)
    new = next(news, None)
    for old in _rows(before):
        while new is not None and new["id"] < old["id"]:
            new = next(news, None)
        if new is None or new["id"] != old["id"]:
            yield _correction(resource, old, "id", old["id"], GONE)
            continue
        for name in resource.settled:
            if _is_corrected(resource, name, old, new):
                yield _correction(
                    resource, new, name, _shown(resource, name, old[name]), _shown(resource, name, new[name])
                )


def _is_corrected(resource: Resource, name: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether the old value was wrong. What was empty and is filled now was not, nor was a flag that goes up, nor what
    a later step says anew, with its own moment. A column that is new was not there before."""
    if old.get(name) in (None, "", new[name]) or _fact(resource, name, old[name]) == _fact(resource, name, new[name]):
        return False
    if name in resource.raised and old[name] is False:
        return False
    return all(old.get(other) == new[other] for one, other in resource.settled_with if one == name)


def _rows(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        yield json.loads(line)


def _correction(resource: Resource, row: dict[str, Any], column: str, before: str, after: str) -> Correction:
    return Correction(
        resource=resource.name,
        row_id=row["id"],
        reference=str(row.get("reference") or "")[:LONGEST_REFERENCE],
        column=column,
        before=before[:LONGEST],
        after=after[:LONGEST],
    )


def _fact(resource: Resource, name: str, value: Any) -> Any:
    """What a value says. Another thing's title and address are not what this row says: that it is that thing is. Nor
    is the order of ids."""
    if isinstance(value, dict) and "id" in value:
        return (value.get("kind"), value["id"])
    return sorted(value) if _column(resource, name).kind == "ids" else value


def _column(resource: Resource, name: str) -> Column:
    return next(column for column in resource.columns if column.name == name)


def _shown(resource: Resource, name: str, value: Any) -> str:
    """A value as the log shows it: words by their digest; who somebody is, or a note that they may take back, not even
    so, for it can be guessed."""
    column = _column(resource, name)
    if value is None:
        return ""
    if column.personal:
        return NOT_SHOWN
    if isinstance(value, dict) and "id" in value:
        return " ".join(str(part) for part in _fact(resource, name, value) if part)
    if column.kind == "text" and not column.choices:
        return f"sha256:{hashlib.sha256(str(value).encode()).hexdigest()}"
    return value if isinstance(value, str) else json.dumps(value)
