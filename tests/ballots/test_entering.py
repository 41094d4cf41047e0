"""Votes on paper and by phone: one person, one vote, whatever the channel; piles typed in twice; the printed paper."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ballots.actions.entering import (
    begin_check,
    cast_batch,
    check_paper,
    enter_vote,
    settle_paper,
    start_batch,
    type_paper,
)
from ballots.actions.voting import cast_vote
from ballots.exceptions import NotAllowed, NotNow, NotValid
from ballots.models import Ballot, Elector, Paper, PaperBatch, PaperEntry
from record.models import Event
from tests.ballots.conftest import MakeBallot, close, counted


def page(ballot: Ballot, name: str, **more: Any) -> str:
    return reverse(f"ballots:{name}", kwargs={"community": "larkfield", "reference": ballot.reference, **more})


def code_of(user: User) -> str:
    return Elector.objects.get(user=user).code


@pytest.fixture
def fay(facilitator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(facilitator)


@pytest.fixture
def second(make_user: Callable[..., User], open_vote: Ballot) -> User:
    """Another facilitator, who checks."""
    return make_user("Sid Second", open_vote.community, "facilitator")


def test_a_phone_vote_is_read_back_and_gives_a_receipt(open_vote: Ballot, fay: Client, resident: User) -> None:
    typed = code_of(resident).lower().replace("-", " ")
    sent = {"code": typed, "channel": "phone", "choice": ["1", "3"]}
    check = fay.post(page(open_vote, "enter"), sent)
    assert "Warm room with soup" in check.text
    assert not Paper.objects.exists()
    done = fay.post(page(open_vote, "enter"), sent | {"sure": "1"})
    assert Paper.objects.get().receipt in done.text
    assert Elector.objects.get(user=resident).channel == "phone"
    event = Event.objects.get(kind="vote.entered")
    assert event.payload["user"] == str(resident.pk)
    assert "choice" not in str(event.payload)


def test_a_vote_online_stands_over_one_that_was_entered(open_vote: Ballot, facilitator: User, resident: User) -> None:
    entry = {"ballot": open_vote, "acting_user": facilitator, "code": code_of(resident), "channel": "paper"}
    enter_vote(**entry, choices={"2": 1})
    cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    with pytest.raises(NotNow, match="online"):
        enter_vote(**entry, choices={"2": 1})
    assert Paper.objects.get().choices == {"1": 1}
    assert counted(open_vote).online_count == 1


def test_a_later_entry_replaces_an_earlier_one(open_vote: Ballot, facilitator: User, resident: User) -> None:
    code = code_of(resident)
    first = enter_vote(ballot=open_vote, acting_user=facilitator, code=code, channel="paper", choices={"2": 1})
    again = enter_vote(ballot=open_vote, acting_user=facilitator, code=code, channel="phone", choices={"3": 1})
    assert (Paper.objects.get().choices, again.receipt) == ({"3": 1}, first.receipt)
    ballot = close(open_vote)
    assert (ballot.paper_count, ballot.phone_count) == (0, 1)


@pytest.mark.parametrize("who", ["resident", "professional", "outsider"])
def test_only_facilitators_enter(who: str, open_vote: Ballot, neighbour: User, request: pytest.FixtureRequest) -> None:
    code = Elector.objects.all()[0].code
    with pytest.raises(NotAllowed):
        enter_vote(
            ballot=open_vote,
            acting_user=request.getfixturevalue(who),
            code=code,
            channel="phone",
            choices={"1": 1},
        )


def test_wrong_entries_are_refused_in_words(open_vote: Ballot, fay: Client, resident: User) -> None:
    for sent, said in [
        ({"code": "XXXX-XXXX", "channel": "phone"}, "No paper of this vote has that code"),
        ({"code": code_of(resident), "channel": "online"}, "on paper or by phone"),
        ({"code": code_of(resident), "channel": "paper", "choice": ["77"]}, "not on the ballot"),
        ({"code": "\x00" * 50, "channel": ""}, "No paper of this vote"),
    ]:
        response = fay.post(page(open_vote, "enter"), sent | {"sure": "1"})
        assert response.status_code == 200
        assert said in response.text
    assert not Paper.objects.exists()


def test_a_pile_goes_into_the_box_when_both_times_agree(
    open_vote: Ballot, facilitator: User, second: User, neighbours: list[User], resident: User
) -> None:
    batch = start_batch(ballot=open_vote, acting_user=facilitator, label="First box")
    assert start_batch(ballot=open_vote, acting_user=facilitator, label="First box") == batch
    people = [*neighbours[:2], resident]
    for person in people:
        type_paper(batch=batch, acting_user=facilitator, code=code_of(person), choices={"1": 1})
    with pytest.raises(NotNow):
        check_paper(batch=batch, acting_user=second, code=code_of(resident), choices={"1": 1})
    begin_check(batch=batch, acting_user=second)
    assert check_paper(batch=batch, acting_user=second, code=code_of(people[0]), choices={"1": 1})
    assert not check_paper(batch=batch, acting_user=second, code=code_of(people[1]), choices={"2": 1})
    with pytest.raises(NotNow, match="once only"):
        cast_batch(batch=batch, acting_user=second)
    check_paper(batch=batch, acting_user=second, code=code_of(resident), choices={"1": 1})
    with pytest.raises(NotNow, match="differ"):
        cast_batch(batch=batch, acting_user=second)
    assert not Paper.objects.exists()
    settle_paper(batch=batch, acting_user=second, position=2, choices={"2": 1})
    cast_vote(ballot=open_vote, acting_user=resident, choices={"4": 1})  # meanwhile, at home
    pile = cast_batch(batch=batch, acting_user=second)
    assert pile.cast == 2
    assert [position for position, _why in pile.left_out] == [3]
    assert not PaperEntry.objects.exists()
    with pytest.raises(NotNow):
        cast_batch(batch=batch, acting_user=second)
    ballot = close(open_vote)
    assert (ballot.online_count, ballot.paper_count) == (1, 2)


def test_a_paper_that_was_not_typed_the_first_time_is_refused_the_second(
    open_vote: Ballot, facilitator: User, neighbours: list[User]
) -> None:
    batch = start_batch(ballot=open_vote, acting_user=facilitator, label="First box")
    with pytest.raises(NotNow):
        begin_check(batch=batch, acting_user=facilitator)
    type_paper(batch=batch, acting_user=facilitator, code=code_of(neighbours[0]), choices={"1": 1})
    begin_check(batch=batch, acting_user=facilitator)
    with pytest.raises(NotValid):
        check_paper(batch=batch, acting_user=facilitator, code=code_of(neighbours[1]), choices={"1": 1})


def test_the_pages_of_a_pile(open_vote: Ballot, fay: Client, neighbours: list[User]) -> None:
    assert "short name" in fay.post(page(open_vote, "batches"), {"label": " "}).text
    here = fay.post(page(open_vote, "batches"), {"label": "First box"})["Location"]
    sent = {"code": code_of(neighbours[0]), "choice": ["1"]}
    fay.post(here, sent)
    assert "1 paper is typed in" in fay.get(here).text
    fay.post(here, {"begin": "1"})
    fay.post(here, {"code": code_of(neighbours[0]), "choice": ["2"]})
    text = fay.get(here).text
    assert "These differ from the first time" in text
    assert "You typed this pile in the first time" in text
    fay.post(here, {"position": "1", "choice": ["2"]})
    fay.post(here, {"cast": "1"})
    assert "This pile is in the box" in fay.get(here).text
    assert Paper.objects.get().choices == {"2": 1}
    assert PaperBatch.objects.get().state == "cast"


def test_the_printed_paper_leads_nowhere_by_itself(
    open_vote: Ballot, fay: Client, resident: User, client: Client
) -> None:
    text = fay.get(page(open_vote, "papers")).text
    assert code_of(resident) in text
    assert text.count("<svg") >= Elector.objects.count()
    address = page(open_vote, "paper", code=code_of(resident))
    assert "Nobody can vote with them" in client.get(address).text
    client.force_login(resident)
    assert client.get(address).status_code == 200
    assert fay.get(address)["Location"].endswith(f"/enter/?code={code_of(resident)}")
    assert not Paper.objects.exists()


def test_neither_roll_nor_papers_say_who_has_voted(open_vote: Ballot, fay: Client, resident: User) -> None:
    before = [fay.get(page(open_vote, name)).text for name in ("roll", "papers", "prepare")]
    cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    assert [fay.get(page(open_vote, name)).text for name in ("roll", "papers", "prepare")] == before


@pytest.mark.parametrize("count", [1, 20])
def test_roll_and_papers_take_the_same_number_of_queries(
    count: int,
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    make_user: Callable[..., User],
    fay: Client,
    django_assert_num_queries: Any,
) -> None:
    draft = make_ballot()
    for n in range(count):
        make_user(f"Voter {n}", draft.community)
    ballot = make_open(draft)
    with django_assert_num_queries(3):
        fay.get(page(ballot, "roll"))
    with django_assert_num_queries(4):
        fay.get(page(ballot, "papers"))
