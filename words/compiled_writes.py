"""What an action writes, as one statement that is put into SQL once (see words.compiled).

PostgreSQL takes several writes as parts of one statement, which saves a journey for each; on SQLite, where there is
no journey, they follow one another. Either way they are all made or none is, since an action is one transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, models, transaction
from django.db.models.constants import OnConflict
from django.db.models.expressions import Expression
from django.db.models.sql.subqueries import DeleteQuery, InsertQuery, UpdateQuery

from words.compiled import Kept, remembered
from words.compiled_sql import asked, filled, written


@dataclass(frozen=True)
class Held:
    """A row that is found and locked before anything is written, by a `select_for_update()` of one row at most. It can
    only be the first part, and on PostgreSQL alone. All other parts are made where it was found, of the row as it is
    once nobody else has it: `held["id"]` stands for its column in them. The outcome is the row as it was then, an
    object with what it was selected with, or None; and then nothing else was done. Where nobody looks at the row
    (`is_shown=False`), the outcome is True or None.

    Outside a transaction the statement is one by itself: lock, rule and writes are one journey."""

    row: "models.QuerySet[Any]"
    kept_as: type[Kept] = Kept
    is_shown: bool = True

    @property
    def name(self) -> str:
        """What kind of row it is."""
        return str(self.row.model._meta.model_name)

    def __getitem__(self, name: str) -> Any:
        return HeldColumn(self.row.model._meta.get_field(name))


class HeldColumn(Expression):
    """A column of the row that the statement holds."""

    def __init__(self, field: Any) -> None:
        super().__init__(output_field=field)
        self.column = field.column

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return f'(SELECT "{self.column}" FROM held)', []  # noqa: S608 - the name of a column of ours


@dataclass(frozen=True)
class Insert:
    """A new row, every column of it given. The outcome is how many rows were written (one or none), or, with `giving`,
    a tuple of these columns of the row that is there now.

    With `once`, nothing happens where one like it is there, by any unique constraint; with `changing`, the one that
    has the same `unique` gets these columns. With neither it is an IntegrityError, as everywhere. With `if_first`, it
    is written only where the first part that writes did something; else what it gives is None."""

    row: models.Model
    once: bool = False
    unique: tuple[str, ...] = ()
    changing: tuple[str, ...] = ()
    giving: tuple[str, ...] = ()
    if_first: bool = False


@dataclass(frozen=True)
class Change:
    """What rows become. With `if_first`, only where the first part that writes did something. The outcome is how many
    they were."""

    rows: "models.QuerySet[Any]"
    becomes: dict[str, Any]
    if_first: bool = False


@dataclass(frozen=True)
class Delete:
    """Rows that go, without anything that hangs on them. The outcome is how many they were."""

    rows: "models.QuerySet[Any]"


Part = Held | Insert | Change | Delete


def compiled_writes(build: Callable[..., Sequence[Part]]) -> Callable[..., tuple[Any, ...]]:
    """For a function of keyword arguments (see `compiled`) to the parts of one statement. Called, it makes them and
    gives the outcome of each. The parts do not see each other's rows, and no two of them may change the same row."""
    return remembered(build, _kept, _cannot)


def _cannot(parts: Sequence[Part]) -> tuple[Any, ...]:
    raise TypeError("These values do not fit into a statement that is kept")


def _kept(parts: Sequence[Part]) -> "KeptWrites | KeptOneByOne":
    return KeptWrites(parts) if connections["default"].vendor == "postgresql" else KeptOneByOne(parts)


class KeptOneByOne:
    """The statements of some parts, where a journey costs nothing (SQLite)."""

    def __init__(self, parts: Sequence[Part]) -> None:
        if any(isinstance(part, Held) for part in parts):
            raise TypeError("What is locked and written in one statement is for PostgreSQL")
        writes: Any = parts
        self.depends = [_depends(part) for part in writes]
        self.given = [_given(part) for part in writes]
        self.statements = [_statement(part, "default") for part in writes]

    def run(self, values: dict[str, Any]) -> tuple[Any, ...]:
        outcomes: list[Any] = []
        with connections["default"].cursor() as cursor:
            for depends, given, (sql, params) in zip(self.depends, self.given, self.statements, strict=True):
                if depends and not outcomes[0]:
                    outcomes.append((None,) * len(given) if given else 0)
                    continue
                cursor.execute(sql, filled(params, values, connections["default"]))
                outcomes.append(_read(given, iter(cursor.fetchone())) if given else cursor.rowcount)
        return tuple(outcomes)


class KeptWrites:
    """One statement of all parts: each stands under a name of its own, and the outcomes of all are its one row."""

    def __init__(self, parts: Sequence[Part]) -> None:
        writes: list[Any] = [part for part in parts if not isinstance(part, Held)]
        first = parts[0]
        with transaction.atomic(savepoint=False):  # Django writes a lock into SQL in a transaction only
            self.held = first.kept_as(first.row) if isinstance(first, Held) else None
        if len(parts) - len(writes) != (self.held is not None):
            raise TypeError("A statement holds one row, by its first part")
        self.given = [_given(part) for part in writes]
        named, self.params = self._named(writes)
        outcomes = [
            f"(SELECT {column} FROM part_{at})"  # noqa: S608 - written by Django
            for at, given in enumerate(self.given)
            for column in ([field.column for field in given] or ["COUNT(*)"])
        ]
        self.sql = f"WITH {', '.join(named)} SELECT {', '.join(outcomes)}"
        self.is_shown = isinstance(first, Held) and first.is_shown
        if self.held is not None:
            self.sql += f"{', held.*' if self.is_shown else ''} FROM held"

    def run(self, values: dict[str, Any]) -> tuple[Any, ...]:
        found = asked(connections["default"], self.sql, self.params, values).fetchone()
        if found is None:  # there is no row to hold
            return (None, *((None,) * len(given) if given else 0 for given in self.given))
        row = iter(found)
        outcomes = tuple(_read(given, row) if given else next(row) for given in self.given)
        if self.held is None:
            return outcomes
        return (self.held.made_of([tuple(row)])[0] if self.is_shown else True, *outcomes)

    def _named(self, writes: Sequence[Any]) -> tuple[list[str], list[Any]]:
        """The statement of each part behind its name, and the parameters of all."""
        named: list[str] = []
        params: list[Any] = []
        if self.held is not None:
            named.append(f"held ({', '.join(_names(self.held))}) AS ({self.held.sql})")
            params += self.held.params
        for at, (part, given) in enumerate(zip(writes, self.given, strict=True)):
            sql, own = _statement(part, "default")
            after = "part_0" if _depends(part) else "held" if self.held is not None else ""
            if after:
                sql = _row_after(sql, after) if isinstance(part, Insert) else _rows_after(sql, after)
            named.append(f"part_{at} AS ({sql}{'' if given else ' RETURNING 1'})")
            params += own
        return named, params


def _names(held: Kept) -> list[str]:
    """Of its columns: those of the row itself have their own, all others are numbered."""
    base = held.queryset.query.get_initial_alias()
    columns = [column for column, *_more in held.compiler.select]
    return [
        f'"{column.target.column}"' if getattr(column, "alias", None) == base else f"other_{at}"
        for at, column in enumerate(columns)
    ]


def _depends(part: "Insert | Change | Delete") -> bool:
    return not isinstance(part, Delete) and part.if_first


def _rows_after(sql: str, name: str) -> str:
    """A change or a deletion, which has a condition (see _statement): only where that part found or did something."""
    return f"{sql} AND EXISTS (SELECT 1 FROM {name})"  # noqa: S608 - written by Django


def _row_after(sql: str, name: str) -> str:
    """The same for a new row."""
    begin, _values, rest = sql.partition(" VALUES (")
    end = _closing(rest)
    return f"{begin} SELECT {rest[:end]} WHERE EXISTS (SELECT 1 FROM {name}){rest[end + 1 :]}"  # noqa: S608


def _closing(rest: str) -> int:
    """Where the bracket ends that was opened before. Brackets of texts are none; a quote in a text is there twice."""
    depth, in_text = 1, False
    for at, mark in enumerate(rest):
        if mark == "'":
            in_text = not in_text
        elif not in_text:
            depth += (mark == "(") - (mark == ")")
            if depth == 0:
                return at
    raise TypeError("A row without an end")


def _given(part: "Insert | Change | Delete") -> list[Any]:
    """The fields that the part gives back."""
    return [part.row._meta.get_field(name) for name in part.giving] if isinstance(part, Insert) else []


def _read(given: list[Any], row: Iterator[Any]) -> tuple[Any, ...]:
    """Their values: SQLite has an id as a text."""
    return tuple(field.to_python(next(row)) for field in given)


def _statement(part: "Insert | Change | Delete", using: str) -> tuple[str, Sequence[Any]]:
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
