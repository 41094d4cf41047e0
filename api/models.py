"""The files of the open data page: snapshots, what is in each, and what changed in rows that were published before."""

from django.db import models

from record import clock
from record.ids import uuid7


class Snapshot(models.Model):
    """Every dataset as it was at one moment. `datasets` says what is in its files; they lie in the storage `open_data`
    under its id."""

    class State(models.TextChoices):
        ASKED = "asked"
        MAKING = "making"
        READY = "ready"
        WITHDRAWN = "withdrawn"  # somebody who was in it was erased: kept to be compared with, never given out
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    started_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    datasets = models.JSONField(default=list)  # name, rows, and of each file: name, bytes, sha256

    class Meta:
        indexes = [models.Index(fields=["state", "-started_at"], name="snapshots_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state__in=["asked", "making"]), name="one_snapshot_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.state}"


class Correction(models.Model):
    """A column of a published row that is not what it was in the snapshot before. Words stand here by their digest
    only: what was erased must not live on in a log."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resource = models.CharField(max_length=40)
    row_id = models.UUIDField()
    reference = models.CharField(max_length=40, blank=True)
    column = models.CharField(max_length=40)
    before = models.CharField(max_length=200)
    after = models.CharField(max_length=200)
    found_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["-found_at", "-id"], name="corrections_newest_first")]

    def __str__(self) -> str:
        return f"{self.resource} {self.reference or self.row_id}: {self.column}"
