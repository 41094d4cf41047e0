"""A query of one shape is put into SQL once on each connection, and run again with other values.

Django builds a queryset and writes its SQL anew on each request: for our short queries that takes longer than asking
the database. The functions below are ordinary functions that give a queryset; what is remembered is the SQL."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, transaction
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.signals import post_init, pre_init
from django.http import Http404

from words.compiled_sql import FIELDS, asked, filled, slot, written

KEPT = 300  # shapes on each connection
BIGGEST = 2**63


class Somebody:
    """Any one signed-in person, for `visible_to`: who it is is filled in when the query runs."""

    is_authenticated = True

    def __init__(self, name: str, person: Any) -> None:
        self.is_superuser = person.is_superuser
        self.pk = self.id = slot(name, type(person.pk))


class NoShape(Exception):
    """These values do not fit into a query that is kept."""


def compiled(build: "Callable[..., models.QuerySet[Any]]") -> Callable[..., list[Any]]:
    """For a function of keyword arguments to a queryset. Called, it gives the rows as a list, with one query.

    Values (int, str, UUID, date, datetime, a dict as JSON, and tuples of them) may only be compared with columns; a
    person may be passed on to `visible_to`. Everything else (True, None, an enum) belongs to the shape: for each there
    is a query of its own, so there must be few. `shape_…` takes a text, a number or a tuple that belongs to the shape.
    No `prefetch_related`, and no rows of a related manager, which know their owner.
    """
    return remembered(build, Kept, list)


def compiled_shared(build: "Callable[..., models.QuerySet[Any]]") -> Callable[..., list[Any]]:
    """The same for a `select_for_update()` that others may share: FOR SHARE, which Django itself does not know."""
    return remembered(build, KeptShared, list)


def compiled_half_shared(build: "Callable[..., models.QuerySet[Any]]") -> Callable[..., list[Any]]:
    """The same for `select_for_update(of=("self", …))`: the row itself is locked alone, what `of` names beside it may
    be shared, and is waited for first."""
    return remembered(build, KeptHalfShared, list)


def compiled_counts(build: "Callable[..., Sequence[models.QuerySet[Any]]]") -> Callable[..., tuple[int, ...]]:
    """For a function to several querysets: how many rows each of them has. One query for all of them."""
    return remembered(build, KeptCounts, lambda rows: tuple(each.count() for each in rows))


def remembered(build: Callable[..., Any], kept_as: Callable[[Any], Any], uncompiled: Callable[[Any], Any]) -> Any:
    """What `build` gives is kept by its shape, as `kept_as` makes it; what fits no shape goes to `uncompiled`."""

    @wraps(build)
    def ask(**given: Any) -> Any:
        try:
            key, values = _taken_apart(given)
        except NoShape:
            return uncompiled(build(**given))
        kept: dict[Any, Any] = connections["default"].__dict__.setdefault("_compiled", {})
        if (build, key) not in kept:
            if len(kept) >= KEPT:
                kept.clear()
            try:
                kept[build, key] = kept_as(build(**_with_slots(given)))
            except EmptyResultSet:  # nothing can be found in this shape: Django does not even ask
                kept[build, key] = None
        query = kept[build, key]
        return uncompiled(build(**given)) if query is None else query.run(values)

    return ask


def padded(values: Sequence[Any], step: int = 20) -> tuple[Any, ...]:
    """For a condition “one of these”: the last value again and again up to a full twenty, so that one query serves
    any number of them."""
    return (*values, *[values[-1]] * (-len(values) % step))


def one_or_404(rows: list[Any]) -> Any:
    """The row that was asked for; 404 where there is none, or none that the person may see."""
    if not rows:
        raise Http404
    return rows[0]


class Kept:
    """A queryset with its SQL. All but the writing of the SQL is Django's own."""

    def __init__(self, queryset: "models.QuerySet[Any]") -> None:
        if queryset._prefetch_related_lookups or queryset._known_related_objects:  # type: ignore[attr-defined]
            raise TypeError("A compiled query has neither prefetch_related nor an owner")
        self.queryset = queryset
        self.values: dict[str, Any] = {}
        self.compiler: Any = queryset.query.get_compiler(using=queryset.db)
        self.sql, self.params = written(self.compiler)
        self.converters = self.compiler.get_converters([column for column, *_more in self.compiler.select])
        self.makes = Makes(self.compiler) if queryset._iterable_class is ModelIterable else None
        self.compiler.as_sql = self._as_sql
        self.compiler.get_converters = lambda columns: self.converters
        queryset.query.get_compiler = lambda *args, **kwargs: self.compiler  # type: ignore[method-assign]

    def run(self, values: dict[str, Any]) -> list[Any]:
        if self.queryset.query.select_for_update and self.compiler.connection.get_autocommit():
            raise transaction.TransactionManagementError("A lock needs a transaction")
        if self.makes is not None:
            return self.made_of(self._rows(values))
        self.values = values
        try:
            rows: Any = self.queryset._iterable_class(self.queryset)
            return list(rows)
        finally:
            self.values = {}

    def made_of(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """The objects of these rows, as the database gave them."""
        if self.makes is None:
            raise TypeError("This query gives no objects")
        return self.makes.objects(self.compiler.apply_converters(rows, self.converters) if self.converters else rows)

    def _rows(self, values: dict[str, Any]) -> list[Any]:
        rows: list[Any] = asked(self.compiler.connection, self.sql, self.params, values).fetchall()
        return rows

    def _as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[Any]]:
        return self.sql, filled(self.params, self.values, self.compiler.connection)


class Makes:
    """How the rows of one compiled query become objects: what Django's ModelIterable works out anew for each query."""

    def __init__(self, compiler: Any) -> None:
        info, select = compiler.klass_info, compiler.select
        self.make, self.using = making(info["model"]), compiler.using
        fields = info["select_fields"]
        self.part = slice(fields[0], fields[-1] + 1)
        self.names = [column[0].target.attname for column in select[self.part]]
        self.related = get_related_populators(info, select, compiler.using)  # type: ignore[call-arg]  # of Django 6
        _make_related_likewise(self.related)
        self.annotated = list(compiler.annotation_col_map.items())

    def objects(self, rows: Iterable[Any]) -> list[Any]:
        made = []
        for row in rows:
            one = self.make(self.using, self.names, row[self.part])
            for related in self.related:
                related.populate(row, one)
            for name, place in self.annotated:
                setattr(one, name, row[place])
            made.append(one)
        return made


def making(model: type[models.Model]) -> Callable[..., Any]:
    """`from_db` of the model. Where that and `__init__` are Django's own and nobody listens to them, the values are
    put straight to where they would end up, in a quarter of the time; what is not among them is deferred."""
    own_way = model.__init__ is not models.Model.__init__ or model.from_db.__func__ is not models.Model.from_db.__func__  # type: ignore[attr-defined]
    if own_way or pre_init.has_listeners(model) or post_init.has_listeners(model):
        return model.from_db

    def made(using: str, names: Sequence[str], values: Sequence[Any]) -> models.Model:
        one = model.__new__(model)
        state = one.__dict__["_state"] = ModelState()
        state.adding, state.db = False, using
        one.__dict__.update(zip(names, values, strict=True))
        return one

    return made


class _Made:
    """In the place of a model, for Django's populator of what a row is joined to."""

    def __init__(self, model: type[models.Model]) -> None:
        self.from_db = making(model)


def _make_related_likewise(populators: Sequence[Any]) -> None:
    for each in populators:
        each.model_cls = _Made(each.model_cls)
        _make_related_likewise(each.related_populators)


class KeptShared(Kept):
    """A queryset whose lock is one that others may have at the same time."""

    def __init__(self, queryset: "models.QuerySet[Any]") -> None:
        super().__init__(queryset)
        begin, lock, end = self.sql.rpartition(" FOR UPDATE")
        if not lock:
            raise TypeError("A shared query is made of one that locks")
        self.sql = f"{begin} FOR SHARE{end}"


class KeptHalfShared(Kept):
    """A queryset that locks its own rows alone, and shares those that they hang on."""

    def __init__(self, queryset: "models.QuerySet[Any]") -> None:
        super().__init__(queryset)
        begin, _lock, tables = self.sql.rpartition(" FOR UPDATE OF ")
        skip = " SKIP LOCKED" if tables.endswith(" SKIP LOCKED") else ""
        own, _comma, others = tables.removesuffix(skip).partition(", ")
        if not others:
            raise TypeError("A query that shares a half is made of one that locks several tables")
        self.sql = f"{begin} FOR SHARE OF {others}{skip} FOR UPDATE OF {own}{skip}"


class KeptCounts:
    """Counts of several querysets, as one statement."""

    def __init__(self, querysets: "Sequence[models.QuerySet[Any]]") -> None:
        self.params: list[Any] = []
        counts = []
        for each in querysets:
            sql, params = written(each.query.get_compiler(using=each.db))
            counts.append(f"(SELECT COUNT(*) FROM ({sql}) counted)")  # noqa: S608 - written by Django
            self.params += params
        self.sql = f"SELECT {', '.join(counts)}"

    def run(self, values: dict[str, Any]) -> tuple[int, ...]:
        return tuple(asked(connections["default"], self.sql, self.params, values).fetchone())


def _taken_apart(given: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The shape (hashable), and the values by the name of their slot."""
    shape: list[Any] = []
    values: dict[str, Any] = {}
    for name, value in given.items():
        kind = type(value)
        if kind in FIELDS and not name.startswith("shape_"):
            shape.append((name, kind))
            values[name] = _fitting(value)
        elif hasattr(value, "is_authenticated"):
            shape.append((name, value.is_authenticated, value.is_superuser))
            values[name] = value.pk
        elif kind is tuple and not name.startswith("shape_"):
            shape.append((name, tuple(type(each) for each in value)))
            values |= {f"{name}.{at}": _fitting(each) for at, each in enumerate(value)}
        else:
            shape.append((name, value))
    return tuple(shape), values


def _with_slots(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `build`, with a slot in the place of each value."""
    slots: dict[str, Any] = {}
    for name, value in given.items():
        kind = type(value)
        if kind in FIELDS and not name.startswith("shape_"):
            slots[name] = slot(name, kind)
        elif hasattr(value, "is_authenticated"):
            slots[name] = Somebody(name, value) if value.is_authenticated else value
        elif kind is tuple and not name.startswith("shape_"):
            slots[name] = tuple(slot(f"{name}.{at}", type(each)) for at, each in enumerate(value))
        else:
            slots[name] = value
    return slots


def _fitting(value: Any) -> Any:
    """The value, where the column of any table could hold it. What is larger is left to Django, which knows."""
    if type(value) not in FIELDS or (type(value) is int and not -BIGGEST <= value < BIGGEST):
        raise NoShape
    return value
