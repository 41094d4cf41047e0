"""The files with which anybody counts a vote again."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ballots.export import count_document, pabulib_of
from ballots.models import Ballot, Count
from ballots.recount import SCRIPT
from ballots.views.results import count_of, counted_or_404


@require_safe
def papers_csv(request: HttpRequest, community: str, reference: str) -> HttpResponseBase:
    """The published papers, to the byte: their SHA-256 stands in the record, and is the ETag. Who may see them is asked
    first: a validator tells too."""
    ballot = counted_or_404(request, community, reference)
    digest = Count.objects.values_list("papers_sha256", flat=True).get(ballot=ballot)
    known = get_conditional_response(request, etag=f'"{digest}"') if digest else None
    if known is not None:
        return known
    papers = _papers(ballot)
    if papers is None:
        return _too_few()
    response = _file(papers, f"{ballot.reference}-papers.csv", "text/csv; charset=utf-8")
    response["ETag"] = f'"{digest}"'
    return response


@require_safe
def papers_pb(request: HttpRequest, community: str, reference: str) -> HttpResponse:
    """The same papers as a file of Pabulib."""
    ballot = counted_or_404(request, community, reference)
    papers = _papers(ballot)
    if papers is None:
        return _too_few()
    return _file(pabulib_of(ballot, papers), f"{ballot.reference}.pb", "text/plain; charset=utf-8")


@require_safe
def count_json(request: HttpRequest, community: str, reference: str) -> HttpResponse:
    """The terms, the result and its working."""
    ballot = counted_or_404(request, community, reference)
    document = count_document(ballot, ballot.options.all(), count_of(ballot))
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{ballot.reference}-count.json"'
    return response


@require_safe
def receipts_txt(request: HttpRequest, community: str, reference: str) -> HttpResponse:
    """Every receipt that was counted, one a line, sorted."""
    ballot = counted_or_404(request, community, reference)
    text = Count.objects.values_list("receipts", flat=True).get(ballot=ballot)
    return _file(text, f"{ballot.reference}-receipts.txt", "text/plain; charset=utf-8")


@require_safe
def recount(request: HttpRequest) -> HttpResponse:
    """The script that counts a vote again, with nothing but Python."""
    response = _file(SCRIPT.read_text(encoding="utf-8"), "recount.py", "text/x-python; charset=utf-8")
    response["Last-Modified"] = http_date(SCRIPT.stat().st_mtime)
    return response


def _papers(ballot: Ballot) -> str | None:
    """The papers where they are published."""
    count = Count.objects.only("papers", "papers_published").get(ballot=ballot)
    return count.papers if count.papers_published else None


def _too_few() -> HttpResponse:
    words = _("Fewer than ten people voted. Their papers are not published, since one of them could be guessed.")
    return HttpResponseNotFound(f"{words}\n".encode(), content_type="text/plain; charset=utf-8")


def _file(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
