"""What was decided, by whom, on what basis, why, and what follows."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Agreement, Community, Organisation, Topic
from decisions.querysets import DecisionQuerySet
from record.ids import uuid7
from record.models import Dated
from words.shares import in_hundred


class Decision(Dated):
    """One decision. `decided_by` is worked out from the basis by decisions.who_decided and never typed."""

    class DecidedBy(models.TextChoices):
        RESIDENTS = "residents", _("Residents decided")
        TOGETHER = "together", _("Decided together")
        AFTER_CONSULTING = "organisation_after_consulting", _("Organisation decided after asking residents")
        ALONE = "organisation_alone", _("Organisation decided alone")
        OVERRULING = "organisation_overruling_residents", _("Organisation overruled residents")

    class Basis(models.TextChoices):
        RESPONSE = "response", _("A public answer")
        MEETING = "meeting", _("A meeting")
        BALLOT = "ballot", _("A vote")
        SIGN_OFF = "sign_off", _("Both sides signed")
        NOTICE = "notice", _("The organisation’s own notice")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Yes")
        ACCEPTED_IN_PART = "accepted_in_part", _("Yes, in part")
        DECLINED = "declined", _("No")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="decisions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    organisations = models.ManyToManyField(Organisation, related_name="decisions", blank=True)
    title = models.CharField(max_length=160)
    summary = models.TextField()
    reasons = models.TextField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=40, choices=DecidedBy.choices, editable=False)
    basis_kind = models.CharField(max_length=12, choices=Basis.choices)
    basis_id = models.UUIDField(null=True, blank=True)
    basis_label = models.CharField(max_length=160, blank=True)  # "Residents’ meeting of 8 March"
    agreement = models.OneToOneField(  # where the decision is a new version of the agreement
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )
    overrules = models.OneToOneField(  # the reverse is `overruled_by`: what is overruled once cannot be again
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="overruled_by"
    )
    is_overruled = models.BooleanField(default=False)  # kept when another decision overrules this one, for ever
    # The named role. A person's name here is that of a professional or facilitator acting as such.
    recorded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    signed_name = models.CharField(max_length=80, blank=True)
    signed_role = models.CharField(max_length=160, blank=True)
    # Facts of the basis, kept as they were on the day.
    supports = models.PositiveIntegerField(default=0)
    support_threshold = models.PositiveIntegerField(null=True, blank=True)
    comments = models.PositiveIntegerField(default=0)
    residents_present = models.PositiveIntegerField(null=True, blank=True)
    professionals_present = models.PositiveIntegerField(null=True, blank=True)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    eligible = models.PositiveIntegerField(null=True, blank=True)  # by vote: lines of the roll
    voted = models.PositiveIntegerField(null=True, blank=True)
    response_working_days = models.PositiveIntegerField(null=True, blank=True)
    # Kept by the commitments that follow from it.
    commitments_open = models.PositiveIntegerField(default=0)
    commitments_kept = models.PositiveIntegerField(default=0)
    commitments_broken = models.PositiveIntegerField(default=0)
    record_sequence = models.PositiveBigIntegerField(null=True, blank=True)
    record_hash = models.CharField(max_length=64, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-id"]
        indexes = [
            models.Index(fields=["-decided_on", "-id"], name="decisions_newest"),
            models.Index(fields=["community", "-decided_on", "-id"], name="decisions_of_community"),
            models.Index(fields=["updated_at", "id"], name="decisions_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(overrules=None) | Q(decided_by="organisation_overruling_residents"),
                name="overruling_is_called_overruling",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="a_decision_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:detail", args=[self.reference])

    @property
    def is_choice(self) -> bool:
        """Residents voted, and something won: that answers the question, and “yes” does not."""
        return self.basis_kind == self.Basis.BALLOT and self.outcome == self.Outcome.ACCEPTED

    @property
    def is_overruling(self) -> bool:
        return self.decided_by == self.DecidedBy.OVERRULING

    @property
    def overruling(self) -> "Decision | None":
        """What overruled it. A query of its own only where something did; lists join `overruled_by`."""
        return getattr(self, "overruled_by", None) if self.is_overruled else None

    @property
    def signed_by(self) -> str:
        """Who signed it, as the end of “By …”: “Ruth Campion, director of property, Penhale Homes”."""
        if self.signed_name or not self.signed_role:
            return ", ".join(part for part in (self.signed_name, self.signed_role) if part)
        return gettext("the %(role)s") % {"role": self.signed_role}

    @property
    def outcome_words(self) -> str:
        """The outcome in a word or three. Nothing for an overruling: it says no to residents, and below a title such
        as “The room will close” a “No” says that it will not."""
        if self.is_overruling:
            return ""
        if self.is_choice:
            return gettext("Decided")
        if self.basis_kind == self.Basis.BALLOT and self.decided_by == self.DecidedBy.RESIDENTS:
            return gettext("Not chosen")  # “What comes first?” is not answered by “no” either
        return str(self.get_outcome_display())

    @property
    def in_words(self) -> str:
        """Who decided, and what: “Residents decided: No”."""
        who = str(self.get_decided_by_display())
        return who if self.is_choice or self.is_overruling else f"{who}: {self.outcome_words}"

    @property
    def turnout_percent(self) -> int | None:
        """Of 100 who could vote, how many did, to the nearest. None where nobody voted on it."""
        if not self.eligible or self.voted is None:
            return None
        return in_hundred(self.voted, self.eligible)
