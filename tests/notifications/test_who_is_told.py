"""For each kind of event: who is told, why, and in which words."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from accounts.models import User
from communities.models import Community, Membership, Organisation, Topic
from decisions.actions import overrule_decision, record_notice
from notifications.actions.following import follow, mute, unfollow
from notifications.actions.relaying import relay_waiting_events
from notifications.kinds import GROUPS, KINDS
from notifications.models import Delivery, Follow, Notification
from proposals.actions import checking, promising
from proposals.actions.asking import announce_due_soon, call_in_proposal, extend_ask, record_clock_crossings
from proposals.actions.backing import back_proposal, withdraw_backing
from proposals.actions.deciding import decide_from_answers
from proposals.actions.ending import lapse_proposals, merge_proposals, withdraw_proposal
from proposals.actions.talk import add_comment, remove_comment
from proposals.actions.verdicts import give_verdict
from proposals.models import Ask, Comment, Commitment, Proposal, Response
from record import clock
from record.announcements import SYSTEM, announce
from record.kinds import KINDS as RECORD_KINDS

pytestmark = pytest.mark.django_db
Told = Callable[[str], dict[str, str]]
Publish = Callable[..., Response]
Make = Callable[..., Proposal]
FollowRow = Callable[..., Follow]


def words(kind: str) -> Notification:
    row = Notification.objects.filter(kind=kind).first()
    assert row is not None
    return row


def say(proposal: Proposal, user: User, parent: Comment | None = None) -> Comment:
    return add_comment(proposal=proposal, acting_user=user, body="Yes", submission=uuid.uuid4(), parent=parent)


@pytest.fixture
def promise(ask: Ask, publish: Publish) -> Commitment:
    due = clock.today() + timedelta(days=5)
    publish(ask, promises=[{"text": "Mend the lamp", "due_on": due.isoformat(), "by": ""}])
    return Commitment.objects.get()


def test_every_kind_is_of_the_record_and_every_group_exists() -> None:
    assert set(KINDS) <= set(RECORD_KINDS)
    assert {kind.group for kind in KINDS.values()} == set(GROUPS)


def test_a_new_proposal_is_for_those_who_follow_the_community(
    told: Told, follow_row: FollowRow, tabled: Proposal, community: Community, neighbour: User
) -> None:
    follow_row(neighbour, community)
    assert told("proposal.tabled") == {"Joyce A": "chose"}
    assert words("proposal.tabled").title == f"New on the table: {tabled.title}"


def test_enough_backing(told: Told, asked: Proposal, ask: Ask, professional: User, councillor: User) -> None:
    """The one whose backing made it knows; the officers of the organisation asked hear of it by duty, others not."""
    assert told("proposal.threshold_reached") == {
        "Amina Y": "tabled",
        "Neighbour 0": "backed",
        "Neighbour 1": "backed",
        "Priya Nair": "duty",
    }
    row = words("proposal.threshold_reached")
    assert row.title == f"Enough neighbours back it: {asked.title}"
    assert row.body.startswith("Penhale Homes must answer by ")
    assert row.path == asked.get_absolute_url()
    assert Delivery.objects.count() == 4


def test_whose_backing_made_the_threshold_hears_what_follows(
    told: Told, ask: Ask, publish: Publish, neighbours: list[User]
) -> None:
    publish(ask)
    assert set(told("response.published")) == {"Amina Y", "Neighbour 0", "Neighbour 1", "Neighbour 2"}
    row = words("response.published")
    assert row.title.startswith("Penhale Homes answered: ")
    assert row.body == "Yes. Yes. We will mend the lamp."


def test_residents_decide_goes_to_the_vote(
    told: Told, make_proposal: Make, community: Community, neighbours: list[User]
) -> None:
    proposal = make_proposal(topic=Topic.objects.get(community=community, slug="green"))
    for neighbour in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    told("proposal.threshold_reached")
    assert words("proposal.threshold_reached").body == "Residents decide this. It goes to the next vote."


def test_called_in(told: Told, tabled: Proposal, facilitator: User, professional: User) -> None:
    call_in_proposal(proposal=tabled, acting_user=facilitator, reason="It is dangerous")
    assert told("proposal.called_in") == {"Amina Y": "tabled", "Priya Nair": "duty"}


def test_withdrawn(told: Told, tabled: Proposal, resident: User, neighbour: User) -> None:
    back_proposal(proposal=tabled, acting_user=neighbour)
    withdraw_proposal(proposal=tabled, acting_user=resident, reason="It was mended")
    assert told("proposal.withdrawn") == {"Joyce A": "backed"}


def test_withdrawn_while_an_answer_is_awaited_is_for_the_officers_too(
    told: Told, asked: Proposal, resident: User, professional: User
) -> None:
    withdraw_proposal(proposal=asked, acting_user=resident, reason="It was mended")
    assert told("proposal.withdrawn")["Priya Nair"] == "duty"


def test_a_new_agreement_is_for_those_who_follow_the_community(
    told: Told, follow_row: FollowRow, community: Community, neighbour: User
) -> None:
    follow_row(neighbour, community)
    with transaction.atomic():
        announce("agreement.changed", subject=community, community=community, actor=SYSTEM)
    assert told("agreement.changed") == {"Joyce A": "chose"}
    assert words("agreement.changed").path == "/c/larkfield/agreement/"


def test_merged_followers_go_along(
    told: Told, make_proposal: Make, tabled: Proposal, facilitator: User, neighbour: User
) -> None:
    double = make_proposal(author=neighbour, title="Light by the bus stop")
    merge_proposals(duplicate=double, into=tabled, acting_user=facilitator, reason="The same")
    assert told("proposal.merged") == {"Joyce A": "tabled"}
    assert words("proposal.merged").path == tabled.get_absolute_url()
    assert Follow.objects.filter(user=neighbour, subject_id=tabled.pk).exists()


def test_lapsed(told: Told, tabled: Proposal) -> None:
    with clock.at(clock.now() + timedelta(days=120)):
        lapse_proposals()
        assert told("proposal.lapsed") == {"Amina Y": "tabled"}


def test_a_reply_is_for_the_one_who_is_answered(
    told: Told, tabled: Proposal, neighbour: User, professional: User
) -> None:
    first = say(tabled, neighbour)
    say(tabled, professional, first)
    assert told("comment.added") == {"Joyce A": "commented"}
    row = words("comment.added")
    assert row.title == "Somebody from Penhale Homes answered what you said"
    assert "Priya" not in row.title + row.body


def test_nobody_is_told_of_their_own_reply_or_of_one_that_is_gone(
    told: Told, tabled: Proposal, neighbour: User, resident: User
) -> None:
    first = say(tabled, neighbour)
    say(tabled, neighbour, first)
    gone = say(tabled, resident, first)
    remove_comment(comment=gone, acting_user=resident)
    assert told("comment.added") == {}


def test_due_soon_is_for_the_officers(told: Told, ask: Ask, professional: User, colleague: User) -> None:
    with clock.at(clock.now() + (ask.due_on - clock.today()) - timedelta(days=1)):
        assert announce_due_soon() == 1
        assert told("ask.due_soon") == {"Priya Nair": "duty", "Martin Hale": "duty"}


def test_due_soon_is_not_told_once_it_is_answered(
    told: Told, ask: Ask, publish: Publish, professional: User, colleague: User
) -> None:
    with clock.at(clock.now() + (ask.due_on - clock.today()) - timedelta(days=1)):
        announce_due_soon()
        publish(ask)
        assert told("ask.due_soon") == {}


def test_overdue_and_long_overdue(told: Told, ask: Ask, professional: User) -> None:
    with clock.at(clock.now() + timedelta(days=100)):
        assert record_clock_crossings() == 2
        for kind in ("ask.overdue", "ask.long_overdue"):
            people = told(kind)
            assert people["Priya Nair"] == "duty"
            assert people["Amina Y"] == "tabled"
    assert "had to answer by" in words("ask.overdue").body


def test_more_time(told: Told, ask: Ask, professional: User) -> None:
    extend_ask(ask=ask, acting_user=professional, due_on=ask.due_on + timedelta(days=3), reason="We wait for a quote")
    assert "Amina Y" in told("ask.extended")
    assert words("ask.extended").title.startswith("Penhale Homes asked for more time")


def test_contested_is_told_once(told: Told, response: Response, neighbours: list[User], professional: User) -> None:
    for answers_it, people in ((False, neighbours[:3]), (True, neighbours[:2]), (False, neighbours[:2])):
        for neighbour in people:
            give_verdict(response=response, acting_user=neighbour, answers_it=answers_it)
    people = told("response.contested")
    assert people["Priya Nair"] == "duty"
    assert Notification.objects.filter(kind="response.contested", user=professional).count() == 1


def test_decided_and_overruled(
    told: Told, decided: Proposal, professional: User, follow_row: FollowRow, landlord: Organisation, newcomer: User
) -> None:
    assert set(told("decision.recorded")) == {"Amina Y", "Neighbour 0", "Neighbour 1", "Neighbour 2"}
    assert decided.decision is not None
    assert words("decision.recorded").path == decided.decision.get_absolute_url()


def test_a_notice_is_for_those_who_follow_the_organisation(
    told: Told, community: Community, professional: User, newcomer: User, follow_row: FollowRow, landlord: Organisation
) -> None:
    follow_row(newcomer, landlord)
    notice = {"title": "New doors", "summary": "We fit new doors.", "reasons": "They are old.", "outcome": "accepted"}
    record_notice(community=community, acting_user=professional, topic=None, submission=uuid.uuid4(), **notice)
    assert told("decision.recorded") == {"Nell N": "chose"}


def test_promises_claimed_disputed_confirmed(
    told: Told, promise: Commitment, professional: User, resident: User, neighbours: list[User]
) -> None:
    promising.claim_commitment(commitment=promise, acting_user=professional, note="Done")
    assert "Amina Y" in told("commitment.claimed")
    checking.check_commitment(commitment=promise, acting_user=neighbours[0], done=False, note="It is dark")
    people = told("commitment.disputed")
    assert people["Priya Nair"] == "duty"
    assert "Neighbour 0" not in people
    promising.claim_commitment(commitment=promise, acting_user=professional, note="Now it is")
    checking.check_commitment(commitment=promise, acting_user=resident, done=True)
    assert told("commitment.confirmed")["Priya Nair"] == "duty"
    assert words("commitment.confirmed").title == "Promise kept: Mend the lamp"


def test_promises_changed_and_dropped(told: Told, promise: Commitment, professional: User) -> None:
    later = promise.due_on + timedelta(days=9)
    promising.change_commitment(
        commitment=promise, acting_user=professional, text="Mend it", due_on=later, reason="A part is missing"
    )
    assert "Amina Y" in told("commitment.changed")
    promising.drop_commitment(commitment=promise, acting_user=professional, reason="The lamp is gone")
    assert "Amina Y" in told("commitment.dropped")


def test_promises_due_late_and_broken(told: Told, promise: Commitment, professional: User) -> None:
    checking.announce_commitments_due()
    assert told("commitment.due_soon") == {"Priya Nair": "duty"}
    with clock.at(clock.now() + timedelta(days=60)):
        checking.record_late_commitments()
        assert {"Amina Y", "Priya Nair"} <= set(told("commitment.late"))
        assert {"Amina Y", "Priya Nair"} <= set(told("commitment.broken"))


def test_a_resident_is_reminded_of_what_they_promised(told: Told, tabled: Proposal, neighbour: User) -> None:
    promising.make_commitment(
        acting_user=neighbour,
        text="Bring the ladder",
        due_on=clock.today() + timedelta(days=2),
        proposal=tabled,
        submission=uuid.uuid4(),
    )
    checking.announce_commitments_due()
    assert told("commitment.due_soon") == {"Joyce A": "duty"}
    assert told("commitment.promised") == {"Amina Y": "tabled"}


# ── Following, muting, leaving ──────────────────────────────────────────────


def test_taking_a_backing_back_ends_the_follow_that_came_of_it(tabled: Proposal, neighbour: User) -> None:
    back_proposal(proposal=tabled, acting_user=neighbour)
    relay_waiting_events()
    assert Follow.objects.get(user=neighbour).why == "backed"
    withdraw_backing(proposal=tabled, acting_user=neighbour)
    relay_waiting_events()
    assert not Follow.objects.filter(user=neighbour).exists()


def test_who_also_spoke_goes_on_following(tabled: Proposal, neighbour: User) -> None:
    back_proposal(proposal=tabled, acting_user=neighbour)
    say(tabled, neighbour)
    relay_waiting_events()
    withdraw_backing(proposal=tabled, acting_user=neighbour)
    relay_waiting_events()
    assert Follow.objects.get(user=neighbour).why == "commented"


def test_backing_again_does_not_undo_a_mute(tabled: Proposal, neighbour: User) -> None:
    mute(subject_type="proposal", subject_id=tabled.pk, acting_user=neighbour)
    back_proposal(proposal=tabled, acting_user=neighbour)
    relay_waiting_events()
    assert Follow.objects.get(user=neighbour).muted_at is not None


@pytest.mark.parametrize("what", ["proposal", "community"])
def test_a_mute_silences(told: Told, what: str, asked: Proposal, professional: User, neighbours: list[User]) -> None:
    subject = asked.pk if what == "proposal" else asked.community_id
    for user in (professional, neighbours[0]):
        mute(subject_type=what, subject_id=subject, acting_user=user)
    assert set(told("proposal.threshold_reached")) == {"Amina Y", "Neighbour 1"}


def test_following_again_after_unfollowing(
    told: Told, tabled: Proposal, newcomer: User, neighbours: list[User]
) -> None:
    for _twice in range(2):
        follow(subject_type="proposal", subject_id=tabled.pk, acting_user=newcomer)
    unfollow(subject_type="proposal", subject_id=tabled.pk, acting_user=newcomer)
    follow(subject_type="proposal", subject_id=tabled.pk, acting_user=newcomer)
    for neighbour in neighbours[:3]:
        back_proposal(proposal=tabled, acting_user=neighbour)
    assert told("proposal.threshold_reached")["Nell N"] == "chose"


def test_who_left_a_private_community_hears_nothing_of_it(
    told: Told, private_community: Community, make_user: Callable[..., User], make_proposal: Make
) -> None:
    author, left, stays = (make_user(f"Person {n}", private_community) for n in range(3))
    proposal = make_proposal(author=author, topic=Topic.objects.get(community=private_community, slug="lighting"))
    for user in (left, stays):
        follow(subject_type="proposal", subject_id=proposal.pk, acting_user=user)
    relay_waiting_events()
    Membership.objects.filter(user=left).update(ended_at=clock.now())
    withdraw_proposal(proposal=proposal, acting_user=author, reason="It was mended")
    assert told("proposal.withdrawn") == {"Person 2": "chose"}


def test_the_erased_and_the_inactive_hear_nothing(told: Told, asked: Proposal, neighbours: list[User]) -> None:
    User.objects.filter(pk=neighbours[0].pk).update(erased_at=clock.now())
    User.objects.filter(pk=neighbours[1].pk).update(is_active=False)
    assert set(told("proposal.threshold_reached")) == {"Amina Y"}


def test_overruling_names_the_organisation(
    told: Told, community: Community, make_proposal: Make, neighbours: list[User], facilitator: User, professional: User
) -> None:
    from proposals.actions.deciding import decide_at_meeting

    proposal = make_proposal(topic=Topic.objects.get(community=community, slug="green"))
    for neighbour in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    proposal.refresh_from_db()
    decision = decide_at_meeting(
        proposal=proposal,
        acting_user=facilitator,
        held_on=clock.today(),
        meeting_label="Meeting",
        outcome="accepted",
        summary="Yes",
        reasons="We want it",
        residents_present=5,
        professionals_present=0,
        votes_for=4,
        votes_against=1,
        submission=uuid.uuid4(),
    )
    overrule_decision(
        decision=decision,
        acting_user=professional,
        title="No garden",
        summary="We will not",
        reasons="Pipes",
        submission=uuid.uuid4(),
    )
    assert {"Amina Y", "Neighbour 0", "Neighbour 1"} <= set(told("decision.overruled"))
    assert words("decision.overruled").title == "Penhale Homes overruled residents: No garden"


def test_decide_is_told_to_all_who_backed(told: Told, response: Response, facilitator: User) -> None:
    decide_from_answers(proposal=response.proposal, acting_user=facilitator)
    assert len(told("decision.recorded")) == 4
