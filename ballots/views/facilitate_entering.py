"""Paper and phone votes: the roll, printed papers, and typing in what came."""

from typing import Any

import segno
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import SignedInRequest, signed_in
from ballots import paper_form, permissions
from ballots.actions.entering import enter_vote
from ballots.exceptions import NotNow, NotValid
from ballots.models import Ballot, Elector
from ballots.secrecy import clean_code
from ballots.views.fetch import ballot_or_404, to_run
from record import clock
from words.keyset import page_of
from words.text import clean_line

MOST_PRINTED = 200


@never_cache
@require_safe
@signed_in
def roll(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """Who can vote: line, name, block and paper code. Never whether they have. `?q=` finds a name or a block."""
    ballot = to_run(request, community, reference)
    words = clean_line(request.GET.get("q", ""))[:80]
    page = page_of(_lines(ballot, words), "number", "id", params=request.GET)
    context = {"community": ballot.community, "ballot": ballot, "page": page, "words": words}
    return render(request, "ballots/facilitate_roll.html", context)


@never_cache
@require_safe
@signed_in
def papers(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """Ballot papers to print, one a page: `?q=` a name or a block, `?from=` a line of the roll."""
    ballot = to_run(request, community, reference)
    words, start = clean_line(request.GET.get("q", ""))[:80], request.GET.get("from", "")
    lines = _lines(ballot, words)
    if start.isdecimal() and start.isascii() and len(start) < 8:
        lines = lines.filter(number__gte=int(start))
    shown = list(lines.order_by("number")[:MOST_PRINTED])
    context = {
        "community": ballot.community,
        "ballot": ballot,
        "options": list(ballot.options.all()),
        "scores": paper_form.SCORES,
        "papers": [{"line": line, "qr": _qr(_paper_url(ballot, line.code))} for line in shown],
        "site": settings.SITE_URL.removeprefix("https://").removeprefix("http://"),
        "words": words,
        "start": start,
        "next": shown[-1].number + 1 if len(shown) == MOST_PRINTED else None,
    }
    return render(request, "ballots/print_papers.html", context)


@never_cache
@require_safe
def paper(request: HttpRequest, community: str, reference: str, code: str) -> HttpResponse:
    """Where the square on a printed paper leads. A facilitator types it in; anybody else reads what to do with it."""
    ballot = ballot_or_404(request, community, reference)
    if permissions.can_enter_votes(request.user, ballot):
        return redirect(f"{reverse('ballots:enter', args=[community, reference])}?code={clean_code(code)}")
    return render(request, "ballots/paper_found.html", {"community": ballot.community, "ballot": ballot})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def enter(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """One vote by paper or phone: code, channel, choices; read back; then the receipt to read out."""
    ballot = to_run(request, community, reference)
    options = list(ballot.options.all())
    if request.method != "POST":
        form = paper_form.of_choices(ballot, options, None)
        return _entry(request, ballot, form, code=clean_code(request.GET.get("code", "")), channel="")
    form = paper_form.sent(ballot, options, request.POST)
    code, channel = clean_code(request.POST.get("code", "")), request.POST.get("channel", "")
    _check_line(ballot, code, channel, form)
    if form.errors or "again" in request.POST:
        return _entry(request, ballot, form, code=code, channel=channel)
    if "sure" not in request.POST:
        return _entry(request, ballot, form, code=code, channel=channel, step="check")
    try:
        cast = enter_vote(ballot=ballot, acting_user=request.user, code=code, channel=channel, choices=form.choices)
    except (NotValid, NotNow) as refusal:
        form.errors.append(str(refusal.message))
        return _entry(request, ballot, form, code=code, channel=channel)
    return _entry(request, ballot, form, code=code, channel=channel, step="done", receipt=cast.receipt)


def _check_line(ballot: Ballot, code: str, channel: str, form: paper_form.PaperForm) -> None:
    if channel not in (Elector.Channel.PAPER, Elector.Channel.PHONE):
        form.errors.append(_("Say whether it came on paper or by phone."))
    if not Elector.objects.filter(ballot=ballot, code=code).exists():
        form.errors.append(_("No paper of this vote has that code. Look at it again."))


def _entry(
    request: HttpRequest, ballot: Ballot, form: paper_form.PaperForm, *, code: str, channel: str, **more: Any
) -> HttpResponse:
    context = {
        "community": ballot.community,
        "ballot": ballot,
        "form": form,
        "scores": paper_form.SCORES,
        "code": code,
        "channel": channel,
        "channels": [(value, label) for value, label in Elector.Channel.choices if value != Elector.Channel.ONLINE],
        "is_open": ballot.takes_votes(clock.now()),
        "has_errors": bool(form.errors),
        **more,
    }
    return render(request, "ballots/facilitate_enter.html", context)


def _lines(ballot: Ballot, words: str) -> Any:
    """Lines of the roll, without the column that says who has voted."""
    lines = Elector.objects.filter(ballot=ballot).select_related("user").defer("channel")
    if words:
        lines = lines.filter(Q(user__display_name__icontains=words) | Q(area__icontains=words))
    return lines


def _paper_url(ballot: Ballot, code: str) -> str:
    return settings.SITE_URL + reverse("ballots:paper", args=[ballot.community.slug, ballot.reference, code])


def _qr(url: str) -> SafeString:
    """The square as one inline SVG. The text that it holds is ours."""
    picture = segno.make(url, error="m", micro=False, mask=2)
    return mark_safe(  # noqa: S308
        picture.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    )
