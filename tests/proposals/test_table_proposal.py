import uuid

import pytest

from proposals.actions.drafting import discard_draft, save_draft, start_draft, table_proposal
from proposals.exceptions import NotAllowed, NotNow, NotValid
from proposals.models import Proposal
from record.models import Entry, Event


def test_a_whole_draft_goes_on_the_table(make_draft, resident, topic, landlord):
    proposal = table_proposal(proposal=make_draft(), acting_user=resident)
    assert (proposal.state, proposal.number, proposal.threshold) == ("tabled", 1, 3)
    assert proposal.slug == "light-the-path-from-heron-house-to-the-bus-stop"
    assert list(proposal.organisations.all()) == [landlord]
    proposal.community.refresh_from_db()
    assert proposal.community.proposals_count == 1
    entry = Entry.objects.get(kind="proposal.tabled")
    assert "Amina Y" not in entry.line  # a line is for ever, a name can be erased
    assert "lamp" not in entry.line  # free text is beside the record, by digest only
    assert Event.objects.filter(kind="proposal.tabled", subject_id=str(proposal.pk)).count() == 1


def test_tabling_twice_is_tabling_once(make_draft, resident):
    draft = make_draft()
    first = table_proposal(proposal=draft, acting_user=resident)
    second = table_proposal(proposal=draft, acting_user=resident)
    assert (first.pk, first.number) == (second.pk, second.number)
    assert Entry.objects.filter(kind="proposal.tabled").count() == 1


def test_starting_twice_with_one_submission_is_one_draft(community, resident):
    submission = uuid.uuid4()
    first = start_draft(community=community, acting_user=resident, submission=submission)
    second = start_draft(community=community, acting_user=resident, submission=submission)
    assert first.pk == second.pk


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"title": " "}, "title"),
        ({"outcome_wanted": ""}, "outcome_wanted"),
        ({"case": ""}, "case"),
        ({"only_they_can": ""}, "only_they_can"),
        ({"topic": None}, "topic"),
    ],
)
def test_what_is_missing_is_named(make_draft, resident, missing, field):
    draft = make_draft()
    Proposal.objects.filter(pk=draft.pk).update(**missing)
    with pytest.raises(NotValid) as refused:
        table_proposal(proposal=draft, acting_user=resident)
    assert refused.value.field == field
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_nothing_from_them_is_an_answer(make_draft, resident):
    draft = make_draft(only_they_can="", needs_nothing_from_them=True)
    assert table_proposal(proposal=draft, acting_user=resident).state == "tabled"


@pytest.mark.parametrize("who", ["professional", "facilitator", "newcomer", "outsider", "staff"])
def test_only_verified_residents_of_the_place_start_one(request, community, who):
    with pytest.raises(NotAllowed):
        start_draft(community=community, acting_user=request.getfixturevalue(who), submission=uuid.uuid4())


def test_a_draft_is_its_authors_alone(make_draft, neighbour):
    draft = make_draft()
    with pytest.raises(NotAllowed):
        save_draft(proposal=draft, acting_user=neighbour, title="Mine now")
    with pytest.raises(NotAllowed):
        table_proposal(proposal=draft, acting_user=neighbour)
    with pytest.raises(NotAllowed):
        discard_draft(proposal=draft, acting_user=neighbour)


def test_what_is_tabled_is_not_edited_or_thrown_away(tabled, resident):
    with pytest.raises(NotNow):
        save_draft(proposal=tabled, acting_user=resident, title="Other")
    with pytest.raises(NotNow):
        discard_draft(proposal=tabled, acting_user=resident)


def test_a_topic_of_another_community_is_refused(make_draft, resident, private_community):
    with pytest.raises(NotValid):
        save_draft(proposal=make_draft(), acting_user=resident, topic=private_community.topics.first())


def test_a_topic_that_left_the_agreement_is_refused(make_draft, resident, topic):
    draft = make_draft()
    topic.rule = None
    topic.save()
    with pytest.raises(NotNow):
        table_proposal(proposal=draft, acting_user=resident)
