"""Which decisions a person may see."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from communities.querysets import community_is_visible
from record.querysets import DatedRows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DecisionQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Decisions of public communities and of the communities in which the person sits."""
        return self.filter(community_is_visible(user, "community__"))
