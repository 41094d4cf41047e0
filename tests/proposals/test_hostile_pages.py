"""What cannot be meant well, in every field: refused clearly or shown as text, never an error of ours."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from proposals.actions.promising import make_commitment
from proposals.models import Proposal
from record import clock

ClientOf = Callable[[User], Client]

NASTY = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% debug %}",
    "a\x00b\u202egnp.exe",
    "%s%n{0}",
    "\n" * 50 + "x",
    "[" * 3000,
]


def is_clean(text: str) -> bool:
    """Whether nothing that was typed came back as code."""
    return not any(bad in text for bad in ("<script>alert", 'href="javascript', "<img src=x", "\x00", "\u202e"))


@pytest.mark.parametrize("words", NASTY)
def test_tabling_with_nasty_words(client_of: ClientOf, resident: User, topic: Any, words: str) -> None:
    browser = client_of(resident)
    new = "/c/larkfield/proposals/new/"
    submission = str(uuid.uuid4())
    outcome = browser.post(new, {"outcome_wanted": words[:300], "submission": submission})
    draft = Proposal.objects.filter(submission=submission).first()
    if draft is None:
        assert outcome.status_code == 200
        return
    base = f"/c/larkfield/proposals/draft/{draft.pk}/"
    for step, fields in {
        "who": {"we_can": words, "need_help_with": words, "only_they_can": words[:500]},
        "why": {"title": words[:120], "case": words},
        "topic": {"topic": str(topic.pk), "organisations": [words]},
    }.items():
        answer = browser.post(base + step + "/", fields)
        assert answer.status_code in (200, 302)
        assert is_clean(answer.content.decode())
    browser.post(base + "topic/", {"topic": str(topic.pk)})
    browser.post(base + "who/", {"only_they_can": words[:500]})
    for step in ("similar/", "check/"):
        assert is_clean(browser.get(base + step).content.decode())
    browser.post(base + "check/")
    draft.refresh_from_db()
    if draft.state == "tabled":
        for url in (draft.get_absolute_url(), "/c/larkfield/proposals/"):
            answer = browser.get(url)
            assert answer.status_code == 200
            assert is_clean(answer.content.decode())


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize(
    ("tail", "field"), [("say/", "body"), ("offer/", "text"), ("promise/", "text"), ("withdraw/", "reason")]
)
def test_nasty_words_under_a_proposal(
    client_of: ClientOf, tabled: Proposal, resident: User, words: str, tail: str, field: str
) -> None:
    browser = client_of(resident)
    sent = {field: words, "due_on": str(clock.today() + timedelta(days=3)), "submission": words, "seen": words}
    answer = browser.post(tabled.get_absolute_url() + tail, sent)
    assert answer.status_code in (200, 302)
    assert is_clean(answer.content.decode())
    assert is_clean(browser.get(tabled.get_absolute_url()).content.decode())


def test_nasty_notes_about_a_promise(client_of: ClientOf, decided: Proposal, resident: User, neighbour: User) -> None:
    promise = make_commitment(
        acting_user=neighbour,
        text="Rake",
        due_on=clock.today() + timedelta(days=3),
        proposal=decided,
        submission=uuid.uuid4(),
    )
    url = f"{decided.get_absolute_url()}promises/{promise.reference}/"
    for words in NASTY:
        for tail, who in (("done/", neighbour), ("not-kept/", resident)):
            assert client_of(who).post(url + tail, {"note": words}).status_code in (200, 302)
        assert is_clean(client_of(resident).get(decided.get_absolute_url()).content.decode())


@pytest.mark.parametrize("tail", ["say/", "offer/", "withdraw/"])
def test_ten_megabytes_are_refused(client_of: ClientOf, tabled: Proposal, resident: User, tail: str) -> None:
    huge = {"body": "x" * 10_000_000, "text": "x", "reason": "x"}
    assert client_of(resident).post(tabled.get_absolute_url() + tail, huge).status_code in (400, 413)


@pytest.mark.parametrize("date", ["9999-12-31", "0000-00-00", "-1", "NaN", "1e400", "2026-13-45", "\x00", "٣٠/١١/٢٠٢٦"])
def test_absurd_dates(client_of: ClientOf, tabled: Proposal, resident: User, date: str) -> None:
    answer = client_of(resident).post(tabled.get_absolute_url() + "promise/", {"text": "Rake", "due_on": date})
    assert answer.status_code == 200


def test_absurd_pages_of_comments(client: Client, tabled: Proposal) -> None:
    for page in ("-1", "NaN", "9" * 400, "%00"):
        assert client.get(f"{tabled.get_absolute_url()}?page={page}").status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client_of: ClientOf, tabled: Proposal, resident: User, method: str) -> None:
    browser = client_of(resident)
    for tail in ("", "back/", "say/", "withdraw/"):
        assert getattr(browser, method)(tabled.get_absolute_url() + tail).status_code == 405


def test_without_the_token_of_the_form_nothing_happens(tabled: Proposal, neighbour: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(neighbour)
    browser.post(tabled.get_absolute_url() + "back/")
    assert not tabled.supports.exists()
