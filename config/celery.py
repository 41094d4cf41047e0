"""The Celery app: every room's tasks.py is found by itself."""

import os

from celery import Celery
from celery.signals import worker_process_init

from config.settled import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("toptable")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def _settle(**_given: object) -> None:
    """Each process of the worker writes long files, too: the open data of every night."""
    settle()
