"""The poke: after a change is committed, the worker is told that there is something to relay.

It is a convenience. A poke that is lost (the broker is down, the worker dies) costs a few seconds, not a
notification: a sweep on the schedule finds everything that waits.
"""

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

logger = logging.getLogger(__name__)

POKED = "relay-poked"
POKED_SECONDS = 5
QUIET_SECONDS = 10.0
BETWEEN_SECONDS = 0.25  # two pokes of one process
_listeners: list[Callable[[], None]] = []
_quiet_until = 0.0  # in this process; while the broker is away, one request in ten seconds tries it


def poke_after_commit() -> None:
    """For record.announcements.on_announced: poke once a transaction, if and when it is committed."""
    hooks = transaction.get_connection().run_on_commit
    if not any(hook[1] is poke_soon for hook in hooks):
        transaction.on_commit(poke_soon, robust=True)


def poke_soon() -> None:
    """Poke without making whoever acted wait for it; at once where tasks run at once, too."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        poke()
    else:
        _courier.send()


class Courier:
    """Pokes in a thread of its own, a few times a second at most: nobody's tap waits for the broker, and of many taps
    within a moment one goes there. A process that ends sends what is left; one that is killed leaves it to the sweep.
    """

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def send(self) -> None:
        self._wanted.set()
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
                    self._thread.start()

    def finish(self) -> None:
        """Send now what was not sent yet."""
        if self._wanted.is_set():
            self._wanted.clear()
            poke()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()  # first: what comes while we poke is another one
            poke()
            time.sleep(BETWEEN_SECONDS)


def poke() -> None:
    """Ask a worker to relay. Never raises, and takes a second at most.

    Pokes within a moment are one poke. The relay lifts the mark before it looks for events, so whatever was
    committed under the mark is found.
    """
    if time.monotonic() < _quiet_until:
        return
    try:
        is_first: bool | None = cache.add(POKED, 1, timeout=POKED_SECONDS)
    except Exception as error:
        _be_quiet(error)
        return
    if is_first is None:  # the cache swallows its errors: it is away, and the broker with it
        _be_quiet("no cache")
    elif is_first:
        from notifications.tasks import relay_events

        publish(relay_events)


def lift_poke_mark() -> None:
    """Called by the relay before it looks for events: from here on, a poke is a new one."""
    cache.delete(POKED)


def on_relayed(listener: Callable[[], None]) -> None:
    """Have `listener` called after each round of the relay. For rooms above, which this one may not import."""
    if listener not in _listeners:
        _listeners.append(listener)


def say_relayed() -> None:
    """Called by the task, outside any transaction. What a room above makes of it holds up nobody."""
    for listener in _listeners:
        try:
            listener()
        except Exception:
            logger.exception("After the relay")


def publish(task: Any) -> None:
    """Queue a task without waiting for the broker. The schedule runs it in any case."""
    try:
        task.apply_async(retry=False)
    except Exception as error:
        _be_quiet(error)


def _be_quiet(why: object) -> None:
    global _quiet_until
    _quiet_until = time.monotonic() + QUIET_SECONDS
    logger.warning("The broker does not answer, the schedule will do the work: %s", why)


def _new_courier() -> None:
    global _courier
    _courier = Courier()


_courier = Courier()
os.register_at_fork(after_in_child=_new_courier)  # a thread does not come along into a fork
atexit.register(lambda: _courier.finish())
