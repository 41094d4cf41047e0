"""Which notifications a person finds in the inbox."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from communities.models import Community


class NotificationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """The person's own, without those of private communities that they have since left."""
        open_to_them = Community.objects.visible_to(user).values("pk")
        return self.filter(
            Q(event__community_id=None) | Q(event__community_id__in=open_to_them), user=user, in_inbox=True
        )

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-id")
