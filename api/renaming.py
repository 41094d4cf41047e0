"""A name that rows of this API show is another one now: they have changed, and copies elsewhere must hear of it."""

from collections.abc import Iterator

from django.db.models import Model

from api.columns import Column, Named
from api.resources import Resource
from api.v1 import RESOURCES
from api.v1.proposals import PROPOSALS
from record import clock

# Every action locks a proposal before what hangs on it (proposals/guards.py).
IN_ORDER = (PROPOSALS, *(resource for resource in RESOURCES if resource is not PROPOSALS))


def touch_what_shows(thing: Model) -> None:
    """Move `updated` of every row with a column that names the thing. One UPDATE for each relation."""
    for resource in IN_ORDER:
        for path in paths_to(resource, type(thing)):
            rows = resource.model._default_manager.filter(**{path: thing.pk})
            # In one order for everybody: of two that change many rows at once, one waits for the other.
            list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
            rows.update(updated_at=clock.now())


def paths_to(resource: Resource, model: type[Model]) -> Iterator[str]:
    """How a query leads from the rows of a resource to the things of this model that their columns name, or those of
    a list below them."""
    columns: list[tuple[str, Column]] = [("", column) for column in resource.columns]
    for part in resource.parts:
        columns += [(f"{part.relation}__", column) for column in part.columns if part.relation]
    for start, column in columns:
        if isinstance(column.source, Named):
            path = start + column.source.path.replace(".", "__")
            if _model_at(resource.model, path) is model:
                yield path


def _model_at(model: type[Model], path: str) -> type[Model]:
    for name in path.split("__"):
        found: type[Model] = model._meta.get_field(name).related_model  # type: ignore[assignment]
        model = found
    return model
