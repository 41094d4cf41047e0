"""Who hears of a vote, in which words; and that nobody learns from it who voted, or how."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail

from accounts.models import User
from ballots.actions.advising import answer_advice
from ballots.actions.announcing import announce_ballot, cancel_ballot
from ballots.actions.certifying import certify_ballot
from ballots.actions.entering import enter_vote
from ballots.actions.preparing import add_option
from ballots.actions.reminding import announce_closing_soon
from ballots.actions.voting import cast_vote, keep_choices
from ballots.models import Ballot, Elector
from communities.models import Community, Membership, Organisation, Topic
from notifications.actions.choosing import Choice, choose
from notifications.actions.following import mute
from notifications.actions.relaying import relay_waiting_events
from notifications.actions.sending import send_due_deliveries
from notifications.models import Delivery, Follow, Notification
from proposals.actions.asking_for_promises import record_overdue_commitment_asks
from proposals.actions.backing import back_proposal
from proposals.models import Proposal
from record import clock
from record.models import Event
from tests.ballots.conftest import MakeBallot, counted, green, make_ballot, make_open, open_vote
from tests.stage import MakeProposal

__all__ = ["green", "make_ballot", "make_open", "open_vote"]  # fixtures of the votes, for this room too

pytestmark = pytest.mark.django_db
Told = Callable[[str], dict[str, str]]
FollowRow = Callable[..., Follow]
EVERYBODY = {"Amina Y", *(f"Neighbour {n}" for n in range(5))}


def words(kind: str) -> Notification:
    row = Notification.objects.filter(kind=kind).order_by("pk").first()
    assert row is not None
    return row


def result(ballot: Ballot, voters: list[User], facilitator: User) -> Ballot:
    for voter in voters:
        cast_vote(ballot=ballot, acting_user=voter, choices={"1": 1})
    return certify_ballot(ballot=counted(ballot), acting_user=facilitator)


@pytest.fixture
def bench(make_proposal: MakeProposal, green: Topic, neighbours: list[User]) -> Proposal:
    """Waits for a vote: Amina tabled it, two neighbours backed it."""
    proposal = make_proposal(topic=green, title="A bench half way up")
    for neighbour in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    proposal.refresh_from_db()
    return proposal


@pytest.fixture
def vote_on_bench(make_ballot: MakeBallot, bench: Proposal, facilitator: User) -> Ballot:
    draft = make_ballot(method="approval", budget=0, options=[("Nothing", 0), ("A wall", 0)])
    add_option(ballot=draft, acting_user=facilitator, title="", proposal=bench)
    draft.refresh_from_db()
    return draft


def test_an_announcement_is_for_followers_of_the_community_and_of_what_is_on_it(
    told: Told, follow_row: FollowRow, vote_on_bench: Ballot, facilitator: User, newcomer: User, community: Community
) -> None:
    follow_row(newcomer, community)
    announce_ballot(ballot=vote_on_bench, acting_user=facilitator)
    assert told("ballot.announced") == {
        "Amina Y": "tabled",
        "Neighbour 0": "backed",
        "Neighbour 1": "backed",
        "Nell N": "chose",
    }
    row = words("ballot.announced")
    assert row.title == "A vote is coming: How shall we spend the winter pot?"
    assert row.body.startswith("It opens on ")
    assert row.path == vote_on_bench.get_absolute_url()
    assert told("proposal.sent_to_vote") == {}


def test_a_mute_of_one_proposal_does_not_silence_the_vote(
    told: Told, follow_row: FollowRow, vote_on_bench: Ballot, bench: Proposal, facilitator: User, neighbours: list[User]
) -> None:
    relay_waiting_events()
    mute(subject_type="proposal", subject_id=bench.pk, acting_user=neighbours[0])
    follow_row(neighbours[0], vote_on_bench.community)
    mute(subject_type="proposal", subject_id=bench.pk, acting_user=neighbours[1])
    announce_ballot(ballot=vote_on_bench, acting_user=facilitator)
    assert told("ballot.announced") == {"Amina Y": "tabled", "Neighbour 0": "chose"}


def test_the_opening_is_for_the_roll_and_for_those_who_follow_the_community(
    told: Told, follow_row: FollowRow, open_vote: Ballot, newcomer: User, community: Community
) -> None:
    follow_row(newcomer, community)
    assert told("ballot.opened") == dict.fromkeys(EVERYBODY, "roll") | {"Nell N": "chose"}
    row = words("ballot.opened")
    assert row.title == "A vote is open: How shall we spend the winter pot?"
    assert row.why == "roll"
    assert row.get_why_display() == "you are on the roll of this vote"


def test_nobody_is_called_to_a_vote_that_is_over(told: Told, open_vote: Ballot) -> None:
    with clock.at(clock.now() + timedelta(days=8)):
        assert told("ballot.opened") == {}


def test_closing_soon_is_for_those_on_the_roll_who_have_not_voted(
    told: Told,
    open_vote: Ballot,
    neighbours: list[User],
    facilitator: User,
    community: Community,
    follow_row: FollowRow,
) -> None:
    cast_vote(ballot=open_vote, acting_user=neighbours[0], choices={"1": 1})
    enter_vote(
        ballot=open_vote,
        acting_user=facilitator,
        code=Elector.objects.get(user=neighbours[1]).code,
        choices={"2": 1},
        channel="paper",
    )
    keep_choices(ballot=open_vote, acting_user=neighbours[2], choices={"1": 1})  # not cast
    follow_row(facilitator, community)
    with clock.at(clock.now() + timedelta(days=6)):
        assert announce_closing_soon() == 1
        assert set(told("ballot.closing_soon")) == EVERYBODY - {"Neighbour 0", "Neighbour 1"}
        assert announce_closing_soon() == 0
    row = words("ballot.closing_soon")
    assert row.title == "A vote closes soon: How shall we spend the winter pot?"
    assert "voted" not in row.title + row.body


def test_a_reminder_that_waits_is_sent_to_whoever_has_voted_meanwhile(
    told: Told, open_vote: Ballot, resident: User
) -> None:
    """Else the delivery that was left out would say that they have."""
    with clock.at(clock.now() + timedelta(days=6)):
        announce_closing_soon()
        told("ballot.closing_soon")
        cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    with clock.at(clock.now() + timedelta(days=6, minutes=1)):
        send_due_deliveries()
    sent = Delivery.objects.get(notification__kind="ballot.closing_soon", notification__user=resident)
    assert sent.status == "sent"


def test_the_result_is_told_once(
    told: Told,
    make_open: Callable[[Ballot], Ballot],
    vote_on_bench: Ballot,
    neighbours: list[User],
    facilitator: User,
    professional: User,
    councillor: User,
) -> None:
    """Not again as the decision that it is. The officers of those who must act hear of it by duty."""
    ballot = make_open(vote_on_bench)
    bench = ballot.options.get(proposal__isnull=False).code
    for neighbour in neighbours[:3]:
        cast_vote(ballot=ballot, acting_user=neighbour, choices={bench: 1})
    ballot = certify_ballot(ballot=counted(ballot), acting_user=facilitator)
    people = told("ballot.certified")
    assert set(people) == EVERYBODY | {"Priya Nair"}
    assert people["Priya Nair"] == "duty"
    assert people["Amina Y"] == "tabled"
    assert people["Neighbour 4"] == "roll"
    row = words("ballot.certified")
    assert row.title == "The result of the vote: How shall we spend the winter pot?"
    assert row.body == (
        "Residents chose: A bench half way up. Penhale Homes must now say what it will do, and by when."
    )
    assert row.path == ballot.get_absolute_url()
    assert told("decision.recorded") == {}


def test_what_an_organisation_decides_after_a_vote_is_news_of_its_own(
    told: Told,
    follow_row: FollowRow,
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    topic: Topic,
    neighbours: list[User],
    facilitator: User,
    professional: User,
    community: Community,
) -> None:
    ballot = make_open(make_ballot(topic=topic))
    follow_row(neighbours[0], community)
    ballot = result(ballot, neighbours[:3], facilitator)
    told("ballot.certified")
    assert words("ballot.certified").body.endswith("Penhale Homes must now say in public whether it follows.")
    answer_advice(
        ballot=ballot,
        acting_user=professional,
        outcome="accepted",
        summary="We do it.",
        reasons="You asked.",
        submission=uuid.uuid4(),
    )
    assert told("decision.recorded") == {"Neighbour 0": "chose"}


def test_too_few_voted_says_so(
    told: Told,
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    neighbours: list[User],
    facilitator: User,
) -> None:
    result(make_open(make_ballot(quorum_percent=90)), neighbours[:1], facilitator)
    told("ballot.certified")
    assert words("ballot.certified").body.startswith("Too few voted, so nothing is decided.")


def test_called_off(told: Told, open_vote: Ballot, facilitator: User) -> None:
    cancel_ballot(ballot=open_vote, acting_user=facilitator, reason="Mrs Doe of Flat 3 says the prices are wrong")
    assert set(told("ballot.cancelled")) == EVERYBODY
    row = words("ballot.cancelled")
    assert row.title == "A vote was called off: How shall we spend the winter pot?"
    assert "Doe" not in row.title + row.body


def test_a_promise_that_is_owed_after_a_vote(
    told: Told,
    follow_row: FollowRow,
    open_vote: Ballot,
    neighbours: list[User],
    facilitator: User,
    professional: User,
    newcomer: User,
    community: Community,
) -> None:
    result(open_vote, neighbours[:3], facilitator)
    follow_row(newcomer, community)
    with clock.at(clock.now() + timedelta(days=60)):
        assert record_overdue_commitment_asks() == 1
        assert told("commitments.overdue") == {"Priya Nair": "duty", "Nell N": "chose"}
    row = words("commitments.overdue")
    assert row.title == "Penhale Homes has not said what it will do: How shall we spend the winter pot?"
    assert row.path == open_vote.get_absolute_url()


# ── A vote that a facilitator typed in ──────────────────────────────────────


@pytest.fixture
def enter(open_vote: Ballot, facilitator: User) -> Callable[[User], None]:
    def type_in(user: User) -> None:
        line = Elector.objects.get(ballot=open_vote, user=user)
        enter_vote(ballot=open_vote, acting_user=facilitator, code=line.code, choices={"2": 1}, channel="paper")

    return type_in


def test_a_vote_entered_is_told_to_that_person_alone(
    told: Told, enter: Callable[[User], None], resident: User, open_vote: Ballot
) -> None:
    enter(resident)
    assert told("vote.entered") == {"Amina Y": "roll"}
    row = words("vote.entered")
    assert row.title == "A vote was entered for you: How shall we spend the winter pot?"
    assert "vote online: that replaces it" in row.body
    assert "0800 555 0142" in row.body
    for option in open_vote.options.all():
        assert option.title not in row.title + row.body
    entered = [message for message in mail.outbox if "entered" in message.subject]
    assert entered == []
    send_due_deliveries()
    entered = [message for message in mail.outbox if "entered" in message.subject]
    assert [message.to for message in entered] == [[resident.email]]
    body = str(entered[0].body)
    assert f"{open_vote.get_absolute_url()}\n" in body  # the page, and no token


def test_a_mute_of_the_community_does_not_hide_that_a_vote_was_entered(
    told: Told, enter: Callable[[User], None], resident: User, community: Community
) -> None:
    mute(subject_type="community", subject_id=community.pk, acting_user=resident)
    enter(resident)
    assert told("vote.entered") == {"Amina Y": "roll"}
    assert "Amina Y" not in told("ballot.opened")
    send_due_deliveries()
    assert [message.to for message in mail.outbox if "entered" in message.subject] == [[resident.email]]


def test_whoever_wants_none_of_it_hears_none_of_it(told: Told, enter: Callable[[User], None], resident: User) -> None:
    none = Choice(in_inbox=False, by_email=False)
    choose(acting_user=resident, choices={"entered": none, "votes": none})
    enter(resident)
    assert told("vote.entered") == {}
    assert "Amina Y" not in told("ballot.opened")


def test_after_the_close_nobody_is_sent_to_vote_online(
    told: Told, enter: Callable[[User], None], resident: User
) -> None:
    enter(resident)
    with clock.at(clock.now() + timedelta(days=8)):
        told("vote.entered")
    assert "vote online" not in words("vote.entered").body


# ── Secrecy ─────────────────────────────────────────────────────────────────


def test_a_vote_online_makes_no_event_and_no_notification(
    told: Told, open_vote: Ballot, resident: User, neighbours: list[User]
) -> None:
    relay_waiting_events()

    def kept() -> tuple[list[object], ...]:
        return (
            list(Event.objects.order_by("pk").values()),
            list(Notification.objects.order_by("pk").values()),
            list(Delivery.objects.order_by("pk").values()),
            list(User.objects.order_by("pk").values_list("pk", "unread_notifications")),
        )

    before = kept()
    keep_choices(ballot=open_vote, acting_user=resident, choices={"1": 1})
    cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    cast_vote(ballot=open_vote, acting_user=resident, choices={"3": 1})
    relay_waiting_events()
    assert kept() == before


def test_no_news_of_a_private_vote_for_whoever_has_left(
    told: Told, open_vote: Ballot, resident: User, neighbours: list[User], facilitator: User, landlord: Organisation
) -> None:
    relay_waiting_events()
    Community.objects.update(is_public=False)
    Membership.objects.filter(user=resident).update(ended_at=clock.now())
    cancel_ballot(ballot=Ballot.objects.get(), acting_user=facilitator, reason="Wrong prices")
    assert set(told("ballot.cancelled")) == EVERYBODY - {"Amina Y"}
