"""The ground floor: public entries in a hash chain, outbox events in the same transaction, human references."""

from typing import Any

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from record import clock


class Dated(models.Model):
    """Rows that the open API publishes: when they came to be and when they last changed."""

    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep `updated_at` true, also when only some fields are saved."""
        self.updated_at = clock.now()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "updated_at"}
        super().save(*args, **kwargs)

    def touch(self) -> None:
        """The row says something else by itself, such as that it is late. Copies elsewhere follow `updated_at`."""
        self.save(update_fields=[])


class RecordHead(models.Model):
    """One row: the end of the chain. It is locked while an entry is appended, so sequences have no gap."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sequence_count = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="record_has_one_head")]

    def __str__(self) -> str:
        return f"{self.sequence_count} entries"


class Entry(models.Model):
    """One line of the public record. `line` is the entry: its exact text, stored once, never built again."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=60, db_index=True)
    community_id = models.UUIDField(null=True, db_index=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    line = models.TextField()
    hash = models.CharField(max_length=64)
    # Where the community is private the line says only the digest of this; it is shown to members.
    sealed = models.JSONField(null=True, blank=True)
    is_public = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="entry_by_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"


class EntryText(models.Model):
    """Free text that an entry speaks of by digest only: sha256(salt + text). Erasing it leaves the chain whole.

    A salt is 32 characters, or the front of a text could be moved into it. What is erased has neither.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=40)
    salt = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="one_text_per_field_of_an_entry"),
            models.CheckConstraint(
                condition=models.Q(Exact(Length("salt"), 32), erased_at__isnull=True)
                | models.Q(erased_at__isnull=False, salt="", text=""),
                name="whole_salt_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"


class Event(models.Model):
    """The outbox: what happened, for whoever must be told. Written with the change, relayed after it."""

    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    community_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    payload = models.JSONField(default=dict)
    # Where set: this can happen once only, however often it is found (a due date, an overdue crossing).
    once_key = models.CharField(max_length=120, null=True)  # noqa: DJ001 - NULL is "no key" in a unique column
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="event")
    created_at = models.DateTimeField(default=clock.now)
    relayed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="event_waiting", condition=models.Q(relayed_at__isnull=True)),
            models.Index(fields=["subject_type", "subject_id"], name="event_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["once_key"], name="one_event_per_key", condition=models.Q(once_key__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class ReferenceCounter(models.Model):
    """The last number given out in one series of human references (D-2026, P-2026)."""

    series = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class TreeBlock(models.Model):
    """The root over 256 lines that are complete: what a proof or the next checkpoint need not work out again.

    It is kept, not trusted: `check_record` works each of them out from the lines.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"block {self.number}"


class RecordKey(models.Model):
    """A public key that signed checkpoints. The private one is never in the database (record/keys.py)."""

    id = models.CharField(primary_key=True, max_length=16)
    public_key = models.CharField(max_length=44)  # base64 of its 32 bytes
    first_used_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.id


class Checkpoint(models.Model):
    """What the record was at one moment, signed: `note` is the exact text that `signature` is over.

    The other columns say what the note says, so that it can be found.
    """

    sequence_count = models.PositiveBigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    day = models.DateField(unique=True)  # in UTC; at most one a day, whoever makes it
    key = models.ForeignKey(RecordKey, on_delete=models.PROTECT, related_name="checkpoints")
    note = models.TextField()
    signature = models.CharField(max_length=88)  # base64 of its 64 bytes

    def __str__(self) -> str:
        return f"{self.sequence_count} {self.root[:16]}"
