"""The demo, told once for all workers of a run: it takes as long as a hundred other tests. The first one to need it
tells it and keeps a copy of every row; the others read the copy."""

import fcntl
import pickle
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models

from proposals.seeding.quick import write_rows

Table: TypeAlias = tuple[str, list[str], list[tuple[Any, ...]]]
NOT_TOLD = {"contenttypes", "auth", "sites", "admin"}  # what migrations make


def tell_the_demo(tmp_path_factory: pytest.TempPathFactory, run: str) -> None:
    """Into an empty database, in a transaction of the caller. `run` is the id of the run (xdist's testrun_uid)."""
    copy = tmp_path_factory.getbasetemp().parent / f"demo-{run}-{connection.vendor}.pickle"
    with Path(f"{copy}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if copy.exists():
            _read(pickle.loads(copy.read_bytes()))
            return
        call_command("demo", stdout=StringIO())
        copy.write_bytes(pickle.dumps(_everything()))


def _everything() -> list[Table]:
    tables = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.app_label not in NOT_TOLD:
            names = [field.attname for field in model._meta.concrete_fields]
            tables.append((model._meta.label, names, list(model._base_manager.order_by("pk").values_list(*names))))
    return tables


def _read(tables: list[Table]) -> None:
    filled: list[type[models.Model]] = []
    for label, names, rows in tables:
        model = apps.get_model(label)
        model._base_manager.all().delete()
        if connection.vendor == "postgresql":
            fields: list[Any] = list(model._meta.concrete_fields)
            rows = [
                tuple(field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True))
                for row in rows
            ]
        write_rows(model, names, rows)
        filled.append(model)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
