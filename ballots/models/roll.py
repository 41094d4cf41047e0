"""The electoral roll of one ballot, taken at its opening."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ballots.models.ballot import Ballot


class Elector(models.Model):
    """One line of the roll: who may vote, and whether they have. It leads to no paper, and has no time on it."""

    class Channel(models.TextChoices):
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper")
        PHONE = "phone", _("by phone")

    # No index of its own: the constraints below begin with it.
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="electors", db_index=False)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()  # the line, in an order of its own
    area = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=12)  # on the printed paper, so that a facilitator finds the line
    channel = models.CharField(max_length=6, choices=Channel.choices, blank=True)  # "" has not voted

    # Not kept here, but there where the line was locked (ballots.guards): the key and the options of its ballot.
    key: bytes | memoryview | None
    codes: list[str]

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "user"], name="one_line_per_person_on_a_roll", condition=Q(user__isnull=False)
            ),
            models.UniqueConstraint(fields=["ballot", "number"], name="one_line_per_number_on_a_roll"),
            models.UniqueConstraint(fields=["ballot", "code"], name="one_line_per_code_on_a_roll"),
        ]

    def __str__(self) -> str:
        return f"line {self.number}"
