"""What a facilitator does for a vote: prepare, announce, call off, certify. Nothing that was typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from ballots.models import Ballot, Option
from communities.models import Community, Topic
from proposals.actions.backing import back_proposal
from record import clock
from tests.ballots.conftest import MakeBallot, counted
from tests.stage import MakeProposal

TERMS = {
    "question": "How shall we spend the winter pot?",
    "method": "budget",
    "pot": "12000",
    "budget_rule": "equal_shares",
    "electorate": "residents",
}


def page(ballot: Ballot, name: str, **more: Any) -> str:
    return reverse(f"ballots:{name}", kwargs={"community": "larkfield", "reference": ballot.reference, **more})


@pytest.fixture
def fay(facilitator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(facilitator)


@pytest.fixture
def draft(make_ballot: MakeBallot) -> Ballot:
    return make_ballot()


def test_from_nothing_to_announced(fay: Client, community: Community, resident: User, green: Topic) -> None:
    day = clock.today() + timedelta(days=2)
    dates = {"opens_on": day.isoformat(), "closes_on": (day + timedelta(days=7)).isoformat()}
    sent = TERMS | dates | {"topic": str(green.pk), "submission": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}
    for _tap in range(2):
        assert fay.post("/c/larkfield/facilitate/ballots/new/", sent).status_code == 302
    ballot = Ballot.objects.get()
    assert (ballot.budget, ballot.state) == (1_200_000, "draft")
    fay.post(page(ballot, "option_add"), {"title": "Grit bins", "price": "1150"})
    fay.post(page(ballot, "option_add"), {"title": "Lights", "price": "67.50"})
    assert list(ballot.options.values_list("title", "cost")) == [("Grit bins", 115_000), ("Lights", 6_750)]
    check = fay.get(page(ballot, "announce"))
    assert "From the moment you announce it" in check.text
    assert "Residents decide" in check.text
    fay.post(page(ballot, "announce"))
    ballot.refresh_from_db()
    assert ballot.state == "announced"
    assert fay.post(page(ballot, "announce")).status_code == 302


def test_what_is_missing_is_said_and_nothing_is_announced(fay: Client, make_ballot: MakeBallot) -> None:
    ballot = make_ballot(budget=0)
    assert "Say how much money there is" in fay.post(page(ballot, "announce"), follow=True).text
    ballot.refresh_from_db()
    assert ballot.state == "draft"


def test_wrong_input_stays_on_the_page(fay: Client, community: Community, draft: Ballot) -> None:
    sent = TERMS | {"pot": "a lot", "min_share": "400", "about": "Kept words"}
    response = fay.post("/c/larkfield/facilitate/ballots/new/", sent)
    assert response.status_code == 200
    for kept in ("a lot", "400", "Kept words", "Give a sum such as"):
        assert kept in response.text
    response = fay.post(page(draft, "option_add"), {"title": "", "about": "Kept words", "price": "NaN"})
    assert response.status_code == 200
    assert "Kept words" in response.text


def test_terms_options_and_their_order_change_until_it_is_announced(fay: Client, draft: Ballot) -> None:
    fay.post(page(draft, "terms"), TERMS | {"question": "Which way now?", "pot": "500.50"})
    draft.refresh_from_db()
    assert (draft.question, draft.budget) == ("Which way now?", 50_050)
    first, second = draft.options.all()[:2]
    fay.post(page(draft, "option_change", option=second.pk), {"up": "1"})
    assert next(iter(draft.options.all())) == second
    fay.post(page(draft, "option_change", option=first.pk), {"title": "New words", "price": "5"})
    first.refresh_from_db()
    assert (first.title, first.cost) == ("New words", 500)
    fay.post(page(draft, "option_change", option=first.pk), {"remove": "1"})
    assert not Option.objects.filter(pk=first.pk).exists()
    fay.post(page(draft, "discard"))
    assert not Ballot.objects.filter(pk=draft.pk).exists()


def test_by_when_papers_come_back_is_asked_or_is_a_day_before_the_close(fay: Client, draft: Ballot) -> None:
    opens = clock.today() + timedelta(days=2)
    dates = {"opens_on": opens.isoformat(), "closes_on": (opens + timedelta(days=9)).isoformat()}
    back = opens + timedelta(days=5)
    fay.post(page(draft, "terms"), TERMS | dates | {"papers_on": back.isoformat(), "papers_time": "17:30"})
    draft.refresh_from_db()
    assert draft.papers_back_by is not None
    assert timezone.localtime(draft.papers_back_by).strftime("%Y-%m-%d %H:%M") == f"{back.isoformat()} 17:30"
    assert f'value="{back.isoformat()}"' in fay.get(page(draft, "terms")).text
    late = (opens + timedelta(days=30)).isoformat()
    fay.post(page(draft, "terms"), TERMS | dates | {"papers_on": late})
    refused = fay.post(page(draft, "announce"), follow=True).text
    assert "Paper votes must be back while the vote is open." in refused
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_does_not_belong_to_the_method_is_cleared(fay: Client, draft: Ballot) -> None:
    pot = {"pot": "12000", "budget_rule": "greedy", "seats": "3", "min_share": "20"}
    more = {"electorate_area": "Heron House", "electorate_since": "2026-01-05"}

    def saved(method: str, electorate: str = "residents") -> Ballot:
        fay.post(page(draft, "terms"), TERMS | pot | more | {"method": method, "electorate": electorate})
        draft.refresh_from_db()
        assert draft.method == method
        return draft

    ballot = saved("budget")
    assert (ballot.budget, ballot.budget_rule, ballot.seats, ballot.min_share) == (1_200_000, "greedy", 1, 20)
    ballot = saved("ranked", "area")
    assert (ballot.budget, ballot.budget_rule, ballot.seats, ballot.min_share) == (0, "equal_shares", 3, 0)
    assert (ballot.electorate_area, ballot.electorate_since) == ("Heron House", None)
    ballot = saved("approval", "members_since")
    assert (ballot.seats, ballot.min_share, ballot.electorate_area) == (3, 20, "")
    assert ballot.electorate_since is not None


@pytest.mark.parametrize(
    ("method", "words", "marks"),
    [
        ("budget", "Tick the box of each one", 'class="box"'),
        ("approval", "Tick the box of each one", 'class="box"'),
        ("ranked", "Write 1 beside your first choice", 'class="line"'),
        ("score", "Put a ring round one number", "<span>5</span>"),
    ],
)
def test_a_printed_paper_has_the_marks_of_its_method(
    method: str,
    words: str,
    marks: str,
    fay: Client,
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    resident: User,
) -> None:
    ballot = make_open(make_ballot(method=method))
    text = fay.get(page(ballot, "papers")).text
    assert words in text
    assert marks in text


def test_what_residents_sent_is_put_on_and_cannot_be_thrown_away(
    fay: Client, draft: Ballot, make_proposal: MakeProposal, green: Topic, neighbours: list[User]
) -> None:
    proposal = make_proposal(topic=green, title="Lights on the plum tree")
    for person in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=person)
    collecting = Ballot.objects.get(collects=True)
    fay.post(page(collecting, "discard"))
    fay.post(page(collecting, "option_change", option=collecting.options.get().pk), {"remove": "1"})
    assert collecting.options.get().proposal == proposal
    for address in (page(collecting, "prepare"), reverse("ballots:manage", args=["larkfield"])):
        text = fay.get(address).text
        assert proposal.title in text
        assert "waits since" in text
    assert proposal.title in fay.get(page(draft, "prepare")).text
    fay.post(page(draft, "option_add"), {"proposal": str(proposal.pk)})
    assert draft.options.filter(proposal=proposal).exists()
    assert fay.post(page(draft, "option_add"), {"proposal": "nonsense"}).status_code == 404


def test_calling_it_off_needs_a_reason(fay: Client, announced: Ballot) -> None:
    assert "Say why" in fay.post(page(announced, "cancel"), {"reason": " "}).text
    fay.post(page(announced, "cancel"), {"reason": "An option was missing."})
    announced.refresh_from_db()
    assert (announced.state, announced.cancel_reason) == ("cancelled", "An option was missing.")


def test_certifying(fay: Client, open_vote: Ballot, vote: Callable[..., None], neighbours: list[User]) -> None:
    for person in neighbours:
        vote(person, "1")
    ballot = counted(open_vote)
    assert fay.get(page(ballot, "certify")).status_code == 302
    ballot.refresh_from_db()
    assert ballot.state == "counted"  # reading certifies nothing
    for _tap in range(2):
        fay.post(page(ballot, "certify"))
    ballot.refresh_from_db()
    assert ballot.state == "certified"
    assert ballot.decision is not None


@pytest.mark.parametrize("who", ["resident", "professional", "newcomer"])
@pytest.mark.parametrize("name", ["prepare", "terms", "announce", "cancel", "roll", "papers", "enter", "batches"])
def test_only_facilitators(
    who: str, name: str, open_vote: Ballot, client_of: Callable[[User], Client], request: pytest.FixtureRequest
) -> None:
    assert client_of(request.getfixturevalue(who)).get(page(open_vote, name)).status_code == 403


@pytest.mark.parametrize("count", [2, 20])
def test_the_working_page_takes_the_same_number_of_queries(
    count: int, fay: Client, make_ballot: MakeBallot, django_assert_num_queries: Any
) -> None:
    ballot = make_ballot(options=[(f"Option {n}", 1000) for n in range(count)])
    with django_assert_num_queries(5):
        fay.get(page(ballot, "prepare"))
    with django_assert_num_queries(4):
        fay.get(reverse("ballots:manage", args=["larkfield"]))
