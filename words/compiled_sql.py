"""The SQL of a query that is kept (words.compiled): the places of what changes, and the constants of what does not."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal

FIELDS: "dict[type, models.Field[Any, Any]]" = {
    int: models.BigIntegerField(),
    str: models.TextField(),
    UUID: models.UUIDField(),
    datetime: models.DateTimeField(),
    date: models.DateField(),
    dict: models.JSONField(),
}


class Slot(Expression):
    """The place of a value that is filled in when the query runs."""

    def __init__(self, name: str, kind: type) -> None:
        super().__init__(output_field=FIELDS[kind])
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", [self]

    def value(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class AsItIs(Slot):
    """The place of a value that PostgreSQL is given as Python has it: Django would look at it and hand it on."""

    def value(self, values: dict[str, Any], connection: Any) -> Any:
        given = values[self.name]
        if connection.vendor == "postgresql" and (type(given) is not datetime or given.tzinfo is not None):
            return given
        return super().value(values, connection)


def slot(name: str, kind: type) -> Slot:
    """The place of a value of this kind."""
    return (AsItIs if kind in (str, UUID, date, datetime) else Slot)(name, kind)


def written(compiler: Any) -> tuple[str, Sequence[Any]]:
    """The SQL and its parameters. A moment, a day or an id that came in otherwise than by a slot would stay what it
    was the first time: refused. (PostgreSQL shows them; on SQLite they are texts by now.)"""
    wrote = compiler.as_sql()
    sql, params = wrote[0] if isinstance(wrote, list) else wrote  # an INSERT could be several
    baked = [each for each in params if isinstance(each, date | UUID)]
    if baked:
        raise TypeError(f"This would be the same for ever: {baked[0]!r}. Pass it to the compiled query as an argument")
    is_postgresql = compiler.connection.vendor == "postgresql"
    return _with_constants(sql, params, compiler.connection) if is_postgresql else (sql, params)


def _with_constants(sql: str, params: Sequence[Any], connection: Any) -> tuple[str, list[Any]]:
    """What is the same each time is written into the SQL. Of a parameter PostgreSQL must think that it could be
    anything: it cannot use an index that holds only what waits for an answer, and so makes a new plan for each run."""
    connection.ensure_connection()
    left: list[Any] = []
    given = iter(params)

    def place(mark: re.Match[str]) -> str:
        if mark[0] == "%%":
            return mark[0]
        value = next(given)
        if value is None or isinstance(value, str | int):
            return Literal(_plain(value)).as_string(connection.connection).replace("%", "%%")
        left.append(value)
        return mark[0]

    return re.sub("%[%s]", place, sql), left


def _plain(value: Any) -> Any:
    """Without what Django (choices) and psycopg (int4) make of it."""
    if isinstance(value, models.Choices):
        return value.value
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


def filled(params: Sequence[Any], values: dict[str, Any], connection: Any) -> list[Any]:
    return [each.value(values, connection) if isinstance(each, Slot) else each for each in params]


def asked(connection: Any, sql: str, params: Sequence[Any], values: dict[str, Any]) -> Any:
    """A cursor that has run the statement, to be read to its end at once: on PostgreSQL it is one that stays with the
    connection, since making one took a tenth of the time of a short query."""
    if connection.vendor != "postgresql":
        cursor = connection.cursor()
    else:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        made_for = (connection.connection, connection.queries_logged)
        kept = connection.__dict__.get("_compiled_cursor")
        if kept is None or kept[0] != made_for:
            kept = connection._compiled_cursor = (made_for, connection.cursor())
        cursor = kept[1]
    cursor.execute(sql, filled(params, values, connection))
    return cursor
