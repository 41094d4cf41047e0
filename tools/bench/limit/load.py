"""Fills the tables of the yardstick: python -m tools.bench.limit.load. They stay as large whatever the site holds."""

import os
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tools.bench.limit.models import Ruling

LINES, RULINGS, PEOPLE = 10_000, 2_000, 2_000
TEXT = "We asked at the doors and most people said the same. It has been like this since last winter. " * 4


def load(lines: int = LINES, rulings: int = RULINGS, people: int = PEOPLE) -> None:
    """Into empty tables."""
    from django.utils import timezone

    from tools.bench.limit.models import Idea, Line, Ruling

    now = timezone.now()
    Line.objects.bulk_create(
        (
            Line(
                place=number % 2,
                score=number * 7919 % 40,
                title=f"Light the path by the canal ({number})",
                text=TEXT,
                made_at=now - timedelta(hours=number),
                changed_at=now - timedelta(minutes=number),
            )
            for number in range(lines)
        ),
        batch_size=2000,
    )
    Ruling.objects.bulk_create((_ruling(number) for number in range(rulings)), batch_size=1000)
    ideas = (
        Idea(place=number % 2, score=number * 7919 % 40, title=f"Idea {number}", text=TEXT, changed_at=now)
        for number in range(lines)
    )
    Idea.objects.bulk_create(ideas, batch_size=2000)
    _sign_in(people)


def session_key(number: int) -> str:
    """Of the person of this number, from 0."""
    return f"limit{number:027d}"


def _sign_in(people: int) -> None:
    """People with a seat in both places and a session, as signing in leaves it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    from tools.bench.limit.models import Person, Seat

    made = Person.objects.bulk_create(Person(email=f"{number}@limit.example") for number in range(people))
    Seat.objects.bulk_create(Seat(place=place, person=person) for person in made for place in (0, 1))
    store = SessionStore()
    sessions = []
    for number, person in enumerate(made):
        held = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        until = store.get_expiry_date()
        sessions.append(Session(session_key=session_key(number), session_data=store.encode(held), expire_date=until))
    Session.objects.bulk_create(sessions)


def _ruling(number: int) -> "Ruling":
    """A row whose answer is about as long as that of a decision."""
    from django.utils import timezone

    from tools.bench.limit.models import Ruling

    now, pk = timezone.now(), uuid.uuid4()
    base = "http://127.0.0.1:8000"
    linked = {"id": str(uuid.uuid4()), "title": "Measured place", "url": f"{base}/api/v1/communities/{uuid.uuid4()}/"}
    return Ruling(
        id=pk,
        reference=f"D-2026-{number:04d}",
        url=f"{base}/api/v1/decisions/{pk}/",
        html_url=f"{base}/decisions/D-2026-{number:04d}/",
        title=f"Light the path by the canal ({number})",
        summary="We will mend what we can this year.",
        decided_on=(now - timedelta(hours=number)).date(),
        outcome="accepted",
        decided_by="organisation_after_consulting",
        reasons="We looked at it together. Some of it is ours and some of it is not.",
        community=linked,
        topic=linked,
        organisations=[str(uuid.uuid4())],
        basis={"kind": "response", "id": str(uuid.uuid4()), "url": f"{base}/api/v1/responses/{uuid.uuid4()}/"},
        proposals=[str(uuid.uuid4())],
        supports=20,
        comments=2,
        response_working_days=9,
        created=now,
        updated=now,
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.limit.settings"
    django.setup()
    load()
