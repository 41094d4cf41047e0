"""What Django can be asked for, each done as directly as it goes; and a backing, as its manual teaches it."""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_protect
from rest_framework.generics import ListAPIView
from rest_framework.serializers import ModelSerializer

from tools.bench.limit.models import Backing, Event, Idea, Line, Mark, Ruling, Seat

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


@decorator_from_middleware(SessionMiddleware)
@decorator_from_middleware(AuthenticationMiddleware)
@csrf_protect
def backing(request: HttpRequest) -> HttpResponse:
    """All that a backing on the site writes and asks for, and no page around it: who is signed in, the row locked, a
    seat, once each, the kept count, the event. `idea` comes from the form."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    with transaction.atomic():
        idea = Idea.objects.select_for_update().get(pk=request.POST["idea"])
        if not Seat.objects.filter(place=idea.place, person=request.user).exists():
            raise PermissionDenied
        _backing, is_new = Backing.objects.get_or_create(idea=idea, person=request.user)
        if is_new:
            idea.score += 1
            idea.changed_at = timezone.now()
            idea.save(update_fields=["score", "changed_at"])
            Event.objects.create(kind="idea.backed", idea=idea, person=request.user, payload={"idea": idea.pk})
    return HttpResponse(b"done", content_type="text/plain")
