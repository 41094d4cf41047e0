"""What these pages are about, fetched through what the person may see: the others get 404."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from ballots import permissions
from ballots.exceptions import NotAllowed
from ballots.models import Ballot, Option
from words.compiled import compiled, one_or_404


def ballot_or_404(request: HttpRequest, community: str, reference: str) -> Ballot:
    """The ballot with its community, topic, rule and decision. One query."""
    found: Ballot = one_or_404(_ballots(reader=request.user, community=community, reference=reference))
    return found


def options_of(ballot: Ballot) -> list[Option]:
    """What can be chosen, in order."""
    return _options(ballot=ballot.pk)


@compiled
def _options(*, ballot: UUID) -> QuerySet[Any]:
    return Option.objects.filter(ballot_id=ballot)


@compiled
def _ballots(*, reader: User, community: str, reference: str) -> QuerySet[Any]:
    rows = Ballot.objects.visible_to(reader).filter(community__slug=community, reference=reference)
    return rows.select_related("community", "topic", "rule", "decision")


def to_run(request: HttpRequest, community: str, reference: str) -> Ballot:
    """The ballot, for the facilitators of its community; 403 in words for whoever may see it and not run it."""
    ballot = ballot_or_404(request, community, reference)
    if not permissions.can_run(request.user, ballot):
        raise NotAllowed(_("This page is for the facilitators of this community."))
    return ballot
