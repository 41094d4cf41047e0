"""Which ballots a person may see, and the lists that pages are made of."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from communities.models import Membership
from communities.querysets import community_is_visible
from record.querysets import DatedRows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class BallotQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Announced ballots of communities that the person may see; drafts only to those who prepare them."""
        shown = community_is_visible(user, "community__")
        # A draft that was never announced and is cancelled stays what it was: nobody's business.
        public = ~Q(state="draft") & ~Q(state="cancelled", announced_at=None)
        if not user.is_authenticated:
            return self.filter(shown & public)
        runs = Membership.objects.current().filter(user_id=user.pk, role="facilitator").values("community_id")
        return self.filter(shown & (public | Q(community_id__in=runs)))

    def public(self) -> Self:
        """Everything that was announced, whatever became of it."""
        return self.exclude(announced_at=None)

    def open(self) -> Self:
        return self.filter(state="open")

    def due_to_open(self, now: datetime) -> Self:
        return self.filter(state="announced", opens_at__lte=now)

    def due_to_close(self, now: datetime) -> Self:
        return self.filter(state="open", closes_at__lte=now)


class OptionQuerySet(models.QuerySet[Any]):
    def winners(self) -> Self:
        return self.filter(place__isnull=False).order_by("place")
