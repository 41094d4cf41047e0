"""Everything on the site that waits for an answer, longest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.models import Organisation
from front.waiting_counts import waiting_counts
from front.waiting_rows import waiting_html, waiting_values
from proposals.clocks import with_clocks
from proposals.models import Ask, CommitmentAsk
from record import clock
from words.choices import Asked
from words.keyset import page_of

ORGANISATIONS_SHOWN = 200
VOTES_SHOWN = 50


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """`?organisation=slug` shows one organisation's."""
    today = clock.today()
    asked = Asked(request.GET)
    everyone = Organisation.objects.visible_to(request.user).order_by("name")
    organisations = list(everyone[:ORGANISATIONS_SHOWN])
    chosen = asked.row("organisation", organisations, everyone)
    asks = Ask.objects.visible_to(request.user).open()
    if chosen is not None:
        asks = asks.filter(organisation=chosen)
    votes = CommitmentAsk.objects.visible_to(request.user).open().select_related("organisation", "community")
    if chosen is not None:
        votes = votes.filter(organisation=chosen)
    page = page_of(waiting_values(asks), "due_on", "id", params=request.GET)
    return render(
        request,
        "front/waiting.html",
        {
            "waiting": waiting_html(page.rows, today),
            "votes": with_clocks(votes.order_by("due_on", "id")[:VOTES_SHOWN], today),
            "page": page,
            "counts": waiting_counts(asks, today),
            "organisations": organisations,
            "chosen": chosen,
            "unknown": asked.unknown,
        },
    )
