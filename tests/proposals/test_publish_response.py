import threading
from datetime import timedelta

import pytest
from django.db import connection

from proposals.actions.answering import ask_second_look, give_second_look, publish_response, save_response_draft
from proposals.actions.asking import call_in_proposal
from proposals.exceptions import DraftEditedElsewhere, NotAllowed, NotNow, NotValid
from proposals.models import Commitment, Proposal, Response, ResponseDraft
from record import clock
from record.models import Entry

WHOLE = {"outcome": "accepted", "summary": "Yes.", "reasons": "Because the lamp is ours."}


def test_an_answer_stops_the_clock_and_is_signed(response, ask, landlord):
    ask.refresh_from_db()
    landlord.refresh_from_db()
    proposal = Proposal.objects.get(pk=ask.proposal_id)
    assert (proposal.state, proposal.open_asks_count, proposal.next_due_on) == ("responded", 0, None)
    assert ask.answered_on == clock.today()
    assert (landlord.answers_count, landlord.answers_on_time_count) == (1, 1)
    assert response.signed_role == "housing manager, Penhale Homes"
    assert response.reading_age
    assert not ResponseDraft.objects.exists()


def test_publishing_twice_is_one_answer(response, ask, professional):
    again = publish_response(ask=ask, acting_user=professional, revision=99)
    assert again.pk == response.pk
    assert Entry.objects.filter(kind="response.published").count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"outcome": "noted"}, "outcome"),
        ({"outcome": "not_stated"}, "outcome"),
        ({"reasons": " "}, "reasons"),
        ({"summary": ""}, "summary"),
        ({"promises": [{"text": "Mend it", "due_on": "soon", "by": ""}]}, "promises"),
        ({"promises": [{"text": "Mend it", "due_on": "2001-01-01", "by": ""}]}, "due_on"),
        ({"promises": [{"text": "x", "due_on": "9999-12-31"}]}, "due_on"),
    ],
)
def test_an_answer_must_be_whole(ask, professional, fields, field):
    draft = save_response_draft(ask=ask, acting_user=professional, revision=0, fields=WHOLE | fields)
    with pytest.raises(NotValid) as refused:
        publish_response(ask=ask, acting_user=professional, revision=draft.revision)
    assert refused.value.field == field
    assert not Response.objects.exists()
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("who", ["resident", "councillor", "facilitator", "outsider", "staff"])
def test_only_who_was_asked_answers(request, ask, who):
    with pytest.raises(NotAllowed):
        save_response_draft(ask=ask, acting_user=request.getfixturevalue(who), revision=0, fields=WHOLE)


def test_two_officers_never_overwrite_each_other(ask, professional, colleague):
    save_response_draft(ask=ask, acting_user=professional, revision=0, fields=WHOLE)
    with pytest.raises(DraftEditedElsewhere):
        save_response_draft(ask=ask, acting_user=colleague, revision=0, fields=WHOLE | {"summary": "No."})
    assert ResponseDraft.objects.get().summary == "Yes."
    with pytest.raises(DraftEditedElsewhere):
        publish_response(ask=ask, acting_user=colleague, revision=0)


def test_a_second_pair_of_eyes_is_somebody_elses(ask, landlord, professional, colleague):
    landlord.second_pair_of_eyes = True
    landlord.save()
    draft = save_response_draft(ask=ask, acting_user=professional, revision=0, fields=WHOLE)
    with pytest.raises(NotNow):
        publish_response(ask=ask, acting_user=professional, revision=draft.revision)
    ask_second_look(ask=ask, acting_user=professional)
    with pytest.raises(NotAllowed):
        give_second_look(ask=ask, acting_user=professional)
    give_second_look(ask=ask, acting_user=colleague)
    assert publish_response(ask=ask, acting_user=professional, revision=draft.revision).pk


def test_promises_are_made_with_the_answer(ask, publish, landlord):
    due = (clock.today() + timedelta(days=30)).isoformat()
    publish(ask, promises=[{"text": "Mend the lamp", "due_on": due, "by": "Marlow Lighting"}])
    commitment = Commitment.objects.get()
    assert (commitment.state, commitment.organisation, commitment.by_whom) == ("promised", landlord, "Marlow Lighting")
    proposal = Proposal.objects.get()
    assert proposal.commitments_open == 1


def test_each_organisation_has_its_own_clock(tabled, facilitator, council, landlord, publish, councillor):
    call_in_proposal(proposal=tabled, acting_user=facilitator, reason="Urgent", organisations=[council, landlord])
    publish(tabled.asks.get(organisation=landlord))
    tabled.refresh_from_db()
    assert (tabled.state, tabled.open_asks_count) == ("awaiting_response", 1)
    publish(tabled.asks.get(organisation=council), user=councillor)
    tabled.refresh_from_db()
    assert tabled.state == "responded"


@pytest.mark.parametrize(("outcome", "waits_for"), [("to_ballot", "ballot"), ("to_codesign", "codesign")])
def test_on_to_a_vote_or_to_designing_it(ask, publish, outcome, waits_for):
    publish(ask, outcome=outcome)
    proposal = Proposal.objects.get(pk=ask.proposal_id)
    assert (proposal.state, proposal.waits_for) == ("deciding", waits_for)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_officers_publish_at_once(ask, professional, colleague):
    draft = save_response_draft(ask=ask, acting_user=professional, revision=0, fields=WHOLE)
    barrier = threading.Barrier(2)
    published: list[Response] = []
    errors: list[BaseException] = []

    def publish(user):
        try:
            barrier.wait()
            published.append(publish_response(ask=ask, acting_user=user, revision=draft.revision))
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(user,)) for user in (professional, colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len({response.pk for response in published}) == 1
    assert Response.objects.count() == 1
    ask.organisation.refresh_from_db()
    assert ask.organisation.answers_count == 1
