"""Whether a thing named in a filter is there, for anybody to see."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from communities.models import Topic
from decisions.models import Decision
from proposals.models import Proposal, Response


def topic_exists(pk: Any) -> bool:
    return Topic.objects.visible_to(AnonymousUser()).filter(pk=pk).exists()


def proposal_exists(pk: Any) -> bool:
    return Proposal.objects.visible_to(AnonymousUser()).filter(pk=pk).exists()


def response_exists(pk: Any) -> bool:
    return Response.objects.visible_to(AnonymousUser()).filter(pk=pk).exists()


def decision_exists(pk: Any) -> bool:
    return Decision.objects.visible_to(AnonymousUser()).filter(pk=pk).exists()
