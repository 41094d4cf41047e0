"""Tabling a proposal, page by page, on a bad line and with a nervous thumb."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from proposals.actions.drafting import table_proposal
from proposals.models import Proposal

ClientOf = Callable[[User], Client]
NEW = "/c/larkfield/proposals/new/"


@pytest.fixture
def phone(client_of: ClientOf, resident: User) -> Client:
    return client_of(resident)


def step(draft: Proposal, name: str) -> str:
    return f"/c/larkfield/proposals/draft/{draft.pk}/{name}/"


def test_the_whole_way(phone: Client, topic: Any, landlord: Any) -> None:
    sent = {"outcome_wanted": "Anyone can sit down on the way up.", "submission": str(uuid.uuid4())}
    response = phone.post(NEW, sent)
    draft = Proposal.objects.get()
    assert response.headers["Location"] == step(draft, "who")
    who = {"we_can": "- Ask at each door\n\n* Oil it", "need_help_with": "£450", "needs_nothing_from_them": "on"}
    assert phone.post(step(draft, "who"), who).headers["Location"] == step(draft, "why")
    why = {"title": "A bench half way up Mill Lane", "case": "It is steep."}
    assert phone.post(step(draft, "why"), why).headers["Location"] == step(draft, "similar")
    assert phone.get(step(draft, "similar")).headers["Location"] == step(draft, "topic")
    about = {"topic": str(topic.pk), "organisations": [str(landlord.pk)]}
    assert phone.post(step(draft, "topic"), about).headers["Location"] == step(draft, "check")
    text = phone.get(step(draft, "check")).content.decode()
    for words in ("Anyone can sit down", "Ask at each door", "A bench half way", "It is steep.", "Penhale Homes"):
        assert words in text
    response = phone.post(step(draft, "check"))
    draft.refresh_from_db()
    assert draft.state == "tabled"
    assert draft.we_can == "Ask at each door\nOil it"
    assert draft.needs_nothing_from_them
    assert response.headers["Location"] == draft.get_absolute_url()


def test_looking_makes_nothing(phone: Client, topic: Any) -> None:
    assert phone.get(NEW).status_code == 200
    assert not Proposal.objects.exists()


def test_sent_twice_it_is_one_draft(phone: Client, topic: Any) -> None:
    sent = {"outcome_wanted": "Sit down.", "submission": str(uuid.uuid4())}
    phone.post(NEW, sent)
    phone.post(NEW, sent | {"outcome_wanted": "Sit down on the way."})
    assert Proposal.objects.get().outcome_wanted == "Sit down on the way."


def test_tabled_twice_it_is_one_proposal(phone: Client, make_draft: Any) -> None:
    draft = make_draft()
    first = phone.post(step(draft, "check"))
    second = phone.post(step(draft, "check"))
    assert first.headers["Location"] == second.headers["Location"]
    assert Proposal.objects.tabled().count() == 1


def test_back_after_tabling_shows_the_proposal(phone: Client, make_draft: Any, resident: User) -> None:
    draft = make_draft()
    tabled = table_proposal(proposal=draft, acting_user=resident)
    for name in ("who", "why", "similar", "topic", "check"):
        assert phone.get(step(draft, name)).headers["Location"] == tabled.get_absolute_url()
        assert phone.post(step(draft, name), {"title": "x"}).headers["Location"] == tabled.get_absolute_url()
    again = phone.post(NEW, {"outcome_wanted": "Again", "submission": str(draft.submission)})
    assert again.headers["Location"] == tabled.get_absolute_url()


def test_what_is_missing_is_said_and_what_was_typed_is_kept(phone: Client, make_draft: Any) -> None:
    draft = make_draft()
    response = phone.post(step(draft, "who"), {"we_can": "Ask at each door", "only_they_can": ""})
    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error:" in text.replace("\n", "").replace("<title> ", "<title>")
    assert "Say what only the landlord or council can do, or tick “Nothing”" in text
    assert "Ask at each door" in text
    draft.refresh_from_db()
    assert draft.we_can == "Ask at each door"


def test_save_and_leave_keeps_what_is_not_finished(phone: Client, make_draft: Any) -> None:
    draft = make_draft()
    response = phone.post(step(draft, "why"), {"title": "", "case": "Half a thought", "leave": "yes"})
    assert response.headers["Location"] == "/c/larkfield/proposals/drafts/"
    draft.refresh_from_db()
    assert (draft.title, draft.case) == ("", "Half a thought")


def test_leaving_never_loses_what_is_too_long(phone: Client, make_draft: Any) -> None:
    draft = make_draft()
    response = phone.post(step(draft, "why"), {"title": "t" * 121, "case": "c", "leave": "yes"})
    assert "Cut 1 letter" in response.content.decode()
    assert "t" * 121 in response.content.decode()


def test_a_change_from_the_check_goes_back_to_it(phone: Client, make_draft: Any) -> None:
    draft = make_draft()
    response = phone.post(step(draft, "why") + "?back=check", {"title": "New", "case": "Why"})
    assert response.headers["Location"] == step(draft, "check")


def test_an_unfinished_draft_is_not_tabled(phone: Client, make_draft: Any) -> None:
    draft = make_draft(title="")
    response = phone.post(step(draft, "check"))
    assert response.status_code == 200
    assert "Give your proposal a title." in response.content.decode()
    assert step(draft, "why") in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_similar_ones_are_shown_before(phone: Client, make_draft: Any, make_proposal: Any, neighbour: User) -> None:
    there = make_proposal(author=neighbour, title="Lights for the path to the bus stop")
    draft = make_draft()
    text = phone.get(step(draft, "similar")).content.decode()
    assert there.title in text
    assert "Back this instead" in text


def test_personal_details_are_warned_of_and_let_through(phone: Client, make_draft: Any) -> None:
    draft = make_draft(case="Ring Carol on 07700 900123.")
    assert "a phone number" in phone.get(step(draft, "check")).content.decode()
    assert phone.post(step(draft, "check")).status_code == 302


def test_drafts_are_listed_for_their_author_alone(
    phone: Client, client_of: ClientOf, make_draft: Any, neighbour: User
) -> None:
    draft = make_draft(title="My own")
    assert "My own" in phone.get("/c/larkfield/proposals/drafts/").content.decode()
    other = client_of(neighbour)
    assert "My own" not in other.get("/c/larkfield/proposals/drafts/").content.decode()
    for name in ("who", "why", "similar", "topic", "check", "discard"):
        assert other.get(step(draft, name)).status_code == 404
        assert other.post(step(draft, name), {"title": "Theirs"}).status_code == 404


def test_a_draft_is_thrown_away_after_asking(phone: Client, make_draft: Any) -> None:
    draft = make_draft()
    assert phone.get(step(draft, "discard")).status_code == 200
    assert Proposal.objects.exists()
    assert phone.post(step(draft, "discard")).status_code == 302
    assert not Proposal.objects.exists()
    assert phone.post(step(draft, "discard")).status_code == 404


def test_a_stranger_signs_in_first(client: Client, topic: Any) -> None:
    response = client.get(NEW)
    assert response.status_code == 302
    assert "next=" in response.headers["Location"]


@pytest.mark.parametrize("who", ["professional", "facilitator", "newcomer", "staff"])
def test_others_may_not(client_of: ClientOf, topic: Any, request: pytest.FixtureRequest, who: str) -> None:
    phone = client_of(request.getfixturevalue(who))
    assert phone.get(NEW).status_code == 403
    assert phone.post(NEW, {"outcome_wanted": "x"}).status_code == 403
    assert not Proposal.objects.exists()


def test_extra_fields_change_nothing(phone: Client, make_draft: Any, neighbour: User) -> None:
    draft = make_draft()
    forged = {
        "title": "T",
        "case": "C",
        "state": "decided",
        "author": str(neighbour.pk),
        "threshold": "0",
        "number": "1",
    }
    phone.post(step(draft, "why"), forged)
    fresh = Proposal.objects.get()
    assert (fresh.state, fresh.number, fresh.author_id, fresh.threshold) == (
        "draft",
        None,
        draft.author_id,
        draft.threshold,
    )


def test_topics_of_another_community_are_not_taken(phone: Client, make_draft: Any, private_community: Any) -> None:
    draft = make_draft()
    theirs = private_community.topics.first()
    assert phone.post(step(draft, "topic"), {"topic": str(theirs.pk)}).status_code == 200
    assert phone.post(step(draft, "topic"), {"topic": "nonsense"}).status_code == 200


def test_no_such_step(phone: Client, make_draft: Any) -> None:
    assert phone.get(step(make_draft(), "nowhere")).status_code == 404
