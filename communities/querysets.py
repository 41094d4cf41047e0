"""Which communities, seats and topics a person may see."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from record import clock
from record.querysets import DatedRows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def community_is_visible(user: "User | AnonymousUser", prefix: str = "") -> Q:
    """A condition on rows that hang on a community by `prefix` ("community__"): public, or the person sits in it."""
    public = Q(**{f"{prefix}is_public": True})
    if not user.is_authenticated:
        return public
    if user.is_superuser:
        return Q()
    from communities.models import Membership

    seats = Membership.objects.filter(user_id=user.pk, ended_at=None).values("community_id")
    key = f"{prefix}pk__in"
    return public | Q(**{key: seats})


class CommunityQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Public communities, and the private ones in which the person has a seat."""
        return self.filter(community_is_visible(user))


class OrganisationQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Organisations that sit in a community which the person may see, or sat in a public one: what they answered
        and promised there leads to them."""
        from communities.models import Community

        places = Community.objects.visible_to(user).filter(organisations__isnull=False)
        return self.filter(Q(was_public=True) | Q(pk__in=places.values("organisations")))


class TopicQuerySet(DatedRows, models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(community_is_visible(user, "community__"))


class AgreementQuerySet(DatedRows, models.QuerySet[Any]):
    """Versions of agreements."""


class MembershipQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """Seats that have not ended."""
        return self.filter(ended_at=None)

    def residents(self) -> Self:
        """Verified residents: the ones who back, vote and confirm."""
        return self.current().filter(role="resident", verified_at__isnull=False)


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Codes that still make a resident."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gte=clock.now())

    def to_email(self) -> Self:
        """Open ones that go by e-mail and have not gone yet."""
        return self.open().exclude(email="").filter(emailed_at=None)
