"""What an action writes, as one statement that is put into SQL once (see words.compiled).

PostgreSQL takes several writes as parts of one statement, which saves a journey for each; on SQLite, where there is
no journey, they follow one another. Either way they are all made or none is, since an action is one transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.db.models.constants import OnConflict
from django.db.models.sql.subqueries import DeleteQuery, InsertQuery, UpdateQuery

from words.compiled import remembered
from words.compiled_sql import filled, written


@dataclass(frozen=True)
class Insert:
    """A new row, every column of it given. The outcome is how many rows were written (one or none), or, with `giving`,
    a tuple of these columns of the row that is there now.

    With `once`, nothing happens where one like it is there, by any unique constraint; with `changing`, the one that
    has the same `unique` gets these columns. With neither it is an IntegrityError, as everywhere. With `if_first`, it
    is written only where the first part did something; else what it gives is None."""

    row: models.Model
    once: bool = False
    unique: tuple[str, ...] = ()
    changing: tuple[str, ...] = ()
    giving: tuple[str, ...] = ()
    if_first: bool = False


@dataclass(frozen=True)
class Change:
    """What rows become. With `if_first`, only where the first part did something. The outcome is how many they were."""

    rows: "models.QuerySet[Any]"
    becomes: dict[str, Any]
    if_first: bool = False


@dataclass(frozen=True)
class Delete:
    """Rows that go, without anything that hangs on them. The outcome is how many they were."""

    rows: "models.QuerySet[Any]"


Part = Insert | Change | Delete


def compiled_writes(build: Callable[..., Sequence[Part]]) -> Callable[..., tuple[Any, ...]]:
    """For a function of keyword arguments (see `compiled`) to the parts of one statement. Called, it makes them and
    gives the outcome of each. The parts do not see each other's rows, and no two of them may change the same row."""
    return remembered(build, KeptWrites, _cannot)


def _cannot(parts: Sequence[Part]) -> tuple[Any, ...]:
    raise TypeError("These values do not fit into a statement that is kept")


class KeptWrites:
    """The statement of some parts, or on SQLite their statements."""

    def __init__(self, parts: Sequence[Part]) -> None:
        connection = connections["default"]
        self.statements = [(*_statement(part, connection.alias), _given(part)) for part in parts]
        self.depends = [not isinstance(part, Delete) and part.if_first for part in parts]
        self.one = self._together() if connection.vendor == "postgresql" else None

    def run(self, values: dict[str, Any]) -> tuple[Any, ...]:
        connection = connections["default"]
        with connection.cursor() as cursor:
            if self.one is None:
                return tuple(self._one_by_one(cursor, values))
            sql, params = self.one
            cursor.execute(sql, filled(params, values, connection))
            row = iter(cursor.fetchone())
        return tuple(_read(given, row) if given else next(row) for _sql, _params, given in self.statements)

    def _one_by_one(self, cursor: Any, values: dict[str, Any]) -> list[Any]:
        outcomes: list[Any] = []
        for depends, (sql, params, given) in zip(self.depends, self.statements, strict=True):
            if depends and not outcomes[0]:
                outcomes.append((None,) * len(given) if given else 0)
                continue
            cursor.execute(sql, filled(params, values, connections["default"]))
            outcomes.append(_read(given, iter(cursor.fetchone())) if given else cursor.rowcount)
        return outcomes

    def _together(self) -> tuple[str, list[Any]]:
        """Each part under a name of its own, and the outcomes of all."""
        named: list[str] = []
        outcomes: list[str] = []
        all_params: list[Any] = []
        for at, (depends, (sql, params, given)) in enumerate(zip(self.depends, self.statements, strict=True)):
            dependent = _if_first(sql) if depends else sql
            named.append(f"part_{at} AS ({dependent}{'' if given else ' RETURNING 1'})")
            columns = [field.column for field in given] or ["COUNT(*)"]
            outcomes += [f"(SELECT {column} FROM part_{at})" for column in columns]  # noqa: S608
            all_params += params
        return f"WITH {', '.join(named)} SELECT {', '.join(outcomes)}", all_params


def _if_first(sql: str) -> str:
    """The same statement, but only where the first part did something. A change has a condition (see _statement); an
    insertion gets one."""
    begin, values, rest = sql.partition(" VALUES (")
    if not values:
        return f"{sql} AND EXISTS (SELECT 1 FROM part_0)"  # noqa: S608 - written by Django
    row, _end, returning = rest.partition(")")
    return f"{begin} SELECT {row} WHERE EXISTS (SELECT 1 FROM part_0){returning}"  # noqa: S608 - written by Django


def _given(part: Part) -> list[Any]:
    """The fields that the part gives back."""
    return [part.row._meta.get_field(name) for name in part.giving] if isinstance(part, Insert) else []


def _read(given: list[Any], row: Iterator[Any]) -> tuple[Any, ...]:
    """Their values: SQLite has an id as a text."""
    return tuple(field.to_python(next(row)) for field in given)


def _statement(part: Part, using: str) -> tuple[str, Sequence[Any]]:
    if isinstance(part, Insert):
        return _insertion(part, using)
    if not part.rows.query.where:
        raise TypeError("All rows of a table are never meant")
    query: Any = part.rows.query.chain(UpdateQuery if isinstance(part, Change) else DeleteQuery)
    if isinstance(part, Change):
        query.add_update_values(part.becomes)
    return written(query.get_compiler(using=using))


def _insertion(part: Insert, using: str) -> tuple[str, Sequence[Any]]:
    meta = part.row._meta
    if part.if_first and (part.once or part.changing):
        raise TypeError("A row that hangs on the first part is a new one")
    conflict = OnConflict.UPDATE if part.changing else OnConflict.IGNORE if part.once else None
    query: Any = InsertQuery(
        type(part.row),
        on_conflict=conflict,
        update_fields=[meta.get_field(name) for name in part.changing],
        unique_fields=[meta.get_field(name) for name in part.unique],
    )
    given = [field for field in meta.concrete_fields if not (field.primary_key and part.row.pk is None)]
    query.insert_values(given, [part.row])
    compiler = query.get_compiler(using=using)
    compiler.returning_fields = [meta.get_field(name) for name in part.giving] or None
    return written(compiler)
