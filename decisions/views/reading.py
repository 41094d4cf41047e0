"""Who decided what: the list, and one decision whole."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.models import Community, Topic
from decisions import permissions
from decisions.linked_data import decision_as_json_ld
from decisions.models import Decision
from decisions.search import clean_question, searched
from record import clock
from words.choices import Asked
from words.keyset import page_of

PLACES_SHOWN = 200
JOINED = ("community", "overrules", "overruled_by")  # what a row names


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """`?q=` words, `?by=` who decided, `?community=` slug and a `?topic=` of it. Newest first."""
    words = clean_question(request.GET.get("q", ""))
    asked = Asked(request.GET)
    everywhere = Community.objects.visible_to(request.user).order_by("name")
    places = list(everywhere[:PLACES_SHOWN])
    decided_by = asked.choice("by", Decision.DecidedBy.values)
    place = asked.row("community", places, everywhere)
    topics = list(Topic.objects.visible_to(request.user).filter(community=place)) if place else []
    topic = asked.row("topic", topics)
    rows = searched(Decision.objects.visible_to(request.user).select_related(*JOINED), words)
    if decided_by:
        rows = rows.filter(decided_by=decided_by)
    if place:
        rows = rows.filter(community=place)
    if topic:
        rows = rows.filter(topic=topic)
    chosen = _chosen(words, decided_by, place, topic)
    page = page_of(rows, "-decided_on", "-id", params=request.GET)
    return render(
        request,
        "decisions/decision_list.html",
        {
            "decisions": page.rows,
            "page": page,
            "words": words,
            "decided_by_chosen": decided_by,
            "place": place,
            "topic": topic,
            "topics": topics,
            "places": places,
            "unknown": asked.unknown,
            "who": Decision.DecidedBy.choices,
            "filtered": bool(chosen),
            "in_the_way": _without_each(chosen) if not page.rows else [],
        },
    )


def _chosen(
    words: str, decided_by: str, place: Community | None, topic: Topic | None
) -> dict[str, tuple[str, str, str]]:
    """What the list is narrowed to, by its name in the address: the value there, the label of its box, its words."""
    who = str(Decision.DecidedBy(decided_by).label) if decided_by else ""
    asked = {
        "q": (words, _("Search for words"), words),
        "by": (decided_by, _("Who decided"), who),
        "community": (place.slug if place else "", _("Where"), place.name if place else ""),
        "topic": (topic.slug if topic else "", _("About"), topic.name if topic else ""),
    }
    return {name: choice for name, choice in asked.items() if choice[0]}


def _without_each(chosen: dict[str, tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Where nothing fits, each choice that is in the way, and the address of the list without it."""
    found = []
    for dropped, (_value, label, words) in chosen.items():
        # a topic is one of its community: without the community it is none
        gone = {"community", "topic"} if dropped == "community" else {dropped}
        left = urlencode({name: choice[0] for name, choice in chosen.items() if name not in gone})
        found.append((label, words, reverse("decisions:list") + (f"?{left}" if left else "")))
    return found


@require_safe
def decision_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Who decided, why, on what basis, and what followed."""
    joined = ("community", "topic", "overrules", "overruled_by", "agreement")
    rows = Decision.objects.visible_to(request.user).select_related(*joined)
    decision: Decision = get_object_or_404(rows, reference=reference)
    asks, organisations = _asks(decision), list(decision.organisations.all())
    return render(
        request,
        "decisions/decision_detail.html",
        {
            "decision": decision,
            "asks": asks,
            "must_promise": permissions.must_promise(request.user, decision, asks),
            "community": decision.community,
            "organisations": organisations,
            "linked_data": decision_as_json_ld(decision, organisations),
            "proposals": list((decision.overrules or decision).proposals.select_related("community")),
            "overruling": decision.overruling,
            "promises": _promises(decision),
            "may_overrule": not decision.is_overruled and permissions.can_overrule(request.user, decision),
        },
    )


def _promises(decision: Decision) -> list[Any]:
    """What was promised with it, each with what became of it and what it was before. Its own room is above this one."""
    today = clock.today()
    rows = decision.commitments.select_related("organisation", "proposal__community").order_by("due_on", "id")
    promises = list(rows.prefetch_related(Prefetch("changes", to_attr="history")))
    for promise in promises:
        promise.community = decision.community
        promise.in_words = promise.words_on(today)  # type: ignore[attr-defined]
    return promises


def _asks(decision: Decision) -> list[Any]:
    """Who must say what it will do about what residents decided, each with its public clock. Where the decision is
    itself the answer to a vote that was advice, nobody has more to say."""
    if decision.basis_kind != Decision.Basis.BALLOT or decision.decided_by != Decision.DecidedBy.RESIDENTS:
        return []
    today = clock.today()
    asks = list(decision.commitment_asks.select_related("organisation", "community").order_by("due_on", "id"))
    for ask in asks:
        ask.clock = ask.clock_on(today)  # type: ignore[attr-defined]
    return asks
