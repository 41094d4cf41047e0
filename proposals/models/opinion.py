"""What people think of a proposal, and the map made of it. Who answered what is nobody's to read but their own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Community
from proposals.models.proposal import Proposal
from record import clock
from record.ids import uuid7


class Opinion(models.Model):
    """One person's agree, disagree or pass. Of one brought in, `source_voter` is a number given elsewhere; of somebody
    who was erased, one made up then, so that their answers lead to nobody and the counts stay true."""

    class Value(models.IntegerChoices):
        AGREE = 1, _("Agree")
        DISAGREE = -1, _("Disagree")
        PASS = 0, _("Pass")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="opinions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="opinions")
    source_voter = models.CharField(max_length=60, blank=True)
    value = models.SmallIntegerField(choices=Value.choices)
    answered_at = models.DateTimeField(default=clock.now)  # the last time it was changed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "user"], name="one_opinion_per_resident", condition=Q(user__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["proposal", "source_voter"],
                name="one_opinion_per_voter_elsewhere",
                condition=~Q(source_voter=""),
            ),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="an_opinion_is_agree_disagree_or_pass"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, source_voter="") | (Q(user=None) & ~Q(source_voter="")),
                name="an_opinion_is_of_somebody_here_or_elsewhere",
            ),
        ]
        indexes = [models.Index(fields=["answered_at"], name="opinions_newest")]

    def __str__(self) -> str:
        return f"opinion on {self.proposal_id}"


class CommonGround(models.Model):
    """The map of one community, as last worked out. It holds places and sizes, never who stands where."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="common_ground")
    computed_at = models.DateTimeField()  # when the answers were read
    answers = models.PositiveIntegerField(default=0)  # how many were there then
    people = models.PositiveIntegerField(default=0)  # who answered enough to be on the map
    stability = models.FloatField(default=0)  # mean adjusted Rand index between seeds, −1 to 1
    groups = models.JSONField(default=list)  # sizes, the largest first; empty where none are named
    points = models.JSONField(default=list)  # [x, y, group or null], −1 to 1, sorted by place
    by_group = models.JSONField(default=dict)  # proposal → [[agrees, answers] or null where too few, …]

    def __str__(self) -> str:
        return f"common ground of {self.community_id}"
