"""Votes, for reading: of the site, of a community, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ballots.models import Ballot
from ballots.views.fetch import ballot_or_404, community_or_404
from words.keyset import page_of


@require_safe
def all_ballots(request: HttpRequest) -> HttpResponse:
    """Every vote of the site, the newest first."""
    rows = Ballot.objects.visible_to(request.user).public().select_related("community")
    page = page_of(rows, "-created_at", "-id", params=request.GET)
    return render(request, "ballots/ballot_all.html", {"page": page})


@require_safe
def ballot_list(request: HttpRequest, community: str) -> HttpResponse:
    """The votes of one community."""
    place = community_or_404(request, community)
    rows = Ballot.objects.visible_to(request.user).public().filter(community=place)
    page = page_of(rows, "-created_at", "-id", params=request.GET)
    return render(request, "ballots/ballot_list.html", {"community": place, "page": page})


@require_safe
def detail(request: HttpRequest, community: str, reference: str) -> HttpResponse:
    """One vote: the question, the options side by side, who may vote and until when."""
    ballot = ballot_or_404(request, community, reference)
    context = {"ballot": ballot, "community": ballot.community, "options": list(ballot.options.all())}
    return render(request, "ballots/ballot_detail.html", context)
