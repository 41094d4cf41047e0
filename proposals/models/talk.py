"""What people say under a proposal, and the help they offer."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from communities.models import Organisation
from proposals.models.proposal import Proposal
from record import clock
from record.ids import uuid7


class Comment(models.Model):
    """A remark. One level of replies. The author's seat is kept as it was when they wrote."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="comments")
    role = models.CharField(max_length=12)  # resident, professional, facilitator
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    job_title = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=80, blank=True)
    body = models.TextField()
    created_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)  # by its author; the place in the thread stays
    submission = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "submission"], name="one_comment_per_submission"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="no_comment_answers_itself"),
        ]
        indexes = [models.Index(fields=["proposal", "parent", "id"], name="comments_in_order")]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Offer(models.Model):
    """A resident's pledge of help."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="offers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offers")
    text = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "submission"], name="one_offer_per_submission")]
        indexes = [models.Index(fields=["proposal", "id"], name="offers_in_order")]

    def __str__(self) -> str:
        return self.text
