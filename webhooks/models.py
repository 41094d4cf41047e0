"""Who asked for what to be sent where, each thing that is sent, and each letter that we owe a subscriber."""

import hashlib
import secrets
from base64 import b64encode

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Organisation
from record import clock
from record.ids import uuid7
from record.models import Entry
from webhooks.querysets import DeliveryQuerySet, EndpointQuerySet


def new_secret() -> str:
    """A key of 32 bytes, written as Standard Webhooks has it."""
    return "whsec_" + b64encode(secrets.token_bytes(32)).decode()


class Endpoint(models.Model):
    """An address of a subscriber to which we send."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Waits until you confirm it")
        ACTIVE = "active", _("On")
        PAUSED = "paused", _("Paused by you")
        DISABLED = "disabled", _("Switched off by us")
        ENDED = "ended", _("Ended")

    class Why(models.TextChoices):
        GONE = "gone", _("your address answered 410, which means that nothing is there any more")
        FAILING = "failing", _("nothing arrived at your address for five days")
        STOPPED = "stopped", _("the people who run this site stopped it")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url = models.CharField(max_length=500, blank=True)  # empty once ended: an address may hold a key of theirs
    email = models.EmailField(blank=True, db_index=True)  # lower case
    # In the clear, since each message is signed with it; it opens nothing but what is public anyway.
    secret = models.CharField(max_length=80, default=new_secret)
    old_secret = models.CharField(max_length=80, blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    kinds = models.JSONField(default=list, blank=True)  # kinds of the record; none of them: everything
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    state_at = models.DateTimeField(default=clock.now)
    why_disabled = models.CharField(max_length=8, choices=Why.choices, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    last_tried_at = models.DateTimeField(null=True, blank=True)
    # Where in the record it has got to. Sequences are given out in the order of commits, so nothing comes in behind it.
    next_sequence = models.PositiveBigIntegerField(default=0)
    replay_next = models.PositiveBigIntegerField(null=True, blank=True)
    replay_end = models.PositiveBigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_sequence"], name="webhooks_active", condition=Q(state="active"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(email="", url="", secret="", old_secret=""),
                name="ended_webhook_keeps_nothing",
            ),
            models.CheckConstraint(
                condition=Q(replay_next=None, replay_end=None)
                | Q(replay_next__isnull=False, replay_end__isnull=False, replay_next__lt=models.F("replay_end")),
                name="replay_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def secrets(self) -> list[str]:
        """What a message is signed with now: for a day after a change, the old one too."""
        still = self.old_secret and self.old_secret_until and self.old_secret_until > clock.now()
        return [self.secret, self.old_secret] if still else [self.secret]


class Delivery(models.Model):
    """One entry of the record on its way to one endpoint; without an entry, a test."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        DELIVERED = "delivered", _("Arrived")
        FAILED = "failed", _("Failed, tried again")
        DEAD = "dead", _("Given up")

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    claimed_until = models.DateTimeField(null=True, blank=True)  # a worker has it; after this, another may take it
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    said = models.CharField(max_length=500, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "entry"], name="one_delivery_per_endpoint_and_entry")
        ]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="webhook_log"),
            models.Index(
                fields=["endpoint", "next_at"], name="webhooks_due", condition=Q(state__in=["waiting", "failed"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


def message_id_of(endpoint: Endpoint, sequence: int | str) -> str:
    """What a receiver knows a message by. It follows from endpoint and entry: sent again, even replayed after the
    log was swept, it is the same."""
    return "msg_" + hashlib.sha256(f"{endpoint.pk}:{sequence}".encode()).hexdigest()[:32]


class Letter(models.Model):
    """An e-mail that we owe a subscriber. It goes once it is sent."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "confirm"
        LINK = "link", "link"
        DISABLED = "disabled", "disabled"

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="letters", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "kind"], name="one_letter_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.endpoint_id} {self.kind}"
