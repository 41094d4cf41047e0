"""The published, reproducible result of a ballot with its working."""

from django.db import models

from ballots.models.ballot import Ballot
from record.ids import uuid7


class Count(models.Model):
    """Made at the close, with the papers as they were in the box; filled by the worker that counts them.

    `papers` are the exact bytes of the published file (ballots.papers_file). Where fewer than ten were cast they
    are not published, and are emptied once they are counted. `receipts` is one code a line, sorted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, related_name="count")
    papers = models.TextField(blank=True)
    papers_count = models.PositiveIntegerField(default=0)
    papers_published = models.BooleanField(default=False)
    papers_sha256 = models.CharField(max_length=64, blank=True)
    receipts = models.TextField(blank=True)
    receipts_sha256 = models.CharField(max_length=64, blank=True)
    winners = models.JSONField(default=list)  # codes, in the order in which they won
    totals = models.JSONField(default=dict)  # code → ticks, sum of scores, or first places
    working = models.JSONField(default=dict)
    # Who counts, and how far it is: a count that stops moving is taken up again.
    progress = models.PositiveSmallIntegerField(default=0)  # 0 to 100
    moved_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"count of {self.ballot_id}"
