"""The open data page: files of every dataset, their columns in words, and the corrections log."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from api.bulk import making
from api.bulk.files import DATASETS, path_of, storage
from api.correction_log import CORRECTIONS, NEWEST_FIRST, lines
from api.cors import for_any_page
from api.linked_data import files_as_json_ld
from api.models import Correction, Snapshot
from api.streaming import file_response, pieces
from api.tables import table_columns
from api.tasks import make_asked_snapshot
from api.v1 import RESOURCES
from api.v1.record import EXACT_LINE
from notifications.relay import publish
from words.keyset import page_of

MEDIA = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson; charset=utf-8", "json": "application/json"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is to take home, how big it is, and by which digest it is known."""
    snapshot = making.newest()
    meanings = {resource.name: resource.meaning for resource in DATASETS}
    rows = [row for row in snapshot.datasets if row["name"] in meanings] if snapshot else []
    datasets = [dataset | {"meaning": meanings[dataset["name"]]} for dataset in rows]
    context = {
        "snapshot": snapshot,
        "datasets": datasets,
        "linked_data": files_as_json_ld(snapshot, datasets),
        "may_ask": making.may_ask(),
        "licence_url": settings.DATA_LICENCE_URL,
        "licence_anchor": f"{reverse('api:guide')}#licence",
    }
    return render(request, "api/open_data.html", context)


@require_http_methods(["GET", "POST"])
def fresh(request: HttpRequest) -> HttpResponse:
    """Ask for new files. Where the last ones are less than an hour old nothing is made."""
    if request.method == "POST":
        if making.may_ask() and making.ask():
            publish(make_asked_snapshot)
            messages.success(request, _("New files are being made. Look again in a few minutes."))
        else:
            messages.success(request, _("The files are fresh, or are being made just now."))
    return redirect("open_data:index")


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Each column of each file in words."""
    tables = [(resource, table_columns(resource.columns)) for resource in (*DATASETS, CORRECTIONS)]
    context = {"tables": tables, "exact_line": sorted(EXACT_LINE)}
    return render(request, "api/dictionary.html", context)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What changed in rows that were published before, the newest first."""
    page = page_of(Correction.objects.all(), "-found_at", "-id", params=request.GET)
    context = {"page": page, "corrections": lines(page.rows), "resources": RESOURCES}
    return render(request, "api/corrections.html", context)


@for_any_page
def corrections_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The whole log as one file, as it is now."""
    rows = pieces(CORRECTIONS, CORRECTIONS.rows(), NEWEST_FIRST)
    return _kept_briefly(file_response(CORRECTIONS.name, form, CORRECTIONS.columns, rows))


@for_any_page
def newest_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the newest snapshot: the address to keep."""
    return _file(request, making.newest(), name)


@for_any_page
def file(request: HttpRequest, snapshot: str, name: str) -> HttpResponseBase:
    """A file of one snapshot, as long as it is kept."""
    try:
        key = UUID(snapshot)
    except ValueError as error:
        raise Http404 from error
    return _file(request, Snapshot.objects.filter(pk=key, state=Snapshot.State.READY).first(), name)


def _file(request: HttpRequest, snapshot: Snapshot | None, name: str) -> HttpResponseBase:
    """Its SHA-256 is its validator. What is not listed is not there, whatever lies in the folder."""
    facts = _facts(snapshot, name)
    if snapshot is None or facts is None or not storage().exists(path_of(snapshot.pk, name)):
        raise Http404
    etag = f'"{facts["sha256"]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        opened = storage().open(path_of(snapshot.pk, name))
        form = name.rpartition(".")[2]
        response = FileResponse(opened, as_attachment=True, filename=name, content_type=MEDIA[form])
    response["ETag"] = etag
    return _kept_briefly(response)


def _kept_briefly(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "public, max-age=300"
    return response


def _facts(snapshot: Snapshot | None, name: str) -> dict[str, Any] | None:
    files = (file for dataset in snapshot.datasets for file in dataset["files"]) if snapshot else ()
    return next((file for file in files if file["name"] == name), None)
