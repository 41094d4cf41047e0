"""How Celery works here: nothing is lost with a worker, no page waits for a broker. Part of config.settings."""

from typing import Any

from config.timetable import TIMETABLE

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a task belongs to the broker until it is done: a killed worker loses nothing
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for a broker that is away, however long
CELERY_TASK_PUBLISH_RETRY = False  # a web request never waits for the broker: the sweep repeats a lost poke
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = TIMETABLE
WAITING: dict[str, Any] = {
    "unacked_restore_throttle": 1,  # look for tasks of a dead worker every ten seconds, not every hundred
    # A web request that publishes waits for a broker that is away at most a second, and does not try again.
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "max_retries": 0,
}
