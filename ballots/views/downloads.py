"""The files with which anybody counts a vote again."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
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
    response = _file(_papers(ballot), f"{ballot.reference}-papers.csv", "text/csv; charset=utf-8")
    response["ETag"] = f'"{digest}"'
    return response


@require_safe
def papers_pb(request: HttpRequest, community: str, reference: str) -> HttpResponse:
    """The same papers as a file of Pabulib."""
    ballot = counted_or_404(request, community, reference)
    text = pabulib_of(ballot, _papers(ballot))
    return _file(text, f"{ballot.reference}.pb", "text/plain; charset=utf-8")


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


def _papers(ballot: Ballot) -> str:
    """The papers where they are published; 404 where there were too few."""
    count = Count.objects.only("papers", "papers_published").get(ballot=ballot)
    if not count.papers_published:
        raise Http404
    return count.papers


def _file(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
