"""Rows of a resource as the columns take them: with no object for each row where the columns need none."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

from api.columns import Read, gathered_path, read_things
from api.gathering import Gather, Known, gather, gathered, share, shared, shown
from api.resources import Resource


def read_rows(resource: Resource, rows: QuerySet[Any], known: Known) -> Read:
    """These rows, with what they share (kept in `known` for the next ones) and what is gathered for them. One query
    for each."""
    fields = bare_fields(resource)
    if fields is not None:
        return _bare(resource, rows, fields, known)
    things = list(resource.whole(rows, without=resource.shared))
    share(resource.model, things, resource.shared, known)
    gather(resource.model, things, resource.gathered)
    return read_things(things)


def _bare(resource: Resource, rows: QuerySet[Any], fields: tuple[str, ...], known: Known) -> Read:
    columns = [shown(resource.model, field) for field in fields]
    found: Iterable[Sequence[Any]] = zip(*rows.values_list(*columns), strict=True)
    values = dict.fromkeys(fields, ()) | dict(zip(fields, found, strict=False))
    for name in resource.shared:
        ids = values[f"{name}_id"]
        values[name] = shared(resource.model, ids, name, known)
    for one in resource.gathered:
        values[gathered_path(one.relation)] = gathered(resource.model, values["pk"], one)

    def read(path: str) -> Sequence[Any]:
        head, _dot, rest = path.partition(".")
        if rest and head in resource.shared:
            return read_things(values[head])(rest)
        return values[path.replace(".", "__")]

    return read


def bare_fields(resource: Resource) -> tuple[str, ...] | None:
    """The fields that the columns and the orders are made of. None where some column takes a whole object, or what is
    no field."""
    if not all(isinstance(one, Gather) for one in resource.gathered):
        return None
    fields = ["pk", *(ordering.field for ordering in resource.orderings), *(f"{name}_id" for name in resource.shared)]
    own = {gathered_path(one.relation) for one in resource.gathered}
    for path in (path for column in resource.columns for path in column.paths):
        if path.partition(".")[0] in resource.shared or path in own:
            continue
        if not _is_field(resource.model, path):
            return None
        fields.append(path.replace(".", "__"))
    return tuple(dict.fromkeys(fields))


def _is_field(model: type[Model], path: str) -> bool:
    """Whether the path leads, over relations to one, to a column of the database."""
    *relations, last = path.split(".")
    try:
        for name in relations:
            relation: Any = model._meta.get_field(name)
            if not (relation.many_to_one or relation.one_to_one):
                return False
            model = relation.related_model
    except FieldDoesNotExist:
        return False
    return last == "pk" or last in {field.attname for field in model._meta.concrete_fields}
