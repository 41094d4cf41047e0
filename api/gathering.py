"""What rows show of things that hang on them: read for many rows at once, and no more of it than is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, prefetch_related_objects

from api.columns import GATHERED

Known = dict[str, dict[Any, Any]]


@dataclass(frozen=True)
class Gather:
    """Values of a relation, in the order of one of its columns: those of one column as they are, those of several as
    tuples. `where` names the relation, too."""

    relation: str
    columns: tuple[str, ...] = ("pk",)
    order: str = "pk"
    where: Q = field(default_factory=Q)


def gather(model: type[Model], things: Sequence[Any], wanted: Iterable[Any]) -> None:
    """Give each thing what its columns need: `wanted` are Gathers, or whatever Django can prefetch. A query for each.

    A prefetch makes a manager and a queryset for each row and each relation: for a file of a hundred thousand rows
    that took longer than all the rest.
    """
    wanted = list(wanted)
    prefetch_related_objects(things, *(one for one in wanted if not isinstance(one, Gather)))
    for one in wanted:
        if isinstance(one, Gather):
            found = _values(model, [thing.pk for thing in things], one)
            for thing in things:
                thing.__dict__.setdefault(GATHERED, {})[one.relation] = found.get(thing.pk, [])


def _values(model: type[Model], pks: list[Any], one: Gather) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    if not pks:
        return found
    rows = model._default_manager.filter(Q(pk__in=pks) & one.where).order_by(f"{one.relation}__{one.order}")
    for pk, *values in rows.values_list("pk", *(f"{one.relation}__{column}" for column in one.columns)):
        if values[0] is not None:  # nothing hangs on this one
            found.setdefault(pk, []).append(values[0] if len(values) == 1 else tuple(values))
    return found


def share(model: type[Model], things: Sequence[Any], names: Iterable[str], known: Known) -> None:
    """Give the things what many of them have in common, such as their community: each read once, and kept in `known`
    for the next piece."""
    for name in names:
        relation: Any = model._meta.get_field(name)
        those = known.setdefault(name, {})
        missing = {getattr(thing, relation.attname) for thing in things} - those.keys() - {None}
        if missing:
            those.update(relation.related_model._default_manager.in_bulk(missing))
        for thing in things:
            setattr(thing, name, those.get(getattr(thing, relation.attname)))
