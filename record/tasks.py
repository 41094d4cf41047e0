"""What beat does for the record. Each task may run late, twice or at once."""

from celery import shared_task

from record import alarm, checking, checkpoints


@shared_task
def make_checkpoint() -> None:
    """Today's checkpoint, where it is not made yet. A record that is broken is not signed for."""
    try:
        checkpoints.make_checkpoint()
    except checkpoints.RecordBroken as broken:
        alarm.sound("The record is broken. No checkpoint was signed.", broken.faults)


@shared_task
def check_record() -> None:
    """Every line, every checkpoint and every text beside them."""
    faults = checking.faults_of_record()
    if faults:
        alarm.sound("The record is broken.", faults)
