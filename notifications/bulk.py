"""INSERT … SELECT, which the ORM lacks: many rows made in the database, none of them fetched."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.db.models.expressions import Combinable, Value
from django.db.models.functions import Cast


def insert_select(model: type[models.Model], columns: Mapping[str, Any], rows: models.QuerySet[Any]) -> list[int]:
    """Insert one row of `model` for each of `rows` and return the new keys.

    `columns` names every column of `model` but its key; a value is an expression over `rows`, or a plain
    value. A row that a unique constraint of `model` refuses is left out, silently.
    """
    fields = {model._meta.get_field(name): value for name, value in columns.items()}
    made = {f"_{name}": _expression(field, columns[name]) for field, name in zip(fields, columns, strict=True)}
    select, params = rows.annotate(**made).values_list(*made).query.sql_with_params()
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)  # type: ignore[union-attr, arg-type]
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column or "")
    # Names come from the models, values go as parameters: nothing here was typed by anybody.
    sql = f"INSERT INTO {table} ({names}) {select} ON CONFLICT DO NOTHING RETURNING {key}"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [key for (key,) in cursor.fetchall()]


def _expression(field: Any, value: Any) -> Combinable:
    """A plain value with the column's type: PostgreSQL would take an untyped one for text."""
    if isinstance(value, Combinable):
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return Cast(Value(value, output_field=target), output_field=target)
