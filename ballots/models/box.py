"""What is in the box while a ballot is open. All of it is gone at the close, with the key that leads to a person.

No row here has a time, and none leads to a user: `voter_key` is HMAC-SHA256(the ballot's key, the elector).
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ballots.models.ballot import Ballot
from record import clock


class BallotKey(models.Model):
    """The key that leads from an elector to a paper. Made at the opening, destroyed at the close."""

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, primary_key=True, related_name="key")
    key = models.BinaryField()

    def __str__(self) -> str:
        return "a key"  # never more than that, wherever it is printed


class Paper(models.Model):
    """One cast ballot paper. A voter has one; changing the vote writes over it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # random: its order tells nothing
    # No index of its own: the first constraint below begins with it.
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="papers", db_index=False)
    voter_key = models.CharField(max_length=64)
    choices = models.JSONField()  # {code: number}, see ballots.counting.shapes
    receipt = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "voter_key"], name="one_paper_per_elector"),
            # The receipt first: while the box is as good as empty, an index that begins with the ballot looks as good
            # as the one above, and would then be read from end to end for each vote.
            models.UniqueConstraint(fields=["receipt", "ballot"], name="one_paper_per_receipt"),
        ]

    def __str__(self) -> str:
        return "a paper"


class UnfinishedVote(models.Model):
    """Choices that somebody has made and not cast. They count for nothing, and are gone at the close."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="unfinished_votes", db_index=False)
    voter_key = models.CharField(max_length=64)
    choices = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "voter_key"], name="one_unfinished_vote_per_elector")]

    def __str__(self) -> str:
        return "an unfinished vote"


class PaperBatch(models.Model):
    """A pile of paper votes. It is typed in twice; what agrees is cast, what differs is looked at again."""

    class State(models.TextChoices):
        FIRST = "first", _("Being typed in")
        SECOND = "second", _("Being checked")
        CAST = "cast", _("In the box")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="batches")
    label = models.CharField(max_length=60)
    state = models.CharField(max_length=6, choices=State.choices, default=State.FIRST)
    papers_count = models.PositiveIntegerField(default=0)  # how many papers are in the pile
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    checked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "label"], name="one_batch_per_label")]

    def __str__(self) -> str:
        return self.label


class PaperEntry(models.Model):
    """One paper of a pile, as it was typed the first and the second time. Gone once it is cast."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="entries")
    voter_key = models.CharField(max_length=64)
    position = models.PositiveIntegerField()  # in the pile, so that it can be found again
    first = models.JSONField()
    second = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_entry_per_paper_of_a_pile"),
            models.UniqueConstraint(fields=["batch", "voter_key"], name="one_entry_per_elector_of_a_pile"),
        ]

    def __str__(self) -> str:
        return f"paper {self.position}"
