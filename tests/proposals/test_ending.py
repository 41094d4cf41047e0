"""Withdrawn, merged, lapsed, tabled again."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from decisions.models import Decision
from proposals.actions.backing import back_proposal
from proposals.actions.ending import lapse_proposals, merge_proposals, retable_proposal, withdraw_proposal
from proposals.exceptions import NotAllowed, NotNow, NotValid
from proposals.models import Ask, Proposal, Support
from record import clock
from record.models import Entry


def test_its_author_takes_it_off_the_table(asked, resident, landlord):
    withdraw_proposal(proposal=asked, acting_user=resident, reason="It was mended yesterday.")
    withdraw_proposal(proposal=asked, acting_user=resident, reason="Twice")
    asked.refresh_from_db()
    landlord.refresh_from_db()
    assert (asked.state, asked.ended_reason, asked.open_asks_count) == ("withdrawn", "It was mended yesterday.", 0)
    assert landlord.asks_count == 0
    assert not Ask.objects.open().exists()
    assert Entry.objects.filter(kind="proposal.withdrawn").count() == 1


@pytest.mark.parametrize("who", ["neighbour", "professional", "facilitator", "outsider"])
def test_nobody_else_takes_it_off(request, tabled, who):
    with pytest.raises(NotAllowed):
        withdraw_proposal(proposal=tabled, acting_user=request.getfixturevalue(who), reason="x")


def test_what_is_answered_stays_on_the_table(response, resident):
    with pytest.raises(NotNow):
        withdraw_proposal(proposal=response.proposal, acting_user=resident, reason="x")


def test_supports_move_over_once_per_person(make_proposal, neighbours, facilitator):
    into, duplicate = make_proposal(), make_proposal(title="A lamp on the path")
    back_proposal(proposal=into, acting_user=neighbours[0])
    for neighbour in neighbours[:2]:
        back_proposal(proposal=duplicate, acting_user=neighbour)
    merge_proposals(duplicate=duplicate, into=into, acting_user=facilitator, reason="Both ask for a lamp.")
    merge_proposals(duplicate=duplicate, into=into, acting_user=facilitator, reason="Again")
    into.refresh_from_db()
    duplicate.refresh_from_db()
    assert (into.supports_count, into.supports.count(), duplicate.supports.count()) == (2, 2, 0)
    assert (duplicate.state, duplicate.merged_into) == ("merged", into)
    assert Support.objects.filter(moved_from=duplicate).count() == 1
    assert Entry.objects.filter(kind="proposal.merged").count() == 1


def test_a_merge_can_make_the_threshold(make_proposal, neighbours, facilitator):
    into, duplicate = make_proposal(), make_proposal(title="A lamp on the path")
    back_proposal(proposal=into, acting_user=neighbours[0])
    for neighbour in neighbours[1:3]:
        back_proposal(proposal=duplicate, acting_user=neighbour)
    merge_proposals(duplicate=duplicate, into=into, acting_user=facilitator, reason="The same.")
    into.refresh_from_db()
    assert into.state == "awaiting_response"
    assert Ask.objects.filter(proposal=into).count() == 1


def test_a_proposal_is_not_joined_to_itself_or_to_another_place(tabled, facilitator, private_community):
    with pytest.raises(NotValid):
        merge_proposals(duplicate=tabled, into=tabled, acting_user=facilitator, reason="x")


@pytest.mark.parametrize("who", ["resident", "professional", "outsider"])
def test_only_a_facilitator_joins(request, make_proposal, who):
    with pytest.raises(NotAllowed):
        merge_proposals(
            duplicate=make_proposal(), into=make_proposal(), acting_user=request.getfixturevalue(who), reason="x"
        )


def test_too_little_backing_in_time_lapses_and_can_be_tabled_again(tabled, neighbour):
    with clock.at(clock.now() + timedelta(days=90)):
        assert lapse_proposals() == 0
    with clock.at(clock.now() + timedelta(days=91)):
        assert lapse_proposals() == 1
        assert lapse_proposals() == 0
    tabled.refresh_from_db()
    assert tabled.state == "lapsed"
    with pytest.raises(NotNow):
        back_proposal(proposal=tabled, acting_user=neighbour)
    submission = uuid.uuid4()
    draft = retable_proposal(proposal=tabled, acting_user=neighbour, submission=submission)
    assert retable_proposal(proposal=tabled, acting_user=neighbour, submission=submission).pk == draft.pk
    assert (draft.state, draft.title, draft.retabled_from, draft.author) == ("draft", tabled.title, tabled, neighbour)


def test_only_what_lapsed_is_tabled_again(tabled, neighbour):
    with pytest.raises(NotNow):
        retable_proposal(proposal=tabled, acting_user=neighbour, submission=uuid.uuid4())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_merges_crosswise_do_not_wait_for_each_other(make_proposal, neighbours, facilitator):
    """A into B and B into A at once: one happens, one is refused, and nobody's backing is lost or doubled."""
    first, second = make_proposal(), make_proposal(title="A lamp on the path")
    back_proposal(proposal=first, acting_user=neighbours[0])
    back_proposal(proposal=second, acting_user=neighbours[1])
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def merge(duplicate, into):
        try:
            barrier.wait()
            merge_proposals(duplicate=duplicate, into=into, acting_user=facilitator, reason="The same.")
            outcomes.append("merged")
        except NotNow:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["merged", "refused"]
    assert sorted(Proposal.objects.values_list("state", "supports_count")) == [("merged", 0), ("tabled", 2)]
    assert Support.objects.count() == 2


@pytest.fixture
def not_chosen(make_proposal, community):
    """Residents voted on it and chose something else."""
    proposal = make_proposal(title="Six benches with backs")
    lost = Decision.objects.create(
        reference="D-2026-9001",
        community=community,
        title="Not chosen",
        summary="No.",
        reasons="Residents voted.",
        outcome="declined",
        decided_on=clock.today(),
        decided_by="residents",
        basis_kind="ballot",
        basis_label="B-2026-0009",
        eligible=40,
        voted=17,
    )
    Proposal.objects.filter(pk=proposal.pk).update(state="decided", decision=lost, ballot_reference="B-2026-0009")
    proposal.refresh_from_db()
    return proposal


def test_what_a_vote_did_not_choose_is_tabled_again(not_chosen, neighbour, professional, client_of):
    draft = retable_proposal(proposal=not_chosen, acting_user=neighbour, submission=uuid.uuid4())
    assert (draft.state, draft.title, draft.retabled_from) == ("draft", not_chosen.title, not_chosen)
    with pytest.raises(NotAllowed):
        retable_proposal(proposal=not_chosen, acting_user=professional, submission=uuid.uuid4())
    html = client_of(neighbour).get(not_chosen.get_absolute_url()).content.decode()
    assert "Residents voted and did not choose this" in html
    assert "Table it again" in html
    assert 'href="/c/larkfield/ballots/B-2026-0009/"' in html
    assert "Table it again" not in client_of(professional).get(not_chosen.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "other", [{"outcome": "accepted"}, {"basis_kind": "response"}, {"decided_by": "organisation_after_consulting"}]
)
def test_any_other_decision_stands(not_chosen, neighbour, client_of, other):
    Decision.objects.filter(pk=not_chosen.decision_id).update(**other)
    with pytest.raises(NotNow):
        retable_proposal(proposal=not_chosen, acting_user=neighbour, submission=uuid.uuid4())
    assert "Table it again" not in client_of(neighbour).get(not_chosen.get_absolute_url()).content.decode()


def test_a_proposal_on_a_vote_leads_to_it(make_proposal, client):
    proposal = make_proposal()
    fields = {"state": "deciding", "waits_for": "ballot"}
    Proposal.objects.filter(pk=proposal.pk).update(**fields)
    html = client.get(proposal.get_absolute_url()).content.decode()
    assert "This goes to the next vote" in html
    assert 'href="/c/larkfield/ballots/"' in html
    Proposal.objects.filter(pk=proposal.pk).update(ballot_reference="B-2026-0009")
    html = client.get(proposal.get_absolute_url()).content.decode()
    assert "It is on the vote" in html
    assert 'href="/c/larkfield/ballots/B-2026-0009/"' in html
