"""Who wants to hear of what, what each person should know, and each attempt to tell them."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.querysets import NotificationQuerySet
from record import clock
from record.models import Event


class Follow(models.Model):
    """A person's wish to hear of a proposal, community or organisation."""

    class Why(models.TextChoices):
        TABLED = "tabled", _("you tabled it")
        BACKED = "backed", _("you backed it")
        COMMENTED = "commented", _("you spoke about it")
        CHOSE = "chose", _("you asked to hear of it")
        DUTY = "duty", _("it is your work")
        ROLL = "roll", _("you are on the roll of this vote")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="follows")
    subject_type = models.CharField(max_length=40)  # proposal, community, organisation
    subject_id = models.UUIDField()
    why = models.CharField(max_length=12, choices=Why.choices)
    muted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "subject_type", "subject_id"], name="one_follow_per_subject")
        ]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "user"], name="followers", condition=Q(muted_at__isnull=True)
            ),
            models.Index(
                fields=["subject_type", "subject_id", "user"], name="muted", condition=Q(muted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.subject_type} {self.subject_id}"


class Preference(models.Model):
    """What a person does not want by e-mail, or at all. No row means: tell me."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="preferences")
    group = models.CharField(max_length=20)  # notifications.kinds groups kinds for people
    by_email = models.BooleanField(default=True)
    in_inbox = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="one_preference_per_group")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group}"


class Notification(models.Model):
    """One thing that one person should know."""

    # No index of their own: the ones below begin with them, and each index costs a fan-out to thousands.
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications", db_index=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notifications", db_index=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300)
    why = models.CharField(max_length=12, choices=Follow.Why.choices)
    subject_type = models.CharField(max_length=40)  # what is followed, so that it can be muted from here
    subject_id = models.UUIDField()
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    in_inbox = models.BooleanField(default=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="one_notification_per_event_and_person")]
        indexes = [models.Index(fields=["user", "-id"], name="inbox_newest_first")]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One attempt chain on one channel: one for each event, person and channel, since there is one
    notification for each event and person."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        SKIPPED = "skipped", _("Not wanted any more")

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    claimed_until = models.DateTimeField(null=True, blank=True)  # a worker has it; after this, another may take it
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="one_delivery_per_channel")]
        indexes = [models.Index(fields=["next_attempt_at", "id"], name="deliveries_due", condition=Q(status="waiting"))]

    def __str__(self) -> str:
        return f"{self.channel} {self.status}"

    @property
    def message_key(self) -> str:
        """The left part of the Message-ID. It follows from event, person and channel, so each attempt carries
        the same one and a mail server can drop the second. It tells nothing of the person."""
        key = f"{self.notification.event_id}:{self.notification.user_id}:{self.channel}"
        return hashlib.sha256(key.encode()).hexdigest()[:32]


class CheckpointReader(models.Model):
    """An address that gets each checkpoint of the record: anybody's, with or without an account.

    Unconfirmed, it gets one mail that asks, and is forgotten after a week.
    """

    email = models.EmailField(max_length=254, unique=True)  # in small letters
    asked_at = models.DateTimeField(default=clock.now)
    asks_count = models.PositiveIntegerField(default=1)  # how often somebody gave this address
    asks_sent = models.PositiveIntegerField(default=0)  # the last of these that was answered by a mail
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_count = models.PositiveBigIntegerField(default=0)  # the lines of the last checkpoint that it got
    attempts = models.PositiveSmallIntegerField(default=0)  # of the mail that waits
    next_attempt_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["told_count", "next_attempt_at"], name="checkpoint_mail_due")]

    def __str__(self) -> str:
        return f"reader {self.pk}"
