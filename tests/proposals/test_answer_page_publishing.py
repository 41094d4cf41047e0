"""From draft to public: the page as residents will see it, the second look, publishing once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Organisation
from proposals.actions.answering import give_second_look, save_response_draft
from proposals.exceptions import DraftEditedElsewhere
from proposals.models import Ask, Commitment, Response, ResponseDraft
from record import clock

SignIn = Callable[[User], Client]


@pytest.fixture
def draft(ask: Ask, professional: User) -> ResponseDraft:
    """Whole, with one promise."""
    promise = {"text": "Mend the lamp", "by": "Ray Ltd", "due_on": (clock.today() + timedelta(days=9)).isoformat()}
    fields = {
        "outcome": "accepted",
        "summary": "Yes. We will mend it.",
        "reasons": "It is **ours**.",
        "promises": [promise],
    }
    return save_response_draft(ask=ask, acting_user=professional, revision=0, fields=fields)


def url_of(ask: Ask, page: str) -> str:
    return f"/desk/answer/{ask.pk}/{page}/"


def test_the_preview_is_the_sheet_that_residents_will_see(
    ask: Ask, draft: ResponseDraft, professional: User, client_of: SignIn
) -> None:
    page = client_of(professional).get(url_of(ask, "page")).content.decode()
    assert "<strong>ours</strong>" in page
    assert "housing manager, Penhale Homes" in page
    assert "Mend the lamp" in page
    assert "Ray Ltd" in page
    assert "Publish this answer" in page
    assert not Response.objects.exists()
    assert not Commitment.objects.exists()


def test_what_is_not_whole_goes_back(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    assert browser.get(url_of(ask, "page"))["Location"] == f"/desk/answer/{ask.pk}/"
    save_response_draft(ask=ask, acting_user=professional, revision=0, fields={"outcome": "accepted"})
    assert browser.get(url_of(ask, "page")).status_code == 302
    assert "Give the answer" in browser.get(f"/desk/answer/{ask.pk}/").content.decode()


def test_publish_stops_the_clock_and_shows_the_page(
    ask: Ask, draft: ResponseDraft, professional: User, client_of: SignIn
) -> None:
    browser = client_of(professional)
    answer = browser.post(url_of(ask, "publish"), {"revision": "1"})
    response = Response.objects.get(ask=ask)
    assert answer["Location"] == f"{ask.proposal.get_absolute_url()}#{response.reference}"
    ask.refresh_from_db()
    assert ask.answered_on == clock.today()
    assert Commitment.objects.get().by_whom == "Ray Ltd"
    assert "We will mend it." in browser.get(answer["Location"]).content.decode()


def test_a_second_tap_finds_the_answer_there(
    ask: Ask, draft: ResponseDraft, professional: User, client_of: SignIn
) -> None:
    browser = client_of(professional)
    first = browser.post(url_of(ask, "publish"), {"revision": "1"})
    second = browser.post(url_of(ask, "publish"), {"revision": "1"})
    assert first["Location"] == second["Location"]
    assert Response.objects.count() == 1
    assert browser.get(url_of(ask, "page")).status_code == 302


@pytest.mark.parametrize("revision", ["0", "2", "", "x", "9" * 100])
def test_what_was_not_seen_is_not_published(
    revision: str, ask: Ask, draft: ResponseDraft, professional: User, client_of: SignIn
) -> None:
    answer = client_of(professional).post(url_of(ask, "publish"), {"revision": revision})
    assert answer["Location"] == url_of(ask, "page")
    assert not Response.objects.exists()


def test_a_get_publishes_nothing(ask: Ask, draft: ResponseDraft, professional: User, client_of: SignIn) -> None:
    assert client_of(professional).get(url_of(ask, "publish")).status_code == 302
    assert client_of(professional).get(url_of(ask, "second-look")).status_code == 302
    assert not Response.objects.exists()


@pytest.mark.parametrize("person", ["resident", "facilitator", "councillor"])
def test_nobody_else_sees_or_publishes_it(
    person: str, ask: Ask, draft: ResponseDraft, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    browser = client_of(request.getfixturevalue(person))
    page = browser.get(url_of(ask, "page"))
    assert page.status_code == 403
    assert "We will mend it." not in page.content.decode()
    assert browser.post(url_of(ask, "publish"), {"revision": "1"}).status_code == 403
    assert browser.post(url_of(ask, "second-look"), {"do": "give"}).status_code == 403
    assert not Response.objects.exists()


def test_the_author_alone_cannot_publish_where_two_must_look(
    ask: Ask, draft: ResponseDraft, landlord: Organisation, professional: User, colleague: User, client_of: SignIn
) -> None:
    Organisation.objects.filter(pk=landlord.pk).update(second_pair_of_eyes=True)
    author, reader = client_of(professional), client_of(colleague)
    assert "Publish this answer" not in author.get(url_of(ask, "page")).content.decode()
    author.post(url_of(ask, "publish"), {"revision": "1"})
    assert author.post(url_of(ask, "second-look"), {"do": "give", "revision": "1"}).status_code == 403
    assert not Response.objects.exists()
    author.post(url_of(ask, "second-look"), {"do": "ask"})
    assert "Is it true, whole and easy to read?" in reader.get(url_of(ask, "page")).content.decode()
    reader.post(url_of(ask, "second-look"), {"do": "give", "revision": "1"})
    assert "Martin Hale has read it" in author.get(url_of(ask, "page")).content.decode()
    author.post(url_of(ask, "publish"), {"revision": "1"})
    assert Response.objects.count() == 1


def test_the_second_look_is_at_the_words_that_were_read(
    ask: Ask, draft: ResponseDraft, professional: User, colleague: User
) -> None:
    save_response_draft(ask=ask, acting_user=professional, revision=1, fields={"summary": "No."})
    with pytest.raises(DraftEditedElsewhere):
        give_second_look(ask=ask, acting_user=colleague, revision=1)


def test_saving_the_same_words_keeps_the_second_look(
    ask: Ask, draft: ResponseDraft, colleague: User, client_of: SignIn
) -> None:
    give_second_look(ask=ask, acting_user=colleague, revision=1)
    row: dict[str, Any] = {f"promise-0-{name}": value for name, value in draft.promises[0].items()}
    words = {"outcome": draft.outcome, "summary": draft.summary, "reasons": draft.reasons}
    client_of(colleague).post(
        f"/desk/answer/{ask.pk}/", words | row | {"promise_count": "1", "revision": "1", "do": "page"}
    )
    draft.refresh_from_db()
    assert draft.second_look_at is not None


def test_where_there_is_no_colleague_it_says_whom_to_ask(
    ask: Ask, draft: ResponseDraft, landlord: Organisation, professional: User, client_of: SignIn
) -> None:
    Organisation.objects.filter(pk=landlord.pk).update(second_pair_of_eyes=True)
    assert "Ask the facilitator" in client_of(professional).get(url_of(ask, "page")).content.decode()


def test_it_warns_of_hard_words_and_does_not_block(ask: Ask, professional: User, client_of: SignIn) -> None:
    hard = "Following comprehensive stakeholder consultation, operational implementation necessitates prioritisation."
    fields = {"outcome": "declined", "summary": hard, "reasons": hard}
    save_response_draft(ask=ask, acting_user=professional, revision=0, fields=fields)
    page = client_of(professional).get(url_of(ask, "page")).content.decode()
    assert "It reads like a text for age" in page
    assert "Publish this answer" in page
