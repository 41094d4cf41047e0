"""What is asked of PostgreSQL where a pool hands every transaction another connection."""

import runpy
from typing import Any

import pytest
from django.db import connection


@pytest.mark.parametrize(
    ("told", "prepares", "server_side_cursors"),
    [
        ({}, True, True),
        ({"DATABASE_POOLED": "1"}, False, False),
        ({"DATABASE_POOLED": "1", "DATABASE_PREPARES": "1"}, True, False),
        ({"DATABASE_PREPARES": "0"}, False, True),
    ],
)
def test_behind_a_pool_nothing_is_left_on_a_connection(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], prepares: bool, server_side_cursors: bool
) -> None:
    for name in ("DATABASE_POOLED", "DATABASE_PREPARES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@db.example/table")
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    database: dict[str, Any] = runpy.run_path("config/settings.py")["DATABASES"]["default"]
    assert ("prepare_threshold" in database["OPTIONS"]) == prepares
    assert database["DISABLE_SERVER_SIDE_CURSORS"] != server_side_cursors
    asked = database["OPTIONS"].get("options", "")
    assert ("enable_memoize" in asked) == ("random_page_cost" in asked) == ("DATABASE_POOLED" not in told)


def test_what_an_address_asks_for_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_POOLED", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@db.example/table?options=-c%20work_mem%3D8MB")
    database: dict[str, Any] = runpy.run_path("config/settings.py")["DATABASES"]["default"]
    asked = database["OPTIONS"]["options"]
    assert asked.startswith("-c enable_memoize=off -c random_page_cost=1.1 ")
    assert " -c work_mem=8MB" in asked  # after ours, so that an operator's own word counts


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_makes_nothing_ready_for_rows_that_nobody_asked_for() -> None:
    """docs/decisions/0081."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_memoize")
        assert cursor.fetchone() == ("off",)
        cursor.execute("SHOW random_page_cost")  # docs/decisions/0083
        assert cursor.fetchone() == ("1.1",)
