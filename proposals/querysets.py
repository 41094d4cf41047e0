"""Which proposals, asks, answers and promises a person may see, and the lists that pages are made of."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from communities.querysets import community_is_visible
from proposals.lateness import late_promises
from record.querysets import DatedRows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ProposalQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Tabled proposals of communities that the person may see, and the person's own drafts."""
        shown = community_is_visible(user, "community__")
        if not user.is_authenticated:
            return self.exclude(state="draft").filter(shown)
        return self.filter(shown & (~Q(state="draft") | Q(author_id=user.pk)))

    def tabled(self) -> Self:
        """Everything that was tabled, whatever became of it."""
        return self.exclude(state="draft")

    def on_the_scrutiny_list(self) -> Self:
        return self.filter(is_contested=True)


class AskQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(community_is_visible(user, "proposal__community__"))

    def open(self) -> Self:
        """Asked and not answered, and the proposal still on the table."""
        return self.filter(answered_on=None, proposal__state="awaiting_response")

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def long_overdue(self, today: date) -> Self:
        return self.open().filter(long_overdue_on__lt=today)

    def longest_first(self) -> Self:
        return self.order_by("due_on", "id")


class ResponseQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(community_is_visible(user, "proposal__community__"))


class CommitmentQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(community_is_visible(user, "community__"))

    def open(self) -> Self:
        return self.exclude(state__in=["confirmed", "dropped"])

    def late(self, today: date) -> Self:
        return self.filter(late_promises(today))


class CommitmentAskQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(community_is_visible(user, "community__"))

    def open(self) -> Self:
        """Asked what they will do, and no promise yet."""
        return self.filter(answered_on=None)
