"""The pages about the API: a guide for people, the schema, and a place to try it."""

import hashlib
import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from api.columns import BASE
from api.pagination import DEFAULT_SIZE, LARGEST_SIZE
from api.throttling import read_rate
from api.v1 import RESOURCES
from api.v1.record import CHECKPOINTS, RECORD
from api.views import OpenView


def guide(request: HttpRequest) -> HttpResponse:
    """What there is, how to ask for it, how much, and under which licence."""
    limit, seconds = read_rate(settings.API_RATE)
    return render(
        request,
        "api/guide.html",
        {
            "resources": (*RESOURCES, RECORD, CHECKPOINTS),
            "base": BASE,
            "licence_url": settings.DATA_LICENCE_URL,
            "limit": limit,
            "limit_seconds": seconds,
            "default_size": DEFAULT_SIZE,
            "largest_size": LARGEST_SIZE,
            "examples": _examples(),
        },
    )


def docs(request: HttpRequest) -> HttpResponse:
    """The schema as pages on which each question can be tried. All of it is served from here."""
    return render(request, "api/docs.html")


class SchemaView(OpenView):
    """The OpenAPI 3.1 description of version 1."""

    schema = None

    def get(self, request: Request) -> Response:
        document, etag = _document()
        if request.headers.get("if-none-match", "").removeprefix("W/") == etag:
            return Response(status=304, headers={"ETag": etag})
        return Response(document, headers={"ETag": etag})


@lru_cache(maxsize=1)
def _document() -> tuple[dict[str, Any], str]:
    """Made once a process: it depends on the code and the settings only."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    document["servers"] = [{"url": settings.SITE_URL}]
    document["info"]["description"] = _(
        "What residents tabled and voted on, what organisations answered, what was decided and by whom, and which "
        "promises were kept. Everything here is public. Nobody needs a key."
    )
    document["info"]["license"] = {"name": "Open Government Licence v3.0", "url": settings.DATA_LICENCE_URL}
    text = json.dumps(document, sort_keys=True)
    return document, f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _examples() -> list[tuple[str, str]]:
    """What it is for, and the line to copy."""
    return [
        (_("What organisations decided alone"), f"curl '{BASE}/decisions/?decided_by=organisation_alone'"),
        (_("Answers that are overdue today"), f"curl '{BASE}/proposals/?overdue=true&ordering=-supports'"),
        (_("Answers that residents say did not answer it"), f"curl '{BASE}/responses/?contested=true'"),
        (
            _("Promises that were broken, one hundred at a time"),
            f"curl '{BASE}/commitments/?broken=true&page_size=100'",
        ),
        (_("Votes that are open now"), f"curl '{BASE}/ballots/?state=open'"),
        (
            _("The papers of one vote, to count them yourself"),
            f"curl -o papers.csv '{BASE}/ballots/ID/papers/?format=csv'",
        ),
        (
            _("The whole record, to keep and to check"),
            f"curl -o record.ndjson '{BASE}/record/?format=ndjson'",
        ),
        (_("Everything about one word"), f"curl '{BASE}/proposals/?q=lift&count=true'"),
        (_("What changed since Monday, for a copy of your own"), f"curl '{BASE}/decisions/?updated_since=2026-11-23'"),
        (
            _("In Python"),
            f'import json, urllib.request\njson.load(urllib.request.urlopen("{BASE}/decisions/"))["results"]',
        ),
        (_("In R"), f'jsonlite::fromJSON("{BASE}/decisions/")$results'),
    ]
