"""Whether a thing named in a filter is there, for anybody to see."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from ballots.models import Ballot
from communities.models import Topic
from decisions.models import Decision
from proposals.models import Proposal, Response


def ballots() -> QuerySet[Any]:
    return Ballot.objects.visible_to(AnonymousUser())


def proposals() -> QuerySet[Any]:
    return Proposal.objects.visible_to(AnonymousUser())


def topic_exists(pk: Any) -> bool:
    return Topic.objects.visible_to(AnonymousUser()).filter(pk=pk).exists()


def proposal_exists(pk: Any) -> bool:
    return proposals().filter(pk=pk).exists()


def response_exists(pk: Any) -> bool:
    return Response.objects.visible_to(AnonymousUser()).filter(pk=pk).exists()


def decision_exists(pk: Any) -> bool:
    return Decision.objects.visible_to(AnonymousUser()).filter(pk=pk).exists()
