"""Which endpoints are sent to, and what is due."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from record.models import RecordHead


class EndpointQuerySet(models.QuerySet[Any]):
    def active(self) -> Self:
        return self.filter(state="active")

    def behind(self) -> Self:
        """Those for which the record holds something that was not looked at yet, or that replay."""
        end = Subquery(RecordHead.objects.filter(pk=1).values("sequence_count"))
        return self.active().filter(Q(next_sequence__lt=end) | Q(replay_next__isnull=False))

    def with_something_due(self, now: datetime) -> Self:
        """Those to which something is to be sent now; whoever waited longest for a try comes first."""
        from webhooks.models import Delivery

        due = Delivery.objects.due(now).filter(endpoint=OuterRef("pk"))
        return self.active().filter(Exists(due)).order_by(F("last_tried_at").asc(nulls_first=True), "pk")


class DeliveryQuerySet(models.QuerySet[Any]):
    def unsettled(self) -> Self:
        return self.filter(state__in=["waiting", "failed"])

    def due(self, now: datetime) -> Self:
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        return self.unsettled().filter(free, next_at__lte=now)
