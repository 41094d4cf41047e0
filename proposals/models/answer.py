"""Asking and answering: one clock for each organisation asked, and its public answer."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Organisation
from proposals.lateness import answer_was_late
from proposals.models.proposal import Proposal
from proposals.querysets import AskQuerySet, ResponseQuerySet
from record import clock
from record.ids import uuid7
from record.models import Dated


class Ask(Dated):
    """One organisation asked for one answer: the public clock.

    Dates only. Whether it is overdue is worked out from them and the day, never stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="asks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="asks")
    working_days = models.PositiveSmallIntegerField()  # the time that the agreement gives
    asked_on = models.DateField()
    first_due_on = models.DateField()  # never changes
    due_on = models.DateField()  # later than first_due_on where more time was taken
    long_overdue_on = models.DateField()  # the last day of twice the time; after it the ask is long overdue
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    extension_reason = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_after_working_days = models.PositiveIntegerField(null=True, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "organisation"], name="one_ask_per_organisation"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("first_due_on")), name="due_never_moves_forward"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="asks_waiting", condition=Q(answered_on=None)),
            models.Index(
                fields=["organisation", "due_on", "id"], name="asks_of_organisation", condition=Q(answered_on=None)
            ),
            # of the whole site, answered or not, for the open API
            models.Index(fields=["updated_at", "id"], name="asks_changed"),
            models.Index(fields=["asked_on", "id"], name="asks_by_day"),
            models.Index(fields=["due_on", "id"], name="asks_by_due_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} asked about {self.proposal}"

    @property
    def is_open(self) -> bool:
        return self.answered_on is None

    def is_overdue(self, today: date) -> bool:
        """Past the due date without an answer."""
        return self.is_open and today > self.due_on

    def is_long_overdue(self, today: date) -> bool:
        """Past twice the time without an answer."""
        return self.is_open and today > self.long_overdue_on

    @property
    def was_late(self) -> bool:
        return answer_was_late(self.answered_on, self.due_on)


class Response(Dated):
    """An organisation's public answer. Never edited once published."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Yes")
        ACCEPTED_IN_PART = "accepted_in_part", _("Yes, in part")
        DECLINED = "declined", _("No")
        TO_BALLOT = "to_ballot", _("Residents will vote on it")
        TO_CODESIGN = "to_codesign", _("We will design it together")
        NOT_STATED = "not_stated", _("The answer does not say yes or no")  # brought in from another site only

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="response")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="responses")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    summary = models.TextField()  # the answer in a sentence or two
    reasons = models.TextField()
    could_not = models.TextField(blank=True)  # what we could not do
    next_step = models.TextField(blank=True)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="responses")
    signed_name = models.CharField(max_length=80, blank=True)
    signed_role = models.CharField(max_length=160)
    published_at = models.DateTimeField()
    reading_age = models.PositiveSmallIntegerField(null=True, blank=True)
    hard_words_changed = models.PositiveSmallIntegerField(default=0)
    # Kept by give_verdict.
    answers_it_count = models.PositiveIntegerField(default=0)
    does_not_count = models.PositiveIntegerField(default=0)
    is_contested = models.BooleanField(default=False)
    contested_at = models.DateTimeField(null=True, blank=True)
    verdicts_until = models.DateField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="an_answer_has_reasons"),
            models.CheckConstraint(condition=~Q(signed_role=""), name="an_answer_is_signed_by_a_role"),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="responses_changed"),
            models.Index(fields=["published_at", "id"], name="responses_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.organisation}"


class ResponseDraft(models.Model):
    """The answer while it is written. `revision` finds out when two officers edit at once."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="draft")
    revision = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True)
    summary = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    could_not = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    promises = models.JSONField(default=list, blank=True)  # [{"text", "due_on", "by"}]
    hard_words_changed = models.PositiveSmallIntegerField(default=0)
    edited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(default=clock.now)
    second_look_asked_at = models.DateTimeField(null=True, blank=True)
    second_look_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    second_look_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"draft of {self.ask_id}, revision {self.revision}"


class Verdict(models.Model):
    """One supporter's "this answers it" or "this does not"."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="verdicts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="verdicts")
    answers_it = models.BooleanField()
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "user"], name="one_verdict_per_supporter")]

    def __str__(self) -> str:
        return f"verdict on {self.response_id}"
