"""Many rows at once: COPY where there is PostgreSQL, bulk_create elsewhere. Two million supports in a minute or two."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

BATCH = 5000


def write_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """`rows` have the values of `names`, which are attributes, such as "user_id". No other column has a default."""
    if connection.vendor == "postgresql":
        _copy(model, names, rows)
        return
    objects = (model(**dict(zip(names, row, strict=True))) for row in rows)
    while batch := list(islice(objects, BATCH)):
        model._default_manager.bulk_create(batch)


def write_objects(model: type[models.Model], objects: Iterable[models.Model]) -> None:
    """Objects that have their key, every column of them. Their columns are plain: no JSON."""
    names = [field.attname for field in model._meta.concrete_fields if not _is_given_by_the_database(field)]
    write_rows(model, names, ([getattr(thing, name) for name in names] for thing in objects))


def _is_given_by_the_database(field: Any) -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField)


def _copy(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    attributes = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(quote(attributes[name].column or name) for name in names)
    # Names come from the models, values go as values: nothing here was typed by anybody.
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
