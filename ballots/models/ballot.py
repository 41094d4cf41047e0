"""The ballot: what is asked, of whom, how it is counted and when."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ballots.querysets import BallotQuerySet, OptionQuerySet
from communities.models import Community, Rule, Topic
from decisions.models import Decision
from proposals.models import Proposal
from record.ids import uuid7
from record.models import Dated


class Ballot(Dated):
    """A vote on priorities. Everything but the state, the dates it passed and the result is locked at `announced`."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed, being counted")
        COUNTED = "counted", _("Counted")
        CERTIFIED = "certified", _("Result")
        CANCELLED = "cancelled", _("Cancelled")

    class Method(models.TextChoices):
        APPROVAL = "approval", _("Tick all you would back")
        SCORE = "score", _("Score each from 0 to 5")
        RANKED = "ranked", _("Put them in order")
        BUDGET = "budget", _("Share out a pot of money")

    class Electorate(models.TextChoices):
        RESIDENTS = "residents", _("All verified residents")
        AREA = "area", _("Residents of one block or street")
        MEMBERS_SINCE = "members_since", _("Residents who joined by a certain day")

    class BudgetRule(models.TextChoices):
        EQUAL_SHARES = "equal_shares", _("Equal shares: everybody holds the same part of the pot")
        GREEDY = "greedy", _("Most ticks first, while the money lasts")

    class Completion(models.TextChoices):
        NONE = "none", _("Leave what is left")
        ADD1 = "add1", _("Raise the shares in small steps")
        ADD1U = "add1u", _("Raise the shares in small steps, then most ticks first")

    class Stop(models.TextChoices):
        EXHAUSTIVE = "exhaustive", _("Until nothing more fits")
        OVERSPEND = "overspend", _("Until the next step would spend too much")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="ballots")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots")
    rule = models.ForeignKey(  # of the topic, as it was when the ballot was announced
        Rule, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots"
    )
    question = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    collects = models.BooleanField(default=False)  # the draft that proposals waiting for a vote go to by themselves

    method = models.CharField(max_length=10, choices=Method.choices, default=Method.APPROVAL)
    seats = models.PositiveSmallIntegerField(default=1)  # how many may win; for a budget the money says that
    most_choices = models.PositiveSmallIntegerField(default=0)  # ticks or places on one paper; 0 is no limit
    min_share = models.PositiveSmallIntegerField(default=0)  # percent of papers
    min_sample = models.PositiveIntegerField(default=1)  # scorers without whom a mean does not count
    budget = models.PositiveBigIntegerField(default=0)  # in minor units
    currency = models.CharField(max_length=3, default="GBP")
    budget_rule = models.CharField(max_length=14, choices=BudgetRule.choices, default=BudgetRule.EQUAL_SHARES)
    completion = models.CharField(max_length=6, choices=Completion.choices, default=Completion.ADD1U)
    stop = models.CharField(max_length=12, choices=Stop.choices, default=Stop.EXHAUSTIVE)
    step = models.PositiveBigIntegerField(null=True, blank=True)  # minor units; NULL lets the rule choose
    seed = models.CharField(max_length=64, blank=True)  # the lot, drawn and published at the announcement

    electorate = models.CharField(max_length=14, choices=Electorate.choices, default=Electorate.RESIDENTS)
    electorate_area = models.CharField(max_length=80, blank=True)
    electorate_since = models.DateField(null=True, blank=True)
    quorum_percent = models.PositiveSmallIntegerField(default=0)  # of the roll

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    is_binding = models.BooleanField(default=False)  # worked out at the announcement, from the agreement
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    papers_back_by = models.DateTimeField(null=True, blank=True)  # printed papers; the facilitator needs time for them
    announced_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    certified_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(blank=True)
    terms_sha256 = models.CharField(max_length=64, blank=True)  # of ballots.terms, published at the announcement
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    submission = models.UUIDField(null=True, blank=True, unique=True)

    # Kept by actions. Who voted is written to the roll alone until the close: no column here moves before it.
    options_count = models.PositiveIntegerField(default=0)
    eligible_count = models.PositiveIntegerField(default=0)  # lines of the roll, set at the opening
    online_count = models.PositiveIntegerField(default=0)  # these three are set at the close
    paper_count = models.PositiveIntegerField(default=0)
    phone_count = models.PositiveIntegerField(default=0)
    quorum_met = models.BooleanField(null=True, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots")

    # Brought in from another site (import_pabulib): it was decided there, so nothing follows from it here.
    source_id = models.CharField(max_length=80, blank=True)
    source_url = models.URLField(blank=True)
    official_winners = models.JSONField(null=True, blank=True)  # codes, where the source says who won

    codes: list[str]  # not kept: of the options in their order, where a vote reads the row (ballot_for_vote)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community"], name="one_ballot_collects", condition=Q(collects=True, state="draft")
            ),
            models.UniqueConstraint(
                fields=["community", "source_id"], name="one_ballot_per_source", condition=~Q(source_id="")
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(opens_at__isnull=False, closes_at__gt=F("opens_at"))
                | ~Q(source_id=""),
                name="an_announced_ballot_opens_and_closes",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""), name="cancelling_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(min_share__lte=100, quorum_percent__lte=100), name="a_percentage_is_at_most_100"
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-created_at", "-id"], name="ballots_of_community"),
            models.Index(fields=["state", "closes_at", "id"], name="ballots_by_state"),
            models.Index(fields=["updated_at", "id"], name="ballots_changed"),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("ballots:detail", args=[self.community.slug, self.reference])

    @property
    def voted_count(self) -> int:
        """How many voted; 0 before the close, whatever is in the box."""
        return self.online_count + self.paper_count + self.phone_count

    @property
    def has_result(self) -> bool:
        """Counted; also where it was cancelled after its count: nobody makes a result unseen."""
        counted = self.state in (self.State.COUNTED, self.State.CERTIFIED)
        return counted or (self.state == self.State.CANCELLED and self.counted_at is not None)

    @property
    def decides_nothing(self) -> bool:
        """What came out ahead did not win: too few voted, or the vote was cancelled."""
        return self.quorum_met is False or self.state == self.State.CANCELLED

    def takes_votes(self, now: datetime) -> bool:
        """By server time, not by when the worker comes to open or close it."""
        return (
            self.state == self.State.OPEN
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= now < self.closes_at
        )


class Option(models.Model):
    """One line of the ballot paper. It has no count before the ballot is counted."""

    class Origin(models.TextChoices):
        RESIDENTS = "residents", _("tabled by a resident")
        FACILITATOR = "facilitator", _("put on the ballot by a facilitator")
        SOURCE = "source", _("brought in from another site")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="options")
    code = models.CharField(max_length=40)  # short and stable: on papers, in downloads
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    cost = models.PositiveBigIntegerField(default=0)  # minor units; for a budget
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="options")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.FACILITATOR)
    # Set by the count.
    total = models.BigIntegerField(null=True, blank=True)  # ticks, sum of scores, or first places
    place = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 for the first winner; NULL did not win

    objects = OptionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "code"], name="one_option_per_code"),
            models.UniqueConstraint(
                fields=["ballot", "proposal"],
                name="a_proposal_is_once_on_a_ballot",
                condition=Q(proposal__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
