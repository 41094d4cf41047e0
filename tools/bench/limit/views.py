"""The four things that Django can be asked for, each done as directly as it goes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.generics import ListAPIView
from rest_framework.serializers import ModelSerializer

from tools.bench.limit.models import Line, Mark, Ruling

SHOWN = 20
BODY = b"0123456789abcdef" * 128  # 2 KB


def plain(request: HttpRequest) -> HttpResponse:
    """No database, no template."""
    return HttpResponse(BODY, content_type="text/plain")


def rows(request: HttpRequest) -> HttpResponse:
    """One SELECT by an index, and a template."""
    return render(request, "limit/rows.html", {"lines": Line.objects.filter(place=1).order_by("-score", "-id")[:SHOWN]})


class RulingSerializer(ModelSerializer[Ruling]):
    class Meta:
        model = Ruling
        fields = "__all__"


class Rulings(ListAPIView[Ruling]):
    """As the tutorial of Django REST framework has it."""

    serializer_class = RulingSerializer

    def get_queryset(self) -> Any:
        return Ruling.objects.order_by("-decided_on", "-id")[:SHOWN]


def insert(request: HttpRequest) -> HttpResponse:
    """One row. `line` and `person` come from the form."""
    Mark.objects.create(line_id=request.POST["line"], person=request.POST["person"])
    return HttpResponse(b"done", content_type="text/plain")
