"""What the worker does here. Each task finds its own work in the database, so it may run late, twice or at once."""

from celery import shared_task
from django.conf import settings

from notifications.actions.relaying import relay_waiting_events
from notifications.actions.sending import is_anything_due
from notifications.actions.sending import send_due_deliveries as send_what_is_due
from notifications.actions.sending_checkpoints import send_checkpoint_mail
from notifications.relay import lift_poke_mark, publish, say_relayed
from proposals.actions.asking import announce_due_soon
from proposals.actions.checking import announce_commitments_due

SECONDS = settings.CELERY_TASK_TIME_LIMIT / 3  # what is left over is for the next run


@shared_task
def relay_events() -> None:
    """Tell people of the events that wait, then have their mail sent."""
    lift_poke_mark()
    relay_waiting_events(seconds=SECONDS)
    if is_anything_due():
        publish(send_due_deliveries)
    say_relayed()


@shared_task
def send_due_deliveries() -> None:
    """Send the mail that waits."""
    send_what_is_due(seconds=SECONDS)


@shared_task
def send_checkpoints() -> None:
    """Send the newest checkpoint of the record to whoever asked for it."""
    send_checkpoint_mail(seconds=SECONDS)


@shared_task
def remind_of_due_dates() -> None:
    """Announce answers and promises that are due in five working days, or in one."""
    announce_due_soon()
    announce_commitments_due()
