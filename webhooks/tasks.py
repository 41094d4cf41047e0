"""What the worker does here. Each task finds its own work in the database, so it may run late, twice or at once."""

from celery import shared_task
from django.conf import settings

from notifications.relay import publish
from record import clock
from webhooks.actions.fanning_out import take_from_record
from webhooks.actions.mailing import send_letters
from webhooks.actions.sending import send_due_deliveries
from webhooks.actions.sweeping import sweep
from webhooks.models import Endpoint

SECONDS = settings.CELERY_TASK_TIME_LIMIT / 3  # what is left over is for the next run


@shared_task
def send_webhooks() -> None:
    """Take what is new from the record, and send what is due."""
    take_from_record(seconds=SECONDS / 2)
    if Endpoint.objects.with_something_due(clock.now()).exists():
        send_due_deliveries(seconds=SECONDS)


@shared_task
def send_webhook_letters() -> None:
    """Mails to subscribers."""
    send_letters()


@shared_task
def forget_old_webhooks() -> None:
    """Old deliveries, and endpoints that nobody confirmed or needs."""
    sweep()


def poke() -> None:
    """After a relay of the outbox: begin at once. One query where nobody subscribed; the schedule does the rest."""
    if Endpoint.objects.behind().exists():
        publish(send_webhooks)
