"""What every test runs under: which tests need what, and why one is skipped."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker

pytest_plugins = ["tests.stage"]

HERE = Path(__file__).parent
MARK_OF_FOLDER = {"journeys": pytest.mark.browser, "faults": pytest.mark.faults}

# Playwright's own loop runs beside the tests; Django would take it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium() -> str | None:
    """The browser of the journeys: Debian's, never one that a package downloads."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    no_postgres = pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL")
    no_redis = pytest.mark.skip(reason="needs Redis: set REDIS_URL")
    no_browser = pytest.mark.skip(reason="needs a browser: install Debian's chromium")
    for item in items:
        folder = item.path.relative_to(HERE / "tests").parts[0] if item.path.is_relative_to(HERE / "tests") else ""
        if folder in MARK_OF_FOLDER:
            item.add_marker(MARK_OF_FOLDER[folder])
        if not _asks_a_server(item):
            item.add_marker(pytest.mark.pure)
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(no_postgres)
        if item.get_closest_marker("redis") and not settings.REDIS_URL:
            item.add_marker(no_redis)
        if item.get_closest_marker("browser") and not chromium():
            item.add_marker(no_browser)


def _asks_a_server(item: pytest.Item) -> bool:
    """Whether it could come out otherwise on another database or cache. What is for the second run only stays in it:
    a test that was long and asked no server was in neither."""
    if any(item.get_closest_marker(name) for name in ("django_db", "postgres", "redis", "browser", "faults", "once")):
        return True
    names: list[str] = getattr(item, "fixturenames", [])
    return any(name in ("client", "live_server") or name.endswith("db") for name in names)


@pytest.fixture(autouse=True)
def _nothing_left_in_the_cache() -> None:
    """Rate limits and cached answers of one test must not reach the next."""
    # Redis would flush the whole database, and with it what the other worker has just counted.
    if hasattr(cache, "delete_pattern"):
        cache.delete_pattern("*")
    else:
        cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database as pytest-django makes it, dropped at the end whoever still holds a line to it.

    Playwright's greenlets have a context of their own, and Django opens a connection for each context.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
