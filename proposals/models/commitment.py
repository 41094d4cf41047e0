"""Promises: what, who, by when, and whether residents say that it was kept."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Community, Organisation
from decisions.models import Decision
from proposals.lateness import promise_is_late
from proposals.models.answer import Response
from proposals.models.proposal import Proposal
from proposals.querysets import CommitmentAskQuerySet, CommitmentQuerySet
from record import clock
from record.ids import uuid7
from record.models import Dated
from words.marks import ClockState

if TYPE_CHECKING:
    from proposals.promise_words import PromiseWords


class Commitment(Dated):
    """An action promised. Done is the organisation's claim; kept needs residents."""

    class State(models.TextChoices):
        PROMISED = "promised", _("Promised")
        IN_PROGRESS = "in_progress", _("Started")
        CLAIMED_DONE = "claimed_done", _("They say it is done")
        CONFIRMED = "confirmed", _("Kept: residents agree it is done")
        DISPUTED = "disputed", _("Disputed: residents say it is not done")
        CHANGED = "changed", _("Changed")
        DROPPED = "dropped", _("Dropped")

    class ConfirmedHow(models.TextChoices):
        AUTHOR = "author", _("the author said so")
        SUPPORTERS = "supporters", _("neighbours who backed it said so")
        UNDISPUTED = "undisputed", _("nobody disputed it in time")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="commitments")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    organisation = models.ForeignKey(  # NULL: residents promised it
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    promised_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=200)
    by_whom = models.CharField(max_length=120, blank=True)  # "Marlow Lifts, for Penhale Homes"
    due_on = models.DateField()
    first_due_on = models.DateField()
    state = models.CharField(max_length=14, choices=State.choices, default=State.PROMISED)
    started_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    claim_note = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=12, choices=ConfirmedHow.choices, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    dispute_reason = models.TextField(blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    drop_reason = models.TextField(blank=True)
    broken_on = models.DateField(null=True, blank=True)  # dropped, or twenty working days late: stays for ever
    round = models.PositiveSmallIntegerField(default=0)  # each claim starts a new round of checks
    done_count = models.PositiveIntegerField(default=0)  # checks of this round
    not_done_count = models.PositiveIntegerField(default=0)
    submission = models.UUIDField(null=True, blank=True, unique=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(confirmed_at__isnull=False) & ~Q(confirmed_how="")),
                name="a_kept_promise_says_how_it_was_confirmed",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(drop_reason=""), name="dropping_has_a_reason"),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="commitments_open",
                condition=~Q(state__in=["confirmed", "dropped"]),
            ),
            models.Index(fields=["organisation", "due_on", "id"], name="commitments_of_organisation"),
            models.Index(fields=["updated_at", "id"], name="commitments_changed"),
            models.Index(fields=["created_at", "id"], name="commitments_by_day"),
            models.Index(fields=["due_on", "id"], name="commitments_by_due_day"),
        ]
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state not in (self.State.CONFIRMED, self.State.DROPPED)

    def is_late(self, today: date) -> bool:
        """Past its date and not even claimed to be done."""
        return promise_is_late(self.state, self.due_on, today)

    def words_on(self, today: date) -> "PromiseWords":
        """What became of it, as pages say it: for rooms below this one. No query where `community` is at hand."""
        from proposals.promise_words import words_of

        return words_of(self, self.community, today)


class CommitmentChange(models.Model):
    """A promise as it was before it was changed, and why it was."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="changes")
    old_text = models.CharField(max_length=200)
    old_due_on = models.DateField()
    new_text = models.CharField(max_length=200)
    new_due_on = models.DateField()
    reason = models.TextField()
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["changed_at", "id"]

    def __str__(self) -> str:
        return f"change of {self.commitment_id}"


class Check(models.Model):
    """One resident's word on whether a promise was kept, for one round of checks."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="checks")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="checks")
    round = models.PositiveSmallIntegerField()
    done = models.BooleanField()
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "user", "round"], name="one_check_per_resident_and_round")
        ]

    def __str__(self) -> str:
        return f"check of {self.commitment_id}"


class CommitmentAsk(Dated):
    """A vote asks an organisation what it will do, and by when: a public clock like that of an answer.

    Where residents decided, the first promise for the decision answers it, or overruling it in public. Where the vote
    was advice, `decision` is empty until the organisation says in public whether it follows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="commitment_asks")
    ballot_reference = models.CharField(max_length=20)
    question = models.CharField(max_length=160, blank=True)  # what was voted on: the votes' room is above this one
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="commitment_asks"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="commitment_asks")
    working_days = models.PositiveSmallIntegerField()
    asked_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    long_overdue_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_after_working_days = models.PositiveIntegerField(null=True, blank=True)

    objects = CommitmentAskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ballot_reference", "organisation"], name="one_commitment_ask_per_organisation"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on", "id"], name="commitment_asks_waiting", condition=Q(answered_on=None)
            ),
            models.Index(fields=["updated_at", "id"], name="commitment_asks_changed"),
            models.Index(fields=["asked_on", "id"], name="commitment_asks_by_day"),
            models.Index(fields=["due_on", "id"], name="commitment_asks_by_due_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} asked what it will do about {self.ballot_reference}"

    @property
    def is_open(self) -> bool:
        return self.answered_on is None

    def clock_on(self, today: date) -> ClockState:
        """Its public clock, as pages draw it. No query where `community` is at hand."""
        from proposals.clocks import clock_of

        return clock_of(self, today, self.community)

    def is_overdue(self, today: date) -> bool:
        """Past the due date without a promise."""
        return self.is_open and today > self.due_on

    def is_long_overdue(self, today: date) -> bool:
        """Past twice the time without a promise."""
        return self.is_open and today > self.long_overdue_on
