"""The proposal and the backing it has."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Community, Organisation, Rule, Topic
from decisions.models import Decision
from proposals.querysets import ProposalQuerySet
from record import clock
from record.ids import uuid7
from record.models import Dated


class Proposal(Dated):
    """What a resident tables: the outcome wanted, the case for it, and who can do what."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        TABLED = "tabled", _("Gathering backing")
        AWAITING_RESPONSE = "awaiting_response", _("Waiting for an answer")
        RESPONDED = "responded", _("Answered")
        DECIDING = "deciding", _("Being decided")
        DECIDED = "decided", _("Decided")
        DELIVERING = "delivering", _("Being done")
        DELIVERED = "delivered", _("Done")
        WITHDRAWN = "withdrawn", _("Taken off the table")
        MERGED = "merged", _("Joined to another")
        LAPSED = "lapsed", _("Not enough backing in time")

    class WaitsFor(models.TextChoices):
        BALLOT = "ballot", _("the next vote")
        CODESIGN = "codesign", _("designing it together")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Each backing writes to every index of the table. So there is none for what the indexes below begin with, for the
    # slug, by which nothing is found, and for the rule, which is never deleted; and few rows are in those of the
    # relations that few proposals have.
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    number = models.PositiveIntegerField(null=True, blank=True)  # given when it is tabled
    reference = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 - NULL is "none yet" in a unique column
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", db_index=False
    )
    title = models.CharField(max_length=120, blank=True)
    slug = models.SlugField(max_length=80, blank=True, db_index=False)
    outcome_wanted = models.TextField(blank=True)
    case = models.TextField(blank=True)
    we_can = models.TextField(blank=True)  # one thing a line
    need_help_with = models.TextField(blank=True)
    only_they_can = models.TextField(blank=True)
    needs_nothing_from_them = models.BooleanField(default=False)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", db_index=False
    )
    rule = models.ForeignKey(
        Rule, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", db_index=False
    )
    organisations = models.ManyToManyField(Organisation, related_name="proposals", blank=True)  # who should answer
    area = models.CharField(max_length=80, blank=True)
    submission = models.UUIDField(null=True, blank=True)

    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    waits_for = models.CharField(max_length=12, choices=WaitsFor.choices, blank=True)
    ballot_reference = models.CharField(max_length=20, blank=True)  # the vote that it is on, from its announcement
    threshold = models.PositiveIntegerField(default=1)  # from the rule in force when it was tabled
    tabled_at = models.DateTimeField(null=True, blank=True)
    gather_until = models.DateField(null=True, blank=True)
    threshold_reached_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    called_in_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    called_in_reason = models.TextField(blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", db_index=False
    )
    delivered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # withdrawn, merged or lapsed
    ended_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from", db_index=False
    )
    retabled_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="retabled_as", db_index=False
    )

    # Kept by the actions, never counted on read.
    supports_count = models.PositiveIntegerField(default=0)
    comments_count = models.PositiveIntegerField(default=0)
    offers_count = models.PositiveIntegerField(default=0)
    open_asks_count = models.PositiveIntegerField(default=0)
    next_due_on = models.DateField(null=True, blank=True)  # the earliest due date of an open ask
    is_contested = models.BooleanField(default=False)  # on the scrutiny list
    commitments_open = models.PositiveIntegerField(default=0)
    commitments_kept = models.PositiveIntegerField(default=0)
    commitments_broken = models.PositiveIntegerField(default=0)
    agree_count = models.PositiveIntegerField(default=0)
    disagree_count = models.PositiveIntegerField(default=0)
    pass_count = models.PositiveIntegerField(default=0)
    # How far people agree across groups, in thousandths; NULL where nobody answered. Worked out by a task.
    common_ground = models.PositiveSmallIntegerField(null=True, blank=True)

    # Brought in from another site (import_petitions, import_polis). Signatures there are not supports by people here.
    source_id = models.CharField(max_length=40, blank=True)
    source_url = models.URLField(blank=True)
    original_signatures = models.PositiveIntegerField(null=True, blank=True)

    found_in: str = ""  # not kept: the state in which an action found and locked the row

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_proposal_per_reference"),
            models.UniqueConstraint(
                fields=["community", "number"], name="one_proposal_per_number", condition=Q(number__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["author", "submission"],
                name="one_proposal_per_submission",
                condition=Q(submission__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["community", "source_id"], name="one_proposal_per_source", condition=~Q(source_id="")
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(tabled_at__isnull=False, number__isnull=False, topic__isnull=False),
                name="what_is_tabled_has_a_number_a_date_and_a_topic",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-supports_count", "-id"], name="proposals_most_backed"),
            models.Index(fields=["community", "-tabled_at", "-id"], name="proposals_newest"),
            models.Index(fields=["community", "state", "-supports_count", "-id"], name="proposals_by_state"),
            models.Index(
                fields=["next_due_on", "id"], name="proposals_waiting", condition=Q(state="awaiting_response")
            ),
            models.Index(
                fields=["community", "next_due_on", "id"],
                name="proposals_waiting_here",
                condition=Q(state="awaiting_response"),
            ),
            models.Index(fields=["topic", "-supports_count", "-id"], name="proposals_of_topic"),
            models.Index(fields=["author", "state", "-id"], name="proposals_of_author"),
            models.Index(fields=["updated_at", "id"], name="proposals_changed"),
            # of the whole site, for the open API
            models.Index(fields=["tabled_at", "id"], name="proposals_by_tabling"),
            models.Index(fields=["supports_count", "id"], name="proposals_by_backing"),
            models.Index(
                fields=["community", "-common_ground", "-id"],
                name="proposals_common_ground",
                condition=Q(common_ground__isnull=False),
            ),
            *(
                models.Index(fields=[name], name=f"proposals_with_{name}", condition=Q(**{f"{name}__isnull": False}))
                for name in ("called_in_by", "decision", "merged_into", "retabled_from")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.outcome_wanted[:60] or str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.community.slug, self.number, self.slug])

    @property
    def supports_needed(self) -> int:
        """How many more neighbours must back it; 0 once there are enough."""
        return max(self.threshold - self.supports_count, 0)

    @property
    def is_statement(self) -> bool:
        """Brought in from a conversation elsewhere: people agree or not, and nobody is asked for an answer."""
        return bool(self.source_id) and self.rule_id is None and self.original_signatures is None

    @property
    def answers_count(self) -> int:
        """How many agreed, disagreed or passed."""
        return self.agree_count + self.disagree_count + self.pass_count

    @property
    def agree_percent(self) -> int | None:
        """The share of those who answered that agrees; None where nobody did."""
        return round(100 * self.agree_count / self.answers_count) if self.answers_count else None

    @property
    def was_not_chosen(self) -> bool:
        """Residents voted on it and chose something else, or nothing."""
        decision = self.decision
        return (
            decision is not None
            and decision.basis_kind == Decision.Basis.BALLOT
            and decision.decided_by == Decision.DecidedBy.RESIDENTS
            and decision.outcome == Decision.Outcome.DECLINED
        )


class Support(models.Model):
    """One resident's backing of one proposal."""

    # No index of its own: the constraint below begins with it.
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="supports")
    created_at = models.DateTimeField(default=clock.now)
    moved_from = models.ForeignKey(
        Proposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="one_support_per_resident")]
        indexes = [
            models.Index(fields=["moved_from"], name="supports_moved", condition=Q(moved_from__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"support of {self.proposal_id}"


class ProposalLink(models.Model):
    """Something elsewhere that came of a proposal, such as a debate."""

    class Kind(models.TextChoices):
        DEBATE = "debate", _("Debate")
        SOURCE = "source", _("Where it was first published")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    url = models.URLField(max_length=500, blank=True)
    happened_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "kind"], name="one_link_of_a_kind")]

    def __str__(self) -> str:
        return self.title
