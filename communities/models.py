"""Communities, organisations, seats at the table, invitations, and the agreement on who decides what."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.querysets import (
    AgreementQuerySet,
    CommunityQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
    TopicQuerySet,
)
from record import clock
from record.ids import uuid7
from record.models import Dated


class Organisation(Dated):
    """A landlord, council, NHS trust, charity, contractor or government department."""

    class Sector(models.TextChoices):
        HOUSING = "housing", _("Landlord")
        COUNCIL = "council", _("Council")
        HEALTH = "health", _("Health service")
        CHARITY = "charity", _("Charity")
        CONTRACTOR = "contractor", _("Contractor")
        GOVERNMENT = "government", _("Government")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    summary = models.TextField(blank=True)
    second_pair_of_eyes = models.BooleanField(default=False)  # an answer needs a colleague's yes first
    # Sat at a public table at some time (touch_organisations). What it did there is public for good, and so is it.
    was_public = models.BooleanField(default=False, editable=False)
    # Kept by proposals' actions, of public communities only: the open API shows them to everybody.
    asks_count = models.PositiveIntegerField(default=0)
    answers_count = models.PositiveIntegerField(default=0)
    answers_on_time_count = models.PositiveIntegerField(default=0)
    commitments_open = models.PositiveIntegerField(default=0)
    commitments_kept = models.PositiveIntegerField(default=0)
    commitments_broken = models.PositiveIntegerField(default=0)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["updated_at", "id"], name="organisations_changed")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:organisation", args=[self.slug])


class Community(Dated):
    """A place or group that decides together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    homes = models.PositiveIntegerField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    country = models.CharField(max_length=2, default="GB")
    subdivision = models.CharField(max_length=6, default="ENG", blank=True)
    organisations = models.ManyToManyField(Organisation, related_name="communities", blank=True)
    source_name = models.CharField(max_length=120, blank=True)  # brought in from another site
    source_url = models.URLField(blank=True)
    source_licence = models.CharField(max_length=120, blank=True)
    source_licence_url = models.URLField(blank=True)
    # Kept by actions.
    residents_count = models.PositiveIntegerField(default=0)
    proposals_count = models.PositiveIntegerField(default=0)
    last_proposal_number = models.PositiveIntegerField(default=0)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "communities"
        indexes = [models.Index(fields=["updated_at", "id"], name="communities_changed")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:community", args=[self.slug])


class Membership(models.Model):
    """One person's seat in one community."""

    class Role(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        PROFESSIONAL = "professional", _("Professional")
        FACILITATOR = "facilitator", _("Facilitator")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    job_title = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=80, blank=True)  # the block or street; shown beside the name
    verified_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "community"], condition=Q(ended_at=None), name="one_seat_per_person_in_a_community"
            ),
            models.CheckConstraint(
                condition=Q(role="professional", organisation__isnull=False)
                | (~Q(role="professional") & Q(organisation__isnull=True)),
                name="a_professional_has_an_organisation_and_nobody_else",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(role="resident"), name="only_residents_are_verified"
            ),
        ]
        indexes = [models.Index(fields=["community", "role"], name="seats_by_role")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Invitation(models.Model):
    """A code that makes its holder a verified resident, once. The code itself is never stored:
    communities.codes makes it again from the id and the site's key, and finds it by its digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    code_digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=120, blank=True)  # the door it goes to; only facilitators see it
    area = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)  # where it is sent, if not through a letter box
    email_claimed_at = models.DateTimeField(null=True, blank=True)  # a worker is sending it
    emailed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None), name="a_used_invitation_is_not_revoked"
            )
        ]
        indexes = [
            models.Index(fields=["community", "-created_at", "-id"], name="invitations_newest_first"),
            models.Index(
                fields=["created_at"], name="invitations_to_email", condition=~Q(email="") & Q(emailed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether its code still makes a resident."""
        return self.used_at is None and self.revoked_at is None and self.expires_at >= clock.now()


class InvitationGuess(models.Model):
    """One wrong code. Too many lock the person and the address out for a while; kept in the database so
    that neither a restart nor an empty cache forgets it. Older rows are swept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return str(self.at)


class Agreement(Dated):
    """One version of a community's power-sharing agreement. Once in force it is never edited: changing it
    is making the next version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    how_agreed = models.CharField(max_length=200)  # "by residents’ vote"
    why = models.TextField(blank=True)
    days_to_gather = models.PositiveSmallIntegerField(default=90)  # then a proposal without its threshold lapses

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "version"], name="one_agreement_per_version")]
        ordering = ["community", "-version"]

    def __str__(self) -> str:
        return f"{self.community}, version {self.version}"


class Topic(Dated):
    """A matter in the agreement, such as repairs. What the agreement says of it is its Rule."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="topics")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=80)
    organisation = models.ForeignKey(  # who usually answers; the author may ask others too
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule = models.ForeignKey(  # the one in force now; NULL once the agreement no longer names the topic
        "Rule", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "slug"], name="one_topic_per_slug")]
        indexes = [models.Index(fields=["updated_at", "id"], name="topics_changed")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Rule(models.Model):
    """What one version of the agreement says of one topic."""

    class WhoDecides(models.TextChoices):
        RESIDENTS = "residents_decide", _("Residents decide")
        TOGETHER = "decide_together", _("We decide together")
        ORGANISATION = "organisation_decides", _("They decide, after asking us")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="rules")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="rules")
    who_decides = models.CharField(max_length=24, choices=WhoDecides.choices)
    support_threshold = models.PositiveIntegerField()
    response_working_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "topic"], name="one_rule_per_topic_in_a_version"),
            models.CheckConstraint(condition=Q(support_threshold__gte=1), name="a_threshold_is_at_least_one"),
            models.CheckConstraint(
                condition=Q(response_working_days__gte=1) & Q(response_working_days__lte=250),
                name="a_response_time_is_1_to_250_working_days",
            ),
        ]
        ordering = [F("topic__name").asc()]

    def __str__(self) -> str:
        return f"{self.topic}: {self.get_who_decides_display()}"
