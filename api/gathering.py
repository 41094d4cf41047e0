"""What rows show of things that hang on them: read for many rows at once, and no more of it than is shown."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.db.models import F, Func, Model, Q, UUIDField, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from api.columns import gathered_path

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

Known = dict[str, dict[Any, Any]]


@dataclass(frozen=True)
class Gather:
    """Values of a relation, in the order of one of its columns: those of one column as they are, those of several as
    tuples. `where` names the relation, too. `or_else` is another relation to things of the same kind: where nothing
    hangs on the first, what hangs on that one. It costs no second query."""

    relation: str
    columns: tuple[str, ...] = ("pk",)
    order: str = "pk"
    where: Q = field(default_factory=Q)
    or_else: str = ""

    @property
    def relations(self) -> tuple[str, ...]:
        return (self.relation, self.or_else) if self.or_else else (self.relation,)


class Id(Func):
    """An id for showing: PostgreSQL gives its text as the API shows it, so that no object is made for each. (Where the
    database has no type for ids it is a UUID as ever.)"""

    template = "%(expressions)s"
    arity = 1

    def as_postgresql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text")


def shown(model: type[Model], path: str) -> Any:
    """What to read where a query leads along `path` (with "__") to a column: ids as Id does."""
    *relations, last = path.split("__")
    for name in relations:
        model = cast(type[Model], model._meta.get_field(name).related_model)
    found = model._meta.pk if last == "pk" else model._meta.get_field(last)
    is_id = isinstance(getattr(found, "target_field", found), UUIDField)
    return Id(F(path), output_field=UUIDField()) if is_id else F(path)


class Among(In):
    """`IN` for ids and numbers, all of them as one array where the database has arrays: to take a thousand parameters
    one by one cost more than to read what was asked for."""

    def get_prep_lookup(self) -> Any:
        return self.rhs  # they come from the database, as ids or as their texts

    def as_postgresql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> tuple[str, tuple[Any, ...]]:
        left, given = self.process_lhs(compiler, connection)
        together = "{" + ",".join(map(str, self.rhs)) + "}"
        return f"{left} = ANY(%s::{self.lhs.output_field.db_type(connection)}[])", (*given, together)


def gather(model: type[Model], things: Sequence[Any], wanted: Iterable[Any]) -> None:
    """Give each thing what its columns need: `wanted` are Gathers, or whatever Django can prefetch. A query for each.

    A prefetch makes a manager and a queryset for each row and each relation: for a file of a hundred thousand rows
    that took longer than all the rest.
    """
    wanted = list(wanted)
    prefetch_related_objects(things, *(one for one in wanted if not isinstance(one, Gather)))
    pks = [thing.pk for thing in things]
    for one in wanted:
        if isinstance(one, Gather):
            path = gathered_path(one.relation)
            for thing, values in zip(things, gathered(model, pks, one), strict=True):
                thing.__dict__[path] = values


def gathered(model: type[Model], pks: Sequence[Any], one: Gather) -> list[list[Any]]:
    """What hangs on each of these rows. One query."""
    if not pks:
        return []
    found: dict[Any, list[Any]] = {}
    # The same order each time it is read: asks of one date, too.
    order = dict.fromkeys(f"{relation}__{path}" for path in (one.order, "pk") for relation in one.relations)
    rows = model._default_manager.filter(Among(F("pk"), pks), one.where).order_by(*order)
    columns = [_first(shown(model, f"{relation}__{column}") for relation in one.relations) for column in one.columns]
    for pk, *values in rows.values_list(shown(model, "pk"), *columns):
        if values[0] is not None:  # nothing hangs on this one
            found.setdefault(pk, []).append(values[0] if len(values) == 1 else tuple(values))
    return [found.get(pk, []) for pk in _like(found, pks)]


def _first(expressions: Iterable[Any]) -> Any:
    """What the first of them that is not empty gives."""
    given = list(expressions)
    return Coalesce(*given) if len(given) > 1 else given[0]


def _like(keys: Collection[Any], pks: Sequence[Any]) -> Sequence[Any]:
    """The ids as `keys` are: as they are, or as their texts."""
    return [str(pk) for pk in pks] if type(next(iter(keys), None)) is str else pks


def share(model: type[Model], things: Sequence[Any], names: Iterable[str], known: Known) -> None:
    """Give the things what many of them have in common, such as their community: each read once, and kept in `known`
    for the next piece."""
    for name in names:
        relation: Any = model._meta.get_field(name)
        ids = [getattr(thing, relation.attname) for thing in things]
        for thing, one in zip(things, shared(model, ids, name, known), strict=True):
            setattr(thing, name, one)


def shared(model: type[Model], ids: Sequence[Any], name: str, known: Known) -> list[Any]:
    """What these ids of one relation lead to."""
    relation: Any = model._meta.get_field(name)
    those = known.setdefault(name, {})
    missing = set(ids) - those.keys() - {None}
    if missing:
        found = relation.related_model._default_manager.in_bulk(missing)
        those.update(zip(_like(missing, list(found)), found.values(), strict=True))
    return [those.get(pk) for pk in ids]
