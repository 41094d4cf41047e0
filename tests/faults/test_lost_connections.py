"""A connection that the database has closed meanwhile costs nobody a page."""

import time
from collections.abc import Iterator

import pytest
from django.db import NotSupportedError, OperationalError, connection, connections, transaction

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _begin_a_request() -> None:
    for each in connections.all(initialized_only=True):
        each.close_if_unusable_or_obsolete()


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid: int = cursor.fetchone()[0]
    return pid


def _end(pid: int) -> None:
    """As a restart of the database does to every connection."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    time.sleep(0.2)  # until the news has come


@pytest.fixture(autouse=True)
def checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)


def test_the_next_request_has_another_one() -> None:
    before = _backend()
    _begin_a_request()
    connection.health_check_done = False
    _end(before)
    assert _backend() != before


def test_a_whole_one_is_kept() -> None:
    before = _backend()
    _begin_a_request()
    connection.health_check_done = False
    assert _backend() == before


def test_within_a_transaction_the_loss_is_told() -> None:
    """Half of a change is never made on another connection."""

    def half() -> None:
        with transaction.atomic():
            _end(_backend())
            _backend()

    with pytest.raises(OperationalError):
        half()
    connection.close()
    assert _backend()


def _run(sql: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def _read() -> None:
    _run("SELECT number FROM changing WHERE number = %s", 1)


@pytest.fixture
def broken_plan() -> Iterator[None]:
    """A migration elsewhere changed the type of a column; this connection keeps its plan from before."""
    _run("CREATE TABLE changing (number integer)")
    for _time in range(5):
        _read()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("ALTER TABLE changing ALTER number TYPE bigint")
    other.close()
    yield
    _run("DROP TABLE changing")


def test_after_a_migration_a_connection_fails_once(broken_plan: None) -> None:
    before = _backend()
    with pytest.raises(NotSupportedError):
        _read()
    _begin_a_request()
    _read()
    assert _backend() != before


def test_within_a_transaction_the_rollback_throws_the_plan_away(broken_plan: None) -> None:
    before = _backend()
    with pytest.raises(NotSupportedError), transaction.atomic():
        _read()
    _begin_a_request()
    _read()
    assert _backend() == before


def test_one_that_was_left_within_a_transaction_is_not_kept() -> None:
    before = _backend()
    _run("BEGIN")
    _begin_a_request()
    assert _backend() != before
