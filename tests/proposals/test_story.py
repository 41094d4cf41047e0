"""The story line says what was, what is and what comes next."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from proposals.actions.backing import back_proposal
from proposals.clocks import with_clocks
from proposals.models import Ask, Proposal, Response
from proposals.story import story_of
from record import clock


def line(proposal: Proposal, names: list[str] | None = None) -> list[tuple[str, str, str]]:
    proposal = Proposal.objects.select_related("rule", "decision", "author").get(pk=proposal.pk)
    asks = with_clocks(proposal.asks.select_related("organisation"), clock.today(), proposal.community)
    steps = story_of(proposal, asks, list(proposal.commitments.all()), names or ["Penhale Homes"], clock.today())
    return [(step["side"], step["state"], step["title"]) for step in steps]


def test_on_the_table(tabled: Proposal) -> None:
    assert line(tabled) == [
        ("res", "past", "Tabled"),
        ("res", "now", "Gathering backing"),
        ("res", "next", "Asked"),
        ("org", "next", "Answered"),
        ("org", "next", "Decided"),
        ("res", "next", "Done"),
    ]


def test_asked(asked: Proposal) -> None:
    assert [step[1] for step in line(asked)] == ["past", "past", "past", "now", "next", "next"]


def test_answered_late_stays_late(ask: Ask, publish: Any) -> None:
    with clock.at(clock.now() + timedelta(days=40)):
        response: Response = publish(ask)
        proposal = Proposal.objects.select_related("rule", "decision", "author").get(pk=response.proposal_id)
        asks = with_clocks(proposal.asks.all(), clock.today(), proposal.community)
        steps = story_of(proposal, asks, [], ["Penhale Homes"], clock.today())
    answered = steps[3]
    assert (answered["title"], answered["state"], answered["late"]) == ("Answered", "past", True)
    assert "late" in answered["note"]


def test_decided(decided: Proposal) -> None:
    assert line(decided)[4] == ("org", "past", "Decided")


def test_where_residents_decide_nobody_is_asked(make_draft: Any, community: Any, neighbours: list[User]) -> None:
    from proposals.actions.drafting import table_proposal

    draft = make_draft(topic=community.topics.get(slug="green"))
    proposal = table_proposal(proposal=draft, acting_user=draft.author)
    for neighbour in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    assert line(proposal) == [
        ("res", "past", "Tabled"),
        ("res", "past", "Backed"),
        ("res", "now", "Being decided"),
        ("res", "next", "Done"),
    ]


def test_several_are_named_as_people_do(tabled: Proposal) -> None:
    steps = story_of(
        Proposal.objects.select_related("rule", "author").get(pk=tabled.pk), [], [], ["A", "B", "C"], clock.today()
    )
    assert steps[2]["note"] == "A, B and C"
    assert steps[4]["note"] == "A, B and C decide, after asking residents"


def test_signatures_elsewhere_are_called_signatures(tabled: Proposal) -> None:
    proposal = Proposal.objects.select_related("rule", "author").get(pk=tabled.pk)
    proposal.original_signatures, proposal.threshold = 1530, 10_000
    steps = story_of(proposal, [], [], ["A"], clock.today())
    assert steps[1]["text"] == "1,530 of 10,000 signatures"
