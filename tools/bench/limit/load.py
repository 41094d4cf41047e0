"""Fills the tables of the yardstick: python -m tools.bench.limit.load. They stay as large whatever the site holds."""

import os
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tools.bench.limit.models import Ruling

LINES, RULINGS = 10_000, 2_000
TEXT = "We asked at the doors and most people said the same. It has been like this since last winter. " * 4


def load(lines: int = LINES, rulings: int = RULINGS) -> None:
    """Into empty tables."""
    from django.utils import timezone

    from tools.bench.limit.models import Line, Ruling

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
