"""Lists of communities, and one community's agreement."""

from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.models import Agreement, Community, Rule
from communities.views.fetch import community_or_404
from words.keyset import page_of


@require_safe
def community_list(request: HttpRequest) -> HttpResponse:
    """Every community that the person may see, by name."""
    page = page_of(Community.objects.visible_to(request.user), "name", "id", params=request.GET)
    return render(request, "communities/community_list.html", {"communities": page.rows, "page": page})


@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Who decides what, and each version with how it was agreed and what it changed."""
    community = community_or_404(request, slug)
    versions = list(community.agreements.select_related("decision").prefetch_related("rules__topic"))
    newer: Any
    for newer, older in zip_longest(versions, versions[1:]):
        newer.rows = sorted(newer.rules.all(), key=lambda rule: rule.topic.name)
        newer.differences = differences(newer, older)
    return render(
        request,
        "communities/agreement_detail.html",
        {"community": community, "current": versions[0] if versions else None, "versions": versions},
    )


def differences(newer: Agreement, older: Agreement | None) -> list[dict[str, Rule | None]]:
    """The topics about which two versions differ, each with its rule before and after. No query."""
    if older is None:
        return []
    before = {rule.topic_id: rule for rule in older.rules.all()}
    after = {rule.topic_id: rule for rule in newer.rules.all()}
    changed: list[dict[str, Rule | None]] = []
    for topic_id in dict.fromkeys([*after, *before]):
        old, new = before.get(topic_id), after.get(topic_id)
        if old is None or new is None or _terms(old) != _terms(new):
            changed.append({"before": old, "after": new})
    return changed


def _terms(rule: Rule) -> tuple[str, int, int]:
    return rule.who_decides, rule.support_threshold, rule.response_working_days
