"""Find your community, by its name or place. Private ones are found by invitation only."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.models import Community
from words.keyset import page_of
from words.text import clean_line

LONGEST_QUESTION = 80


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """`?q=` words of a name, place or description; without it, every public community."""
    question = clean_line(request.GET.get("q", ""))[:LONGEST_QUESTION]
    communities = Community.objects.filter(is_public=True)
    for word in question.split():
        communities = communities.filter(
            Q(name__icontains=word) | Q(place__icontains=word) | Q(summary__icontains=word)
        )
    return render(
        request,
        "front/find.html",
        {"question": question, "page": page_of(communities, "name", "id", params=request.GET)},
    )
