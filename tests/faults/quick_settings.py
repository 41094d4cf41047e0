"""The site's settings with a faster clock, so that a test of minutes takes seconds."""

from config.settings import *  # noqa: F403
from config.settings import CELERY_BEAT_SCHEDULE as _SCHEDULE

DELIVERY_LEASE_SECONDS = 3
CELERY_BEAT_SCHEDULE = {
    "relay-outbox": _SCHEDULE["relay-outbox"] | {"schedule": 1.5},
    "send-deliveries": _SCHEDULE["send-deliveries"] | {"schedule": 1.5},
}
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
