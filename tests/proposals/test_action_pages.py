"""Every button under a proposal: who may press it, when, twice, and from outside."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import KeptForm, User
from proposals.actions.backing import back_proposal
from proposals.actions.ending import lapse_proposals
from proposals.actions.promising import claim_commitment, make_commitment
from proposals.actions.talk import add_comment
from proposals.models import Comment, Commitment, Offer, Proposal, Response, Support, Verdict
from record import clock

ClientOf = Callable[[User], Client]


def at(proposal: Proposal, tail: str) -> str:
    return proposal.get_absolute_url() + tail


# ── Backing ─────────────────────────────────────────────────────────────────


def test_back_and_take_back(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    browser = client_of(neighbour)
    for _tap in range(2):
        response = browser.post(at(tabled, "back/"))
        assert response.headers["Location"] == tabled.get_absolute_url()
        assert Support.objects.filter(proposal=tabled).count() == 1
    for _tap in range(2):
        assert browser.post(at(tabled, "take-back/")).status_code == 302
        assert not Support.objects.exists()


@pytest.mark.parametrize("others", [0, 20])
def test_a_tap_takes_the_same_number_of_queries(
    client_of: ClientOf,
    make_proposal: Callable[..., Proposal],
    make_user: Callable[..., User],
    neighbour: User,
    django_assert_num_queries: Any,
    others: int,
) -> None:
    """The session with its person and seats, and one statement; taking it back locks first. SQLite does so for both,
    and counts with a statement of its own. Here with two savepoints, where there is a transaction."""
    first, proposal = make_proposal(), make_proposal(title="Mend the gate")
    Proposal.objects.filter(pk=proposal.pk).update(threshold=99)
    for n in range(others):
        back_proposal(proposal=proposal, acting_user=make_user(f"Neighbour {n}", proposal.community))
    browser = client_of(neighbour)
    browser.post(at(first, "back/"), headers={"HX-Request": "true"})
    at_once = connection.vendor == "postgresql"
    for tail, queries in (("back/", 2 if at_once else 7), ("take-back/", 5 if at_once else 7)):
        with django_assert_num_queries(queries):
            assert browser.post(at(proposal, tail), headers={"HX-Request": "true"}).status_code == 200


def test_a_stranger_signs_in_and_comes_back(client: Client, tabled: Proposal) -> None:
    response = client.post(at(tabled, "back/"))
    assert response.status_code == 302
    assert at(tabled, "back/") in response.headers["Location"]


def test_coming_back_changes_nothing(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    response = client_of(neighbour).get(at(tabled, "back/"))
    assert response.headers["Location"] == tabled.get_absolute_url()
    assert not Support.objects.exists()


@pytest.mark.parametrize("who", ["professional", "facilitator", "newcomer", "staff"])
def test_others_may_not_back(client_of: ClientOf, tabled: Proposal, request: pytest.FixtureRequest, who: str) -> None:
    response = client_of(request.getfixturevalue(who)).post(at(tabled, "back/"))
    assert response.status_code == 403
    assert "Only verified residents can back a proposal." in response.content.decode()


def test_after_asking_it_cannot_be_taken_back(client_of: ClientOf, asked: Proposal, neighbours: list[User]) -> None:
    response = client_of(neighbours[0]).post(at(asked, "take-back/"), follow=True)
    assert response.status_code == 200
    assert asked.supports.count() == 3


def test_a_piece_of_the_page_is_enough_where_scripts_run(
    client_of: ClientOf, tabled: Proposal, neighbours: list[User]
) -> None:
    first, second, third = (client_of(neighbour) for neighbour in neighbours[:3])
    piece = first.post(at(tabled, "back/"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert "1 neighbour backs this" in piece
    assert "Take it back" in piece
    piece = first.post(at(tabled, "take-back/"), headers={"HX-Request": "true"}).content.decode()
    assert "0 neighbours back this" in piece
    first.post(at(tabled, "back/"))
    second.post(at(tabled, "back/"))
    crossing = third.post(at(tabled, "back/"), headers={"HX-Request": "true"})
    assert crossing.headers["HX-Refresh"] == "true"
    refused = first.post(at(tabled, "take-back/"), headers={"HX-Request": "true"})
    assert refused.headers["HX-Refresh"] == "true"


# ── Outside ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "tail", ["back/", "take-back/", "say/", "offer/", "promise/", "withdraw/", "retable/", "promises/C-1/kept/"]
)
def test_outsiders_find_nothing_in_a_private_community(
    client_of: ClientOf, tabled: Proposal, outsider: User, tail: str
) -> None:
    tabled.community.is_public = False
    tabled.community.save()
    browser = client_of(outsider)
    assert browser.get(at(tabled, tail)).status_code == 404
    assert browser.post(at(tabled, tail), {"body": "x", "text": "x", "reason": "x"}).status_code == 404


# ── Talk ────────────────────────────────────────────────────────────────────


def test_say_something_once(client_of: ClientOf, tabled: Proposal, professional: User) -> None:
    browser = client_of(professional)
    sent = {"body": "I walked it last night.", "submission": str(uuid.uuid4())}
    for _tap in range(2):
        assert browser.post(at(tabled, "say/"), sent).headers["Location"] == at(tabled, "#talk")
    assert Comment.objects.get().organisation is not None


def test_a_session_that_ended_loses_no_words(client: Client, tabled: Proposal) -> None:
    url = at(tabled, "say/")
    response = client.post(url, {"body": "A long thought"}, headers={"Referer": f"http://testserver{url}"})
    assert response.status_code == 302
    assert "kept" in response.headers["Location"]
    assert ["body", "A long thought"] in KeptForm.objects.get(pk=client.session["kept_typing"]).fields


def test_nothing_said(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    response = client_of(neighbour).post(at(tabled, "say/"), {"body": " \x00 "})
    assert "Write what you want to say." in response.content.decode()


def test_personal_details_are_asked_about_once(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    browser = client_of(neighbour)
    sent = {"body": "Write to carol@example.org", "submission": str(uuid.uuid4())}
    text = browser.post(at(tabled, "say/"), sent).content.decode()
    assert "an e-mail address" in text
    assert "Write to carol@example.org" in text
    assert not Comment.objects.exists()
    assert browser.post(at(tabled, "say/"), sent | {"seen": "yes"}).status_code == 302
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("who", ["newcomer", "staff"])
def test_without_a_seat_nobody_is_heard(
    client_of: ClientOf, tabled: Proposal, request: pytest.FixtureRequest, who: str
) -> None:
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(at(tabled, "say/")).status_code == 403
    assert browser.post(at(tabled, "say/"), {"body": "x"}).status_code == 403


def test_a_thread_is_read_by_all_and_answered_by_some(
    client: Client, client_of: ClientOf, tabled: Proposal, neighbour: User, professional: User
) -> None:
    first = add_comment(proposal=tabled, acting_user=neighbour, body="First", submission=uuid.uuid4())
    url = at(tabled, f"said/{first.pk}/")
    assert "First" in client.get(url).content.decode()
    assert client.post(url, {"body": "x"}).status_code == 302
    assert client_of(professional).post(url, {"body": "An answer"}).headers["Location"] == url
    assert "An answer" in client.get(url).content.decode()
    answer = Comment.objects.get(parent=first)
    assert client.get(at(tabled, f"said/{answer.pk}/")).status_code == 404
    assert client.get(at(tabled, f"said/{uuid.uuid4()}/")).status_code == 404


def test_its_author_takes_a_comment_away(
    client_of: ClientOf, tabled: Proposal, neighbour: User, resident: User
) -> None:
    comment = add_comment(proposal=tabled, acting_user=neighbour, body="Too much", submission=uuid.uuid4())
    url = at(tabled, f"said/{comment.pk}/remove/")
    assert client_of(resident).get(url).status_code == 403
    assert client_of(resident).post(url).status_code == 403
    browser = client_of(neighbour)
    assert "Too much" in browser.get(url).content.decode()
    for _tap in range(2):
        assert browser.post(url).status_code == 302
    text = browser.get(tabled.get_absolute_url()).content.decode()
    assert "Too much" not in text
    assert "Taken away by the one who wrote it." in text
    assert browser.get(url).status_code == 302


def test_offer_once_and_take_it_back(client_of: ClientOf, tabled: Proposal, neighbour: User, resident: User) -> None:
    browser = client_of(neighbour)
    sent = {"text": "A strimmer", "submission": str(uuid.uuid4())}
    assert browser.get(at(tabled, "offer/")).status_code == 200
    for _tap in range(2):
        assert browser.post(at(tabled, "offer/"), sent).status_code == 302
    offer = Offer.objects.get()
    url = at(tabled, f"offers/{offer.pk}/take-back/")
    assert client_of(resident).post(url).status_code == 403
    assert browser.post(url).status_code == 302
    assert "A strimmer" not in browser.get(tabled.get_absolute_url()).content.decode()
    assert browser.get(url).status_code == 302


def test_professionals_do_not_offer(client_of: ClientOf, tabled: Proposal, professional: User) -> None:
    assert client_of(professional).post(at(tabled, "offer/"), {"text": "x"}).status_code == 403


# ── Did this answer it? ─────────────────────────────────────────────────────


def test_verdicts(client_of: ClientOf, response: Response, neighbours: list[User], newcomer: User) -> None:
    url = at(response.proposal, f"answers/{response.reference}/verdict/")
    browser = client_of(neighbours[0])
    for _tap in range(2):
        browser.post(url, {"answers_it": "no"})
    assert Verdict.objects.get().answers_it is False
    browser.post(url, {"answers_it": "yes"})
    assert Verdict.objects.get().answers_it is True
    assert browser.post(url, {"answers_it": "perhaps"}).status_code == 302
    assert browser.get(url).status_code == 302
    assert client_of(newcomer).post(url, {"answers_it": "no"}).status_code == 403
    assert client_of(neighbours[4]).post(url, {"answers_it": "no"}).status_code == 403
    assert browser.post(url.replace(response.reference, "R-0"), {"answers_it": "no"}).status_code == 404


# ── Promises ────────────────────────────────────────────────────────────────


@pytest.fixture
def claimed(decided: Proposal, professional: User, landlord: Any) -> Commitment:
    promise = make_commitment(
        acting_user=professional,
        text="Mend the lamp",
        due_on=clock.today() + timedelta(days=7),
        proposal=decided,
        organisation=landlord,
        submission=uuid.uuid4(),
    )
    return claim_commitment(commitment=promise, acting_user=professional, note="It shines.")


def test_backers_say_that_it_is_done(
    client_of: ClientOf, decided: Proposal, claimed: Commitment, neighbours: list[User], professional: User
) -> None:
    url = at(decided, f"promises/{claimed.reference}/kept/")
    assert "It shines." in client_of(neighbours[0]).get(decided.get_absolute_url()).content.decode()
    assert client_of(professional).post(url).status_code == 403
    assert client_of(neighbours[4]).post(url).status_code == 403
    for neighbour in neighbours[:3]:
        assert client_of(neighbour).post(url).status_code == 302
    claimed.refresh_from_db()
    assert claimed.state == "confirmed"
    assert client_of(neighbours[0]).post(url, follow=True).status_code == 200


def test_or_that_it_is_not(client_of: ClientOf, decided: Proposal, claimed: Commitment, neighbours: list[User]) -> None:
    url = at(decided, f"promises/{claimed.reference}/not-kept/")
    browser = client_of(neighbours[0])
    assert browser.get(url).status_code == 200
    assert "Say what is not done yet." in browser.post(url, {"note": ""}).content.decode()
    assert browser.post(url, {"note": "It is dark."}).status_code == 302
    claimed.refresh_from_db()
    assert claimed.state == "disputed"
    text = browser.get(decided.get_absolute_url()).content.decode()
    assert "Disputed: residents say it is not done." in text
    assert "It is dark." in text
    again = browser.post(url, {"note": "Still dark."})
    assert again.status_code == 200
    assert "Still dark." in again.content.decode()
    assert client_of(neighbours[4]).get(url).status_code == 403


def test_residents_promise_for_themselves(
    client_of: ClientOf, decided: Proposal, neighbours: list[User], resident: User, professional: User
) -> None:
    browser = client_of(neighbours[0])
    sent = {
        "text": "Cut the hedge",
        "due_on": str(clock.today() + timedelta(days=3)),
        "submission": str(uuid.uuid4()),
    }
    assert browser.get(at(decided, "promise/")).status_code == 200
    for _tap in range(2):
        assert browser.post(at(decided, "promise/"), sent).status_code == 302
    promise = Commitment.objects.get()
    assert promise.organisation is None
    for bad in ({"due_on": "1999-01-01"}, {"due_on": "9999-12-31"}, {"due_on": "NaN"}, {"text": ""}):
        assert browser.post(at(decided, "promise/"), sent | bad).status_code == 200
    yesterday = sent | {"due_on": str(clock.today() - timedelta(days=1)), "submission": str(uuid.uuid4())}
    assert "still to come" in browser.post(at(decided, "promise/"), yesterday).content.decode()
    assert client_of(professional).post(at(decided, "promise/"), sent).status_code == 403
    start, done = (at(decided, f"promises/{promise.reference}/{tail}/") for tail in ("start", "done"))
    assert client_of(resident).post(start).status_code == 403
    assert client_of(resident).get(done).status_code == 403
    for _tap in range(2):
        assert browser.post(start).status_code == 302
    assert browser.get(done).status_code == 200
    assert browser.post(done, {"note": ""}).status_code == 302
    promise.refresh_from_db()
    assert promise.state == "claimed_done"
    assert client_of(neighbours[0]).post(at(decided, f"promises/{promise.reference}/kept/")).status_code == 403
    assert client_of(resident).post(at(decided, f"promises/{promise.reference}/kept/")).status_code == 302


# ── Ends ────────────────────────────────────────────────────────────────────


def test_its_author_takes_it_off_the_table(
    client_of: ClientOf, tabled: Proposal, resident: User, neighbour: User
) -> None:
    url = at(tabled, "withdraw/")
    assert client_of(neighbour).get(url).status_code == 403
    assert client_of(neighbour).post(url, {"reason": "x"}).status_code == 403
    browser = client_of(resident)
    assert browser.get(url).status_code == 200
    assert "Say why. Everyone can read it." in browser.post(url, {"reason": ""}).content.decode()
    for _tap in range(2):
        assert browser.post(url, {"reason": "It was mended."}).status_code == 302
    tabled.refresh_from_db()
    assert tabled.state == "withdrawn"
    assert browser.get(url).status_code == 302
    refused = client_of(neighbour).post(at(tabled, "back/"), follow=True)
    assert "This proposal was taken off the table." in refused.content.decode()


def test_too_late_to_take_it_off(client_of: ClientOf, decided: Proposal, resident: User) -> None:
    response = client_of(resident).post(at(decided, "withdraw/"), {"reason": "I changed my mind"})
    assert response.status_code == 200
    assert "I changed my mind" in response.content.decode()


def test_table_it_again(client_of: ClientOf, tabled: Proposal, neighbour: User, professional: User) -> None:
    browser = client_of(neighbour)
    assert browser.post(at(tabled, "retable/"), follow=True).status_code == 200  # too soon
    with clock.at(clock.now() + timedelta(days=100)):
        lapse_proposals()
    assert client_of(professional).post(at(tabled, "retable/")).status_code == 403
    sent = {"submission": str(uuid.uuid4())}
    first = browser.post(at(tabled, "retable/"), sent)
    second = browser.post(at(tabled, "retable/"), sent)
    assert first.headers["Location"] == second.headers["Location"]
    draft = Proposal.objects.get(state="draft")
    assert (draft.author_id, draft.title) == (neighbour.pk, tabled.title)
    assert browser.get(at(tabled, "retable/")).status_code == 302


def test_backing_is_shown_at_once(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    text = client_of(neighbour).post(at(tabled, "back/"), follow=True).content.decode()
    assert "You back this now. Thank you." in text
    assert "1 neighbour backs this" in text
    back_proposal(proposal=tabled, acting_user=neighbour)
    assert Support.objects.count() == 1
