"""What a worker does before its first request."""

import gc
import runpy

from celery.signals import worker_process_init
from django.urls import clear_url_caches, get_resolver


def test_a_worker_of_the_web_has_every_view_and_counts_it_as_there_to_stay() -> None:
    clear_url_caches()
    assert gc.get_freeze_count() == 0
    try:
        runpy.run_path("config/gunicorn.py")["post_worker_init"](None)
        assert gc.get_freeze_count() > 100_000
        assert "url_patterns" in vars(get_resolver())
    finally:
        gc.unfreeze()


def test_so_does_each_process_of_the_worker() -> None:
    """It writes long files, too."""
    try:
        worker_process_init.send(sender=None)
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()
