"""Whoever keeps a copy with `updated_since` misses nothing, whatever is done on the site."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from communities.models import Community
from demo.teller import telling
from record import clock
from record.models import Dated
from record.querysets import DatedRows
from tests.api.mirror import Mirror

EACH = 3  # so many acts of a kind are followed one by one


@pytest.mark.once
@pytest.mark.django_db
def test_a_mirror_can_follow_the_demo(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its story has nearly every action there is, and every night what the days bring by themselves."""
    settings.API_RATE = "1000000/min"
    followed: Counter[str] = Counter()
    mirrors: list[Mirror] = []
    later = (timedelta(microseconds=number) for number in count())  # the story lets two things happen at one moment

    def happen(act: Callable[[], object], moment: datetime) -> None:
        with clock.at(moment + next(later)):
            happened, kind = act(), _kind(act)
            if act in telling.NIGHTLY and not happened:
                return
            followed[kind] += 1
            if not mirrors:
                mirrors.append(Mirror(client))
            elif followed[kind] <= EACH:
                mirrors[0].catch_up(f"{kind} at {clock.now()}")

    def pass_night(night: datetime, _now: datetime) -> None:
        for sweep in telling.NIGHTLY:
            happen(sweep, night)

    monkeypatch.setattr(telling, "_happen", happen)
    monkeypatch.setattr(telling, "_pass_night", pass_night)
    telling.tell_story(lambda said: None)
    mirrors[0].catch_up("the last act")
    mirrors[0].agrees_with_csv()
    assert len(followed) > 30, followed


def _kind(act: Any) -> str:
    """The name of what is done: of a partial that of its function, and what sort of act it is given."""
    given = getattr(act, "args", ())
    name = getattr(getattr(act, "func", act), "__name__", "")
    return f"{name} {type(given[0]).__name__}" if given and name in ("do", "step") else name


def test_rows_that_are_changed_together_say_so_too() -> None:
    """A count that `update` keeps once moved without its row's `updated`."""
    dated = [model for model in apps.get_models() if issubclass(model, Dated)]
    assert len(dated) > 9
    assert [model for model in dated if not isinstance(model._default_manager.none(), DatedRows)] == []


def test_an_update_keeps_the_moment_that_it_is_given(community: Community) -> None:
    then = clock.now() - timedelta(days=3)
    Community.objects.update(updated_at=then, homes=5)
    assert Community.objects.get().updated_at == then
    Community.objects.update(homes=6)
    assert Community.objects.get().updated_at > then
