"""Configuration. The Celery app is loaded with Django, so that `shared_task` finds its broker."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
