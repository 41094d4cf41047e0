"""The demo with real petitions beside it, for tests that look at everything there is, and its lists in the API."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from record import clock
from tests.importing.test_real_petitions import DATA
from tests.told_demo import tell_the_demo

PETITIONS = DATA / "petitions_accepted.csv"
OF_ASKED, OF_OTHERS = 3, 20  # one in so many is brought in, so that it takes seconds


@contextmanager
def whole_scene(tmp_path_factory: pytest.TempPathFactory, run: str) -> Iterator[None]:
    """Made at the beginning and taken away at the end. Until then no midnight comes, and nobody asks too often; the
    files to take home lie in the folder."""
    folder = tmp_path_factory.mktemp("scene")
    kept = settings.STORAGES["open_data"] | {"OPTIONS": {"location": str(folder / "open-data")}}
    with transaction.atomic():
        tell_the_demo(tmp_path_factory, run)
        if PETITIONS.is_file():
            call_command("import_petitions", _some_petitions(folder), community="uk", stdout=io.StringIO())
        storages = settings.STORAGES | {"open_data": kept}
        with override_settings(STORAGES=storages, API_RATE="1000000/min"), clock.at(clock.now()):
            yield
        transaction.set_rollback(True)


def _some_petitions(folder: Path) -> Path:
    path = folder / PETITIONS.name
    with PETITIONS.open(encoding="utf-8", newline="") as whole, path.open("w", encoding="utf-8", newline="") as some:
        reader = csv.DictReader(whole)
        rows = list(reader)
        asked = [row for row in rows if row["response_threshold_reached_at"]]
        others = [row for row in rows if not row["response_threshold_reached_at"]]
        writer = csv.DictWriter(some, reader.fieldnames or ())
        writer.writeheader()
        writer.writerows(asked[::OF_ASKED] + others[::OF_OTHERS])
    return path


def by_cursor(client: Client, name: str, **asked: Any) -> list[dict[str, Any]]:
    """Every row of a list of the API: its JSON pages, one after the other by `next`."""
    found: list[dict[str, Any]] = []
    page = client.get(f"/api/v1/{name}/", {"page_size": 60} | asked).json()
    found += page["results"]
    while page["next"]:
        page = client.get(page["next"]).json()
        found += page["results"]
    assert page.get("count", len(found)) == len(found)
    return found
