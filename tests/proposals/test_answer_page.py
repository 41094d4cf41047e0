"""Writing an answer: the draft, its promises, its words, and two officers at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from proposals.actions.ending import withdraw_proposal
from proposals.models import Ask, ResponseDraft
from record import clock

SignIn = Callable[[User], Client]
WORDS = {
    "outcome": "accepted",
    "summary": "Yes. We will mend the lamp.",
    "reasons": "The lamp is ours.",
    "could_not": "",
    "next_step": "",
    "revision": "0",
    "promise_count": "0",
}


def url_of(ask: Ask) -> str:
    return f"/desk/answer/{ask.pk}/"


def post(browser: Client, ask: Ask, **changed: str) -> Any:
    return browser.post(url_of(ask), WORDS | changed)


def test_the_form_shows_what_was_asked(ask: Ask, professional: User, client_of: SignIn) -> None:
    page = client_of(professional).get(url_of(ask))
    assert page.status_code == 200
    content = page.content.decode()
    assert "Anyone can walk home" in content
    assert "We will design it together" in content
    assert "does not say yes or no" not in content  # an outcome of imported answers only


def test_save_keeps_the_draft(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    assert post(browser, ask, do="save").status_code == 302
    draft = ResponseDraft.objects.get(ask=ask)
    assert (draft.outcome, draft.summary, draft.revision) == ("accepted", "Yes. We will mend the lamp.", 1)
    assert "We will mend the lamp." in browser.get(url_of(ask)).content.decode()


def test_a_draft_may_be_half_written(ask: Ask, professional: User, client_of: SignIn) -> None:
    assert post(client_of(professional), ask, do="save", outcome="", reasons="").status_code == 302


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("outcome", "Say yes, no or in part first."),
        ("summary", "Give the answer in a sentence or two."),
        ("reasons", "An answer without reasons is not an answer."),
    ],
)
def test_the_page_needs_a_whole_answer(
    missing: str, said: str, ask: Ask, professional: User, client_of: SignIn
) -> None:
    page = post(client_of(professional), ask, do="page", **{missing: ""})
    assert page.status_code == 200
    content = page.content.decode()
    assert said in content
    assert "<title>Error:" in content
    assert "We will mend the lamp." in content or missing == "summary"


def test_noted_is_not_an_outcome(ask: Ask, professional: User, client_of: SignIn) -> None:
    for outcome in ("noted", "not_stated"):
        assert post(client_of(professional), ask, do="page", outcome=outcome).status_code == 200
    assert not ResponseDraft.objects.filter(ask=ask).exists()


def test_another_promise_without_javascript_keeps_everything(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    due = (clock.today() + timedelta(days=30)).isoformat()
    first = {"promise_count": "1", "promise-0-text": "Mend it", "promise-0-by": "", "promise-0-due_on": due}
    answer = post(browser, ask, do="promise", **first)
    assert answer["Location"].endswith("?more=1#promise-1")
    page = browser.get(answer["Location"]).content.decode()
    assert "Mend it" in page
    assert 'name="promise-1-text"' in page
    assert ResponseDraft.objects.get(ask=ask).promises == [{"text": "Mend it", "by": "", "due_on": due}]


def test_a_promise_without_a_date_is_kept_in_the_draft_only(ask: Ask, professional: User, client_of: SignIn) -> None:
    half = {"promise_count": "1", "promise-0-text": "Mend it", "promise-0-by": "", "promise-0-due_on": ""}
    assert post(client_of(professional), ask, do="save", **half).status_code == 302
    page = post(client_of(professional), ask, do="page", revision="1", **half)
    assert "Give each promise a date." in page.content.decode()


def test_a_promise_for_yesterday_is_refused(ask: Ask, professional: User, client_of: SignIn) -> None:
    due = (clock.today() - timedelta(days=1)).isoformat()
    row = {"promise_count": "1", "promise-0-text": "Mend it", "promise-0-by": "", "promise-0-due_on": due}
    assert "still to come" in post(client_of(professional), ask, do="page", **row).content.decode()


def test_an_emptied_row_is_no_promise(ask: Ask, professional: User, client_of: SignIn) -> None:
    post(client_of(professional), ask, do="save", promise_count="3")
    assert ResponseDraft.objects.get(ask=ask).promises == []


def test_check_my_words_saves_and_shows_them(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    hard = "It will be operationally reviewed by stakeholders on a quarterly basis going forward."
    answer = post(browser, ask, do="words", reasons=hard)
    assert answer["Location"].endswith("#words")
    page = browser.get(answer["Location"]).content.decode()
    assert "stakeholders" in page
    assert "hard words" in page


def test_hard_words_that_went_are_counted(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    post(browser, ask, do="words", reasons="The stakeholders said so.")
    post(browser, ask, do="words", reasons="The people said so.", revision="1")
    assert ResponseDraft.objects.get(ask=ask).hard_words_changed == 1


def test_the_live_check_is_a_piece_of_page(professional: User, resident: User, client_of: SignIn) -> None:
    answer = client_of(professional).post("/desk/words/", {"summary": "The stakeholders utilise it."})
    assert "stakeholders" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert client_of(resident).post("/desk/words/", {}).status_code == 403
    assert client_of(professional).get("/desk/words/").status_code == 405
    assert Client().post("/desk/words/", {}).status_code == 403


def test_two_officers_at_once_lose_nothing(ask: Ask, professional: User, colleague: User, client_of: SignIn) -> None:
    post(client_of(colleague), ask, do="save", summary="Yes, in March.")
    page = post(client_of(professional), ask, do="save", summary="Yes, in May.")
    assert page.status_code == 409
    content = page.content.decode()
    assert "Yes, in March." in content
    assert "Yes, in May." in content
    assert "Martin Hale saved this draft" in content
    assert ResponseDraft.objects.get(ask=ask).summary == "Yes, in March."


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("theirs", "Yes, in March."), ("mine", "Yes, in May."), ("both", "Yes, in March.\n\nYes, in May.")],
)
def test_one_chooses_between_two_texts(
    choice: str, kept: str, ask: Ask, professional: User, colleague: User, client_of: SignIn
) -> None:
    post(client_of(colleague), ask, do="save", summary="Yes, in March.")
    post(client_of(professional), ask, do="save", summary="Yes, in May.", revision="1", **{"choose-summary": choice})
    assert ResponseDraft.objects.get(ask=ask).summary == kept


def test_both_promises_are_kept_where_one_wants_both(
    ask: Ask, professional: User, colleague: User, client_of: SignIn
) -> None:
    def row(what: str) -> dict[str, str]:
        due = (clock.today() + timedelta(days=30)).isoformat()
        return {"promise_count": "1", "promise-0-text": what, "promise-0-by": "", "promise-0-due_on": due}

    post(client_of(colleague), ask, do="save", **row("Mend the lamp"))
    page = post(client_of(professional), ask, do="save", **row("Cut the hedge")).content.decode()
    assert "Mend the lamp, " in page
    post(client_of(professional), ask, do="save", revision="1", **row("Cut the hedge"), **{"choose-promises": "both"})
    assert [kept["text"] for kept in ResponseDraft.objects.get(ask=ask).promises] == ["Mend the lamp", "Cut the hedge"]


def test_an_expired_session_keeps_what_was_typed(ask: Ask, professional: User, client: Client) -> None:
    client.get("/")
    client.cookies["sessionid"] = "expired"
    answer = post(client, ask, do="save", summary="Typed for an hour.")
    assert "login" in answer["Location"]
    client.force_login(professional)
    assert "Typed for an hour." in client.get("/account/kept/").content.decode()


def test_a_second_tap_on_save_is_no_conflict(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    assert post(browser, ask, do="save").status_code == 302
    assert post(browser, ask, do="save").status_code == 302
    assert ResponseDraft.objects.get(ask=ask).revision == 1


@pytest.mark.parametrize("person", ["resident", "facilitator", "councillor"])
def test_only_the_organisation_that_was_asked(
    person: str, ask: Ask, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    browser = client_of(request.getfixturevalue(person))
    assert browser.get(url_of(ask)).status_code == 403
    assert post(browser, ask, do="save").status_code == 403
    assert not ResponseDraft.objects.exists()


def test_an_outsider_finds_nothing_in_a_private_community(ask: Ask, outsider: User, client_of: SignIn) -> None:
    type(ask.proposal.community).objects.filter(pk=ask.proposal.community_id).update(is_public=False)
    for page in ("", "page/", "publish/", "second-look/"):
        assert client_of(outsider).get(url_of(ask) + page).status_code == 404


def test_anonymous_people_sign_in_first(ask: Ask, client: Client) -> None:
    for page in ("", "page/", "publish/", "second-look/"):
        assert client.get(url_of(ask) + page).status_code == 302
    assert post(client, ask, do="save").status_code == 302
    assert not ResponseDraft.objects.exists()


def test_after_the_answer_there_is_nothing_to_write(
    ask: Ask, publish: Callable[..., Any], professional: User, client_of: SignIn
) -> None:
    publish(ask)
    browser = client_of(professional)
    assert browser.get(url_of(ask))["Location"] == ask.proposal.get_absolute_url()
    page = post(browser, ask, do="save")
    assert page.status_code == 200
    assert "We will mend the lamp." in page.content.decode()  # what was typed is still there
    assert not ResponseDraft.objects.exists()


def test_a_proposal_off_the_table_is_not_answered(
    ask: Ask, resident: User, professional: User, client_of: SignIn
) -> None:
    withdraw_proposal(proposal=ask.proposal, acting_user=resident, reason="It is mended.")
    assert client_of(professional).get(url_of(ask)).status_code == 302
    assert "taken off the table" in post(client_of(professional), ask, do="save").content.decode()


@pytest.mark.parametrize(
    "hostile",
    [
        {"summary": "a\x00b\u202eevil"},
        {"revision": "-1"},
        {"revision": "9" * 400},
        {"revision": "NaN"},
        {"promise_count": "999999999"},
        {"promise_count": "-3"},
        {"promise_count": "1", "promise-0-text": "x", "promise-0-due_on": "9999-12-31"},
        {"reasons": "x" * 20_000},
        {"do": "rm -rf"},
        {"choose-outcome": "both"},
        {"promise_count": "\u0663"},
        {"outcome": "<script>"},
    ],
)
def test_hostile_input_is_refused_or_cleaned(
    hostile: dict[str, str], ask: Ask, professional: User, client_of: SignIn
) -> None:
    assert post(client_of(professional), ask, **hostile).status_code in (200, 302, 409)
    for draft in ResponseDraft.objects.all():
        assert "\x00" not in draft.summary
        assert "\u202e" not in draft.summary


def test_script_is_shown_as_text(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    evil = "<script>alert(1)</script>"
    post(browser, ask, do="save", summary=evil, reasons=f"[a](javascript:alert(1)) {evil}")
    for page in ("", "page/"):
        assert evil not in browser.get(url_of(ask) + page).content.decode()


@pytest.mark.parametrize("rows", [0, 20])
def test_queries(
    rows: int,
    ask: Ask,
    professional: User,
    client_of: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = client_of(professional)
    due = (clock.today() + timedelta(days=9)).isoformat()
    promises = {
        f"promise-{n}-{name}": value for n in range(rows) for name, value in [("text", f"Do {n}"), ("due_on", due)]
    }
    post(browser, ask, do="save", promise_count=str(rows), **promises)
    browser.get(url_of(ask))  # the message of the save
    with django_assert_num_queries(2):
        browser.get(url_of(ask))
