"""What beat does for the record. Each task may run late, twice or at once."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.conf import settings

from record import alarm, checking, checkpoints

logger = logging.getLogger(__name__)


@shared_task
def make_checkpoint() -> None:
    """Today's checkpoint, where it is not made yet. A record that is broken is not signed for."""
    _or_alarm(_make_checkpoint, "No checkpoint could be made.")


# A worker that is killed at its limit tells nobody. This one is told a minute before, and sounds the alarm.
@shared_task(soft_time_limit=max(settings.CELERY_TASK_TIME_LIMIT - 60, 1))
def check_record() -> None:
    """Every line, every checkpoint and every text beside them."""
    _or_alarm(_check_record, "The record could not be checked.")


def _make_checkpoint() -> None:
    try:
        checkpoints.make_checkpoint()
    except checkpoints.RecordBroken as broken:
        alarm.sound("The record is broken. No checkpoint was signed.", broken.faults)


def _check_record() -> None:
    faults = checking.faults_of_record()
    if faults:
        alarm.sound("The record is broken.", faults)


def _or_alarm(step: Callable[[], None], title: str) -> None:
    """A check that fell over has told nobody anything: that it did is an alarm of its own, whatever the reason."""
    try:
        step()
    except Exception as error:
        logger.exception(title)
        alarm.sound(title, [f"{type(error).__name__}: {error}"])
