"""What a worker does before its first request."""

import gc
import runpy
from collections.abc import Iterator
from contextlib import contextmanager

from celery.signals import worker_process_init
from django.urls import clear_url_caches, get_resolver


@contextmanager
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)


def test_a_worker_of_the_web_has_every_view_and_counts_it_as_there_to_stay() -> None:
    clear_url_caches()
    assert gc.get_freeze_count() == 0
    with as_before():
        runpy.run_path("config/gunicorn.py")["post_worker_init"](None)
        assert gc.get_freeze_count() > 100_000
        assert gc.get_threshold() == (5_000, 20, 20)
        assert "url_patterns" in vars(get_resolver())


def test_so_does_each_process_of_the_worker() -> None:
    """It writes long files, too."""
    with as_before():
        worker_process_init.send(sender=None)
        assert gc.get_freeze_count() > 100_000
        assert gc.get_threshold() == (5_000, 20, 20)
