"""What became of a vote: the result, its working, the receipts. The page itself is opened by reading.detail."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from ballots import permissions
from ballots.models import Ballot, Count, Option
from ballots.result import told
from ballots.secrecy import clean_code
from ballots.views.fetch import ballot_or_404
from communities.seats import seat_of
from communities.working_days import add_working_days
from proposals.clocks import clock_of
from proposals.models import Commitment, CommitmentAsk
from record import clock
from words.money import money
from words.shares import in_hundred

NUMBERS = (
    "",
    gettext_lazy("One"),
    gettext_lazy("Two"),
    gettext_lazy("Three"),
    gettext_lazy("Four"),
    gettext_lazy("Five"),
    gettext_lazy("Six"),
    gettext_lazy("Seven"),
    gettext_lazy("Eight"),
    gettext_lazy("Nine"),
)


def result(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """The result of a counted vote: winners first, in words, with a picture."""
    options = list(ballot.options.select_related("proposal"))
    count = count_of(ballot)
    context = _frame(ballot, options, count) | told(ballot, options, count)
    asks, seat = _asks(ballot), seat_of(request.user, ballot.community_id)
    mine = seat.organisation_id if seat else None
    context |= {
        "final_on": _final_on(ballot),
        "asks": asks,
        "must_answer": mine is not None and any(ask.is_open and ask.organisation_id == mine for ask in asks),
        "promises": _promises(ballot),
        "seat": seat,
        "may_run": permissions.can_run(request.user, ballot),
    }
    return render(request, "ballots/result_detail.html", context)


@require_safe
def steps(request: HttpRequest, community: str, reference: str) -> HttpResponse:
    """The count step by step, in words."""
    ballot = counted_or_404(request, community, reference)
    options = list(ballot.options.all())
    count = count_of(ballot)
    return render(request, "ballots/result_steps.html", _frame(ballot, options, count) | told(ballot, options, count))


@require_safe
def receipts(request: HttpRequest, community: str, reference: str) -> HttpResponse:
    """Whether a receipt was counted: `?code=`, however it is typed."""
    ballot = counted_or_404(request, community, reference)
    typed = request.GET.get("code", "")[:40]
    code = clean_code(typed)
    listed = Count.objects.values_list("receipts", flat=True).get(ballot=ballot).split()
    context = {
        "ballot": ballot,
        "community": ballot.community,
        "code": code,
        "typed": typed,
        "found": bool(code) and code in listed,
        "listed": len(listed),
    }
    return render(request, "ballots/result_receipts.html", context)


def counted_or_404(request: HttpRequest, community: str, reference: str) -> Ballot:
    ballot = ballot_or_404(request, community, reference)
    if not ballot.has_result:
        raise Http404
    return ballot


def count_of(ballot: Ballot) -> Count:
    """The count without the files, which may be long."""
    return Count.objects.defer("papers", "receipts").get(ballot=ballot)


def _frame(ballot: Ballot, options: list[Option], count: Count) -> dict[str, Any]:
    won = sorted((option for option in options if option.place), key=lambda option: option.place or 0)
    return {
        "ballot": ballot,
        "community": ballot.community,
        "count": count,
        "options": options,
        "won": won,
        "headline": _headline(ballot, won),
        "turnout": in_hundred(ballot.voted_count, ballot.eligible_count) if ballot.eligible_count else None,
        "agrees": None if ballot.official_winners is None else set(ballot.official_winners) == set(count.winners),
        "official": [option.title for option in options if option.code in (ballot.official_winners or ())],
    }


def _headline(ballot: Ballot, won: list[Option]) -> str:
    """The result in one line."""
    if ballot.state == Ballot.State.CANCELLED:
        return _("This vote was cancelled, so nothing is decided")
    if ballot.quorum_met is False:
        return _("Too few people voted, so nothing is decided")
    if not won:
        return _("Nothing had enough votes to win")
    if len(won) == 1:
        return _("%(title)s won") % {"title": won[0].title}
    number = str(NUMBERS[len(won)]) if len(won) < len(NUMBERS) else str(len(won))
    if ballot.method == Ballot.Method.BUDGET:
        pot = money(ballot.budget, ballot.currency)
        words = ngettext("%(number)s project won the %(pot)s", "%(number)s projects won the %(pot)s", len(won))
        return words % {"number": number, "pot": pot}
    return ngettext("%(number)s option won", "%(number)s options won", len(won)) % {"number": number}


def _final_on(ballot: Ballot) -> Any:
    """The day on which a count certifies itself."""
    if ballot.state != Ballot.State.COUNTED or ballot.counted_at is None:
        return None
    return add_working_days(clock.local_date(ballot.counted_at), settings.CERTIFY_AFTER_WORKING_DAYS, ballot.community)


def _asks(ballot: Ballot) -> list[CommitmentAsk]:
    """Who was asked what they will do, each with its clock."""
    today = clock.today()
    asks = list(
        CommitmentAsk.objects.filter(ballot_reference=ballot.reference, community=ballot.community_id)
        .select_related("organisation", "decision")
        .order_by("due_on", "id")
    )
    for ask in asks:
        ask.clock = clock_of(ask, today, ballot.community)  # type: ignore[attr-defined]
    return asks


def _promises(ballot: Ballot) -> list[Commitment]:
    if ballot.decision_id is None:
        return []
    rows = Commitment.objects.filter(decision=ballot.decision_id).select_related("organisation")
    promises, today = list(rows.order_by("due_on", "id")), clock.today()
    for promise in promises:
        promise.late_today = promise.is_late(today)  # type: ignore[attr-defined]
    return promises
