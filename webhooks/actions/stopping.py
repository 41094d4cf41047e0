"""What operators do with a webhook of somebody else."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from record import clock
from webhooks import lifecycle, permissions
from webhooks.actions.managing import end_endpoint
from webhooks.actions.subscribing import owe_letter
from webhooks.exceptions import NotAllowed
from webhooks.models import Endpoint, Letter

logger = logging.getLogger(__name__)


@transaction.atomic
def stop_endpoint(*, endpoint: Endpoint, acting_user: User) -> Endpoint:
    """Nothing more is sent, for good, and its owner is told. Twice is once.

    One that nobody confirmed simply ends: its mailbox may be a stranger's, and is not written to again.
    """
    if not permissions.can_stop(acting_user):
        raise NotAllowed(_("Only the people who run this site can stop a webhook."))
    endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if endpoint.why_disabled == Endpoint.Why.STOPPED:
        return endpoint
    lifecycle.require("stop", endpoint)
    logger.warning("Webhook %s was stopped by %s", endpoint.pk, acting_user.pk)
    if endpoint.state == Endpoint.State.UNCONFIRMED:
        return end_endpoint(endpoint=endpoint)
    endpoint.state, endpoint.state_at = Endpoint.State.DISABLED, clock.now()
    endpoint.why_disabled = Endpoint.Why.STOPPED
    endpoint.replay_next = endpoint.replay_end = None
    endpoint.save()
    owe_letter(endpoint, Letter.Kind.DISABLED)
    return endpoint
