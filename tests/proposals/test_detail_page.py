"""The page of a proposal, in every state, for everyone."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from proposals.actions.asking import call_in_proposal
from proposals.actions.backing import back_proposal
from proposals.actions.ending import lapse_proposals, merge_proposals, withdraw_proposal
from proposals.actions.promising import change_commitment, make_commitment
from proposals.actions.talk import add_comment, make_offer
from proposals.actions.verdicts import give_verdict
from proposals.models import Ask, Commitment, Proposal, Response
from record import clock

ClientOf = Callable[[User], Client]


def page(client: Client, proposal: Proposal) -> str:
    response = client.get(proposal.get_absolute_url())
    assert response.status_code == 200
    return str(response.content.decode())


def test_everyone_reads_it(client: Client, tabled: Proposal) -> None:
    text = page(client, tabled)
    assert "Light the path from Heron House" in text
    assert "Anyone can walk home" in text
    assert "Mend the lamp" in text
    assert "0 neighbours back this" in text
    assert "Gathering backing" in text


def test_the_wrong_words_lead_to_the_right_address(client: Client, tabled: Proposal) -> None:
    wrong = tabled.get_absolute_url().replace(tabled.slug, "something-else")
    response = client.get(wrong + "?page=x")
    assert response.status_code == 302
    assert response.headers["Location"] == tabled.get_absolute_url() + "?page=x"


def test_so_does_the_number_alone(client: Client, tabled: Proposal) -> None:
    """Posters say “Proposal 12”."""
    response = client.get(f"/c/larkfield/proposals/{tabled.number}/")
    assert response.status_code == 302
    assert response.headers["Location"] == tabled.get_absolute_url()


@pytest.mark.parametrize("number", ["0", "999", "99999999999999999999999999"])
def test_a_number_that_is_not_there(client: Client, tabled: Proposal, number: str) -> None:
    address = tabled.get_absolute_url().replace(f"/{tabled.number}/", f"/{number}/")
    assert client.get(address).status_code == 404
    assert client.get(f"/c/larkfield/proposals/{number}/").status_code == 404


def test_a_draft_has_no_page(client_of: ClientOf, make_draft: Any, resident: User) -> None:
    draft = make_draft()
    Proposal.objects.filter(pk=draft.pk).update(number=7)
    assert client_of(resident).get(f"/c/larkfield/proposals/7/{draft.slug or 'x'}/").status_code == 404


def test_outsiders_of_a_private_community_find_nothing(
    client: Client, client_of: ClientOf, tabled: Proposal, outsider: User, neighbour: User
) -> None:
    tabled.community.is_public = False
    tabled.community.save()
    url = tabled.get_absolute_url()
    assert client.get(url).status_code == 404
    assert client_of(outsider).get(url).status_code == 404
    assert client_of(neighbour).get(url).status_code == 200


def test_only_residents_find_the_button(
    client_of: ClientOf, tabled: Proposal, neighbour: User, professional: User
) -> None:
    button = f'action="{tabled.get_absolute_url()}back/"'
    assert button in page(client_of(neighbour), tabled)
    theirs = page(client_of(professional), tabled)
    assert button not in theirs
    assert "Only residents back proposals" in theirs


def test_who_backs_it_can_take_it_back(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    back_proposal(proposal=tabled, acting_user=neighbour)
    assert f'action="{tabled.get_absolute_url()}take-back/"' in page(client_of(neighbour), tabled)


def test_waiting_for_an_answer_shows_the_clock(client: Client, asked: Proposal) -> None:
    text = page(client, asked)
    assert "Day 0 of 20" in text
    assert "Penhale Homes must answer by" in text


def test_late_is_said_on_the_clock_and_in_the_story(client: Client, asked: Proposal, ask: Ask) -> None:
    with clock.at(clock.now() + timedelta(days=40)):
        text = page(client, asked)
    assert "working days overdue" in text
    assert 'class="org now late"' in text


def test_several_organisations_have_a_clock_each(
    client: Client, tabled: Proposal, facilitator: User, landlord: Any, council: Any
) -> None:
    call_in_proposal(
        proposal=tabled, acting_user=facilitator, reason="It is not safe.", organisations=[landlord, council]
    )
    text = page(client, tabled)
    assert text.count('class="clock"') == 2
    assert "A facilitator asked for this answer" in text
    assert "0 of 2 have answered" in text


def test_an_answer_is_shown_whole(client: Client, response: Response) -> None:
    text = page(client, response.proposal)
    assert "The answer from Penhale Homes" in text
    assert "The lamp is ours." in text
    assert "Priya Nair" in text
    assert "Did this answer it?" not in text  # nobody spoke, and a stranger has no say


def test_backers_are_asked_whether_it_answers(
    client_of: ClientOf, response: Response, neighbours: list[User], newcomer: User
) -> None:
    theirs = page(client_of(neighbours[0]), response.proposal)
    assert "Did this answer it?" in theirs
    assert "This does not" in theirs
    assert 'name="answers_it"' not in page(client_of(newcomer), response.proposal)


def test_a_contested_answer_is_said_loudly(client: Client, response: Response, neighbours: list[User]) -> None:
    for neighbour in neighbours[:3]:
        give_verdict(response=response, acting_user=neighbour, answers_it=False)
    text = page(client, response.proposal)
    assert "Most people who asked say this does not answer it" in text
    assert "Contested answer" in text


def test_a_decision_says_who_decided(client: Client, decided: Proposal) -> None:
    text = page(client, decided)
    assert "Organisation decided after asking residents" in text
    assert decided.decision is not None
    assert decided.decision.get_absolute_url() in text


@pytest.fixture
def promise(decided: Proposal, professional: User, landlord: Any) -> Commitment:
    return make_commitment(
        acting_user=professional,
        text="Mend the lamp",
        due_on=clock.today() + timedelta(days=7),
        proposal=decided,
        organisation=landlord,
        submission=uuid.uuid4(),
    )


def test_a_changed_promise_keeps_its_old_words(client: Client, promise: Commitment, professional: User) -> None:
    change_commitment(
        commitment=promise,
        acting_user=professional,
        text="Mend the lamp and the switch",
        due_on=promise.due_on + timedelta(days=7),
        reason="The switch is broken too.",
    )
    assert promise.proposal is not None
    text = page(client, promise.proposal)
    assert "What was changed" in text
    assert "The switch is broken too." in text


def test_a_late_promise_is_late(client: Client, promise: Commitment) -> None:
    assert promise.proposal is not None
    with clock.at(clock.now() + timedelta(days=21)):
        text = page(client, promise.proposal)
    assert "Late by" in text
    assert "1 is late" in text


def test_the_ends_are_said_with_their_reason(
    client: Client, client_of: ClientOf, make_proposal: Any, resident: User, facilitator: User, neighbour: User
) -> None:
    gone, double, stays, slow = (make_proposal(title=title) for title in ("Gone", "Double", "Stays", "Slow"))
    withdraw_proposal(proposal=gone, acting_user=resident, reason="It was mended.")
    merge_proposals(duplicate=double, into=stays, acting_user=facilitator, reason="The same lamp.")
    assert "It was mended." in page(client, gone)
    merged = page(client, double)
    assert stays.get_absolute_url() in merged
    assert "The same lamp." in merged
    with clock.at(clock.now() + timedelta(days=100)):
        lapse_proposals()
    assert "Not enough neighbours backed this in time" in page(client, slow)
    assert "Table it again" not in page(client, slow)
    assert "Table it again" in page(client_of(neighbour), slow)


def test_brought_in_from_elsewhere(client: Client, tabled: Proposal) -> None:
    place = tabled.community
    place.source_name, place.source_licence = "UK Parliament petitions", "Open Government Licence"
    place.source_licence_url = "https://licence.example/"
    place.save()
    Proposal.objects.filter(pk=tabled.pk).update(
        source_id="1", source_url="https://petition.example/1", original_signatures=12345, author=None
    )
    tabled.links.create(kind="debate", title="Debate", url="javascript:alert(1)")
    text = page(client, tabled)
    assert "12,345" in text
    assert "https://petition.example/1" in text
    assert "https://licence.example/" in text
    assert "javascript:" not in text


def test_comments_have_their_answers_below(
    client: Client, tabled: Proposal, neighbour: User, professional: User
) -> None:
    first = add_comment(proposal=tabled, acting_user=neighbour, body="First", submission=uuid.uuid4())
    add_comment(proposal=tabled, acting_user=neighbour, body="Second", submission=uuid.uuid4())
    add_comment(proposal=tabled, acting_user=professional, body="Answer", submission=uuid.uuid4(), parent=first)
    text = page(client, tabled)
    assert text.index("<p>First") < text.index("<p>Answer") < text.index("<p>Second")
    assert "Professional, housing manager, Penhale Homes" in text


def test_many_comments_come_in_pages(client: Client, tabled: Proposal, neighbour: User) -> None:
    for n in range(51):
        add_comment(proposal=tabled, acting_user=neighbour, body=f"Word {n}.", submission=uuid.uuid4())
    first = client.get(tabled.get_absolute_url())
    assert b"Word 49." in first.content
    assert b"Word 50." not in first.content
    onwards = first.context["talk"].next_url
    assert b"Word 50." in client.get(tabled.get_absolute_url() + onwards).content


def _fill(proposal: Proposal, people: list[User], times: int) -> None:
    """Comments, answers, offers and promises, `times` of each."""
    for n in range(times):
        who = people[n % len(people)]
        comment = add_comment(proposal=proposal, acting_user=who, body="A word", submission=uuid.uuid4())
        add_comment(proposal=proposal, acting_user=who, body="Back", submission=uuid.uuid4(), parent=comment)
        make_offer(proposal=proposal, acting_user=who, text="A rake", submission=uuid.uuid4())
        make_commitment(
            acting_user=who,
            text="Rake",
            due_on=clock.today() + timedelta(days=7),
            proposal=proposal,
            submission=uuid.uuid4(),
        )


@pytest.mark.parametrize("signed", [False, True])
def test_queries_do_not_grow(
    client: Client,
    client_of: ClientOf,
    decided: Proposal,
    neighbours: list[User],
    django_assert_num_queries: Any,
    signed: bool,
) -> None:
    browser = client_of(neighbours[0]) if signed else client
    url = decided.get_absolute_url()
    _fill(decided, neighbours, 1)
    with django_assert_num_queries(10 if signed else 8):
        browser.get(url)
    _fill(decided, neighbours, 19)
    with django_assert_num_queries(10 if signed else 8):
        browser.get(url)
