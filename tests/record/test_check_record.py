"""`manage.py check_record` on a record that is empty, and on one that is broken everywhere."""

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import EmailMessage
from pytest_django import Settings

from record import tasks
from record.checking import faults_of_record
from record.models import Entry
from tests.record.conftest import Grow

pytestmark = pytest.mark.django_db


def test_an_empty_record(mailoutbox: list[EmailMessage]) -> None:
    assert faults_of_record() == []
    tasks.check_record()
    assert mailoutbox == []


def test_a_check_that_takes_too_long_sounds_the_alarm_before_its_worker_is_killed(
    mailoutbox: list[EmailMessage], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 0 < tasks.check_record.soft_time_limit < settings.CELERY_TASK_TIME_LIMIT

    def too_long() -> list[str]:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr("record.checking.faults_of_record", too_long)
    tasks.check_record()
    assert "SoftTimeLimitExceeded" in mailoutbox[0].body


def test_a_record_that_is_broken_everywhere_is_told_in_a_few_sentences(grow: Grow) -> None:
    grow(60)
    Entry.objects.update(hash="0" * 64)
    assert len(faults_of_record()) == 20
