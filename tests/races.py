"""What tests of races are made of: acts on connections of their own, held and let go, on PostgreSQL."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager

from django.db import connection, transaction

PATIENCE = 20.0
AT_ONCE = 30  # connections; the database has room for a hundred, and other tests run beside this one


class Act(threading.Thread):
    """One act on a connection of its own; `raised` is what it was refused with."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act, self.raised = act, None
        self.start()

    def run(self) -> None:
        with closing(connection):
            try:
                self.act()
            except Exception as error:
                self.raised: Exception | None = error

    def ends(self) -> Exception | None:
        self.join(PATIENCE)
        assert not self.is_alive()
        return self.raised


@contextmanager
def held(act: Callable[[], object]) -> Iterator[None]:
    """`act` is done and not committed, on another connection, for as long as this lasts."""
    done, go_on = threading.Event(), threading.Event()

    def run() -> None:
        with transaction.atomic():
            act()
            done.set()
            assert go_on.wait(PATIENCE)  # else whatever waited for this was let through by the time alone

    thread = Act(run)
    assert done.wait(PATIENCE) or thread.ends() is None
    try:
        yield
    finally:
        go_on.set()
    assert thread.ends() is None


def waits_or_ends(thread: Act, *, waiting: int = 1) -> None:
    """Until it has come to a lock, or was not stopped by any."""
    until = time.monotonic() + PATIENCE
    while thread.is_alive() and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= waiting:
                return
        time.sleep(0.02)


def together(acts: Iterable[Callable[[], object]]) -> tuple[list[object], list[Exception]]:
    """Run every act in a thread of its own, all let go at the same moment. What they gave, and what they raised."""
    acts = list(acts)
    gate, room = threading.Barrier(len(acts)), threading.Semaphore(AT_ONCE)
    gave: list[object] = []
    raised: list[Exception] = []

    def run(act: Callable[[], object]) -> None:
        gate.wait(30)
        with room, closing(connection):
            try:
                gave.append(act())
            except Exception as error:
                raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    return gave, raised
