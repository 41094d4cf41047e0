"""The Celery app: every room's tasks.py is found by itself."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("toptable")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
