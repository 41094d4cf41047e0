"""Promises as officers keep them."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Organisation
from proposals.actions.ending import withdraw_proposal
from proposals.actions.promising import claim_commitment, make_commitment
from proposals.models import Ask, Commitment, Proposal
from record import clock

SignIn = Callable[[User], Client]


@pytest.fixture
def promise(ask: Ask, landlord: Organisation, professional: User) -> Commitment:
    return make_commitment(
        acting_user=professional,
        text="Mend the lamp",
        due_on=clock.today() + timedelta(days=10),
        submission=uuid.uuid4(),
        proposal=ask.proposal,
        organisation=landlord,
    )


def url_of(promise: Commitment, step: str) -> str:
    return f"/desk/promises/{promise.pk}/{step}/"


def later() -> date:
    return clock.today() + timedelta(days=40)


def test_the_list_and_its_filters(promise: Commitment, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)

    def shown(show: str) -> bool:
        return promise.text in browser.get(f"/desk/promises/?show={show}").content.decode()

    assert [show for show in ("", "late", "due", "claimed", "disputed", "over", "nonsense") if shown(show)] == [
        "",
        "due",
        "nonsense",
    ]
    with clock.at(clock.now() + timedelta(days=20)):
        assert shown("late")
    claim_commitment(commitment=promise, acting_user=professional)
    assert shown("claimed")
    assert not shown("due")


def test_start_claim(promise: Commitment, colleague: User, client_of: SignIn) -> None:
    browser = client_of(colleague)  # of the same organisation
    assert browser.post(url_of(promise, "start")).status_code == 302
    assert Commitment.objects.get().state == "in_progress"
    assert "Residents have 14 days" in browser.get(url_of(promise, "done")).content.decode()
    for _tap in range(2):
        assert browser.post(url_of(promise, "done"), {"note": "New lamp"}).status_code == 302
    row = Commitment.objects.get()
    assert (row.state, row.claim_note, row.round) == ("claimed_done", "New lamp", 1)


def test_change_twice_is_one_change(promise: Commitment, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    said = {"text": "Mend two lamps", "due_on": later().isoformat(), "reason": "There are two."}
    for _tap in range(2):
        assert browser.post(url_of(promise, "change"), said).status_code == 302
    assert promise.changes.count() == 1
    assert Commitment.objects.get().text == "Mend two lamps"


def test_a_change_needs_a_reason_and_a_difference(promise: Commitment, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    same = {"text": promise.text, "due_on": promise.due_on.isoformat(), "reason": ""}
    assert "Say why you change it." in browser.post(url_of(promise, "change"), same).content.decode()
    assert "Nothing is different" in browser.post(url_of(promise, "change"), same | {"reason": "x"}).content.decode()


def test_drop_needs_a_reason_and_counts_as_broken(promise: Commitment, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    assert "Say why you drop it." in browser.post(url_of(promise, "drop"), {"reason": " "}).content.decode()
    for _tap in range(2):
        assert browser.post(url_of(promise, "drop"), {"reason": "No money."}).status_code == 302
    assert Commitment.objects.get().broken_on == clock.today()


def test_steps_that_are_closed_lead_back(promise: Commitment, professional: User, client_of: SignIn) -> None:
    claim_commitment(commitment=promise, acting_user=professional)
    browser = client_of(professional)
    for step in ("change", "drop", "start"):
        assert browser.get(url_of(promise, step))["Location"].startswith("/desk/promises/")
    assert "not open" in browser.post(url_of(promise, "drop"), {"reason": "x"}).content.decode()
    assert Commitment.objects.get().state == "claimed_done"


@pytest.mark.parametrize("person", ["resident", "facilitator", "councillor"])
def test_only_the_organisation_that_promised(
    person: str, promise: Commitment, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    browser = client_of(request.getfixturevalue(person))
    for step in ("start", "done", "change", "drop"):
        assert browser.get(url_of(promise, step)).status_code == 403
        assert browser.post(url_of(promise, step), {"reason": "x"}).status_code == 403
    assert Commitment.objects.get().state == "promised"


def test_anonymous_people_and_outsiders(promise: Commitment, client: Client, outsider: User, client_of: SignIn) -> None:
    type(promise.community).objects.filter(pk=promise.community_id).update(is_public=False)
    for step in ("start", "done", "change", "drop"):
        assert client.post(url_of(promise, step)).status_code == 302
        assert client_of(outsider).get(url_of(promise, step)).status_code == 404
    assert client_of(outsider).get(f"/desk/promises/new/{promise.proposal_id}/").status_code == 404
    assert Commitment.objects.get().state == "promised"


def test_a_resident_promise_is_not_on_the_desk(
    ask: Ask, neighbours: list[User], professional: User, client_of: SignIn
) -> None:
    own = make_commitment(
        acting_user=neighbours[0], text="Cut the hedge", due_on=later(), submission=uuid.uuid4(), proposal=ask.proposal
    )
    assert client_of(professional).post(url_of(own, "start")).status_code == 403
    assert "Cut the hedge" not in client_of(professional).get("/desk/promises/").content.decode()


def test_promise_something_new_once(ask: Ask, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    assert ask.proposal.title in browser.get("/desk/promises/new/").content.decode()
    url = f"/desk/promises/new/{ask.proposal_id}/"
    assert "Penhale Homes promises" in browser.get(url).content.decode()
    said = {"text": "Look at it", "by_whom": "", "due_on": later().isoformat(), "submission": str(uuid.uuid4())}
    for _tap in range(2):
        assert browser.post(url, said).status_code == 302
    assert Commitment.objects.get().organisation_id == ask.organisation_id


def test_nothing_is_promised_for_what_is_off_the_table(
    ask: Ask, resident: User, professional: User, client_of: SignIn
) -> None:
    withdraw_proposal(proposal=ask.proposal, acting_user=resident, reason="It is mended.")
    url = f"/desk/promises/new/{ask.proposal_id}/"
    assert client_of(professional).get(url).status_code == 302
    said = {"text": "Look at it", "due_on": later().isoformat()}
    assert "Nothing can be promised" in client_of(professional).post(url, said).content.decode()


@pytest.mark.parametrize("person", ["resident", "facilitator"])
def test_promising_for_an_organisation_needs_a_seat_for_it(
    person: str, tabled: Proposal, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    assert client_of(request.getfixturevalue(person)).get(f"/desk/promises/new/{tabled.pk}/").status_code == 403


@pytest.mark.parametrize(
    "hostile",
    [
        {"due_on": "9999-12-31"},
        {"due_on": "0000-00-00"},
        {"due_on": "2020-01-01"},
        {"text": "x" * 5000},
        {"text": "\x00\x00"},
        {"submission": "no uuid", "text": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")},
    ],
)
def test_hostile_input(hostile: dict[str, str], ask: Ask, professional: User, client_of: SignIn) -> None:
    said = {"text": "Look at it", "due_on": later().isoformat()} | hostile
    answer = client_of(professional).post(f"/desk/promises/new/{ask.proposal_id}/", said)
    assert answer.status_code in (200, 302)
