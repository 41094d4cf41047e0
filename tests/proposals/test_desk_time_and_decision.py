"""More time, and the decision from the answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.working_days import add_working_days
from decisions.models import Decision
from proposals.models import Ask, Proposal, Response
from record import clock

SignIn = Callable[[User], Client]


def extend(browser: Client, ask: Ask, **changed: str) -> Any:
    due = ask.due_on + timedelta(days=7)
    return browser.post(f"/desk/extend/{ask.pk}/", {"due_on": due.isoformat(), "reason": "Parts are late."} | changed)


def test_more_time_once_with_the_first_date_kept(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    page = browser.get(f"/desk/extend/{ask.pk}/").content.decode()
    assert "You can do this once" in page
    first = ask.due_on
    for _tap in range(2):
        assert extend(browser, ask).status_code == 302
    ask.refresh_from_db()
    assert (ask.first_due_on, ask.due_on) == (first, first + timedelta(days=7))
    assert browser.get(f"/desk/extend/{ask.pk}/")["Location"] == f"/desk/answer/{ask.pk}/"
    other = extend(browser, ask, due_on=(ask.due_on + timedelta(days=2)).isoformat())
    assert "once already" in other.content.decode()


def test_not_on_the_day_itself(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    with clock.at(clock.now() + (ask.due_on - clock.today())):
        assert browser.get(f"/desk/extend/{ask.pk}/").status_code == 302
        page = extend(browser, ask).content.decode()
    assert "That day has come" in page
    assert "Parts are late." in page  # what was typed is kept


@pytest.mark.parametrize(
    "hostile", [{"due_on": "9999-12-31"}, {"due_on": "NaN"}, {"due_on": "2001-01-01"}, {"reason": ""}, {"due_on": ""}]
)
def test_days_that_cannot_be(hostile: dict[str, str], ask: Ask, professional: User, client_of: SignIn) -> None:
    assert extend(client_of(professional), ask, **hostile).status_code == 200
    ask.refresh_from_db()
    assert ask.due_on == ask.first_due_on


@pytest.mark.parametrize("person", ["resident", "facilitator", "councillor"])
def test_only_the_organisation_asks_for_more_time(
    person: str, ask: Ask, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    browser = client_of(request.getfixturevalue(person))
    assert browser.get(f"/desk/extend/{ask.pk}/").status_code == 403
    assert extend(browser, ask).status_code == 403


def test_strangers(ask: Ask, client: Client, outsider: User, client_of: SignIn) -> None:
    type(ask.proposal.community).objects.filter(pk=ask.proposal.community_id).update(is_public=False)
    for url in (f"/desk/extend/{ask.pk}/", f"/desk/decide/{ask.proposal_id}/"):
        assert client.get(url).status_code == 302
        assert client_of(outsider).get(url).status_code == 404


def decide(browser: Client, proposal: Proposal, **changed: str) -> Any:
    words = {"title": "The lamp", "summary": "The lamp is mended.", "reasons": "It is dark."}
    return browser.post(f"/desk/decide/{proposal.pk}/", words | changed)


def test_the_answer_becomes_the_decision_in_better_words(
    response: Response, professional: User, client_of: SignIn
) -> None:
    proposal = response.proposal
    page = client_of(professional).get(f"/desk/decide/{proposal.pk}/").content.decode()
    assert "Yes. We will mend the lamp." in page  # filled in from the answer
    assert "Organisation decided after asking residents" in page
    by_itself = add_working_days(clock.today(), 5, proposal.community)
    assert f"{by_itself.day} " in page
    for _tap in range(2):
        answer = decide(client_of(professional), proposal)
        assert answer["Location"] == f"/decisions/{Decision.objects.get().reference}/"
    assert Decision.objects.get().title == "The lamp"


def test_a_facilitator_may_record_it_too(response: Response, facilitator: User, client_of: SignIn) -> None:
    assert decide(client_of(facilitator), response.proposal).status_code == 302
    assert Decision.objects.count() == 1


def test_before_the_answer_there_is_nothing_to_decide(ask: Ask, professional: User, client_of: SignIn) -> None:
    assert (
        client_of(professional).get(f"/desk/decide/{ask.proposal_id}/")["Location"] == ask.proposal.get_absolute_url()
    )
    assert decide(client_of(professional), ask.proposal).status_code == 302
    assert not Decision.objects.exists()


@pytest.mark.parametrize("person", ["resident", "councillor"])
def test_others_do_not_record_it(
    person: str, response: Response, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    browser = client_of(request.getfixturevalue(person))
    assert browser.get(f"/desk/decide/{response.proposal_id}/").status_code == 403
    assert decide(browser, response.proposal).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize("missing", ["title", "summary", "reasons"])
def test_a_decision_has_words(missing: str, response: Response, professional: User, client_of: SignIn) -> None:
    page = decide(client_of(professional), response.proposal, **{missing: "\x00 "})
    assert page.status_code == 200
    assert "<title>Error:" in page.content.decode()
    assert not Decision.objects.exists()
