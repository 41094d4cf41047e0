"""The pages about the API: a guide for people, the schema, and a place to try it."""

import hashlib
import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from api.columns import BASE
from api.examples import examples
from api.pagination import DEFAULT_SIZE, LARGEST_SIZE
from api.problems import TYPES
from api.record_schema import PROOFS
from api.refused import only_read
from api.throttling import read_rate
from api.v1 import RESOURCES
from api.v1.record import CHECKPOINTS, RECORD
from api.v1.record_words import WORDS
from api.views import OpenView, refuse_parameters


@only_read
def guide(request: HttpRequest) -> HttpResponse:
    """What there is, how to ask for it, how much, and under which licence."""
    limit, seconds = read_rate(settings.API_RATE)
    return render(
        request,
        "api/guide.html",
        {
            "resources": (*RESOURCES, RECORD, CHECKPOINTS, WORDS),
            "proofs": PROOFS,
            "recount_url": reverse("ballots:recount"),
            "verify_url": reverse("record:verify"),
            "base": BASE,
            "licence_url": settings.DATA_LICENCE_URL,
            "limit": limit,
            "limit_seconds": seconds,
            "default_size": DEFAULT_SIZE,
            "largest_size": LARGEST_SIZE,
            "examples": examples(),
            "problems": TYPES,
        },
    )


@only_read
def docs(request: HttpRequest) -> HttpResponse:
    """The schema as pages on which each question can be tried. All of it is served from here."""
    return render(request, "api/docs.html")


class SchemaView(OpenView):
    """The OpenAPI 3.1 description of version 1."""

    schema = None

    def get(self, request: Request) -> Response:
        refuse_parameters(request)
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
    document["info"]["contact"] = {"url": f"{settings.SITE_URL}/api/", "email": settings.CONTACT_EMAIL}
    text = json.dumps(document, sort_keys=True)
    return document, f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
