"""Agree, disagree or pass: one answer a resident, changeable, and nobody else's to read."""

import json
import threading
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, transaction

from accounts.actions import erase_user
from accounts.erasure import data_of
from accounts.models import User
from proposals.actions.opinions import give_opinion, take_opinion_back
from proposals.counts import kept_columns
from proposals.exceptions import NotAllowed, NotNow, NotValid
from proposals.models import Opinion, Proposal
from record.models import Entry, Event

AGREE, DISAGREE, PASS = Opinion.Value.AGREE, Opinion.Value.DISAGREE, Opinion.Value.PASS


def counts(proposal: Proposal) -> tuple[int, int, int]:
    proposal.refresh_from_db()
    assert [kept.label for kept in kept_columns() if kept.wrong().exists()] == []
    return proposal.agree_count, proposal.disagree_count, proposal.pass_count


def test_an_answer_counts_once_and_can_be_changed(tabled: Proposal, neighbour: User) -> None:
    give_opinion(proposal=tabled, acting_user=neighbour, value=AGREE)
    fresh = give_opinion(proposal=tabled, acting_user=neighbour, value=AGREE)
    assert (fresh.agree_count, counts(tabled)) == (1, (1, 0, 0))
    fresh = give_opinion(proposal=tabled, acting_user=neighbour, value=DISAGREE)
    assert (fresh.agree_count, fresh.disagree_count, counts(tabled)) == (0, 1, (0, 1, 0))
    give_opinion(proposal=tabled, acting_user=neighbour, value=PASS)
    assert counts(tabled) == (0, 0, 1)
    assert Opinion.objects.count() == 1
    assert Event.objects.filter(kind="opinion.given").count() == 3


def test_an_answer_can_be_taken_back(tabled: Proposal, neighbours: list[User]) -> None:
    for neighbour in neighbours[:2]:
        give_opinion(proposal=tabled, acting_user=neighbour, value=AGREE)
    take_opinion_back(proposal=tabled, acting_user=neighbours[0])
    take_opinion_back(proposal=tabled, acting_user=neighbours[0])
    assert counts(tabled) == (1, 0, 0)


def test_neither_the_record_nor_the_outbox_tells_who_or_what(tabled: Proposal, neighbour: User) -> None:
    give_opinion(proposal=tabled, acting_user=neighbour, value=DISAGREE)
    take_opinion_back(proposal=tabled, acting_user=neighbour)
    events = Event.objects.filter(kind__startswith="opinion.")
    assert [(event.actor_id, event.payload) for event in events] == [(None, {"proposal": str(tabled.pk)})] * 2
    assert not Entry.objects.filter(kind__startswith="opinion.").exists()


@pytest.mark.parametrize("who", ["professional", "facilitator", "newcomer", "outsider", "staff"])
def test_only_verified_residents_answer(request: Any, tabled: Proposal, who: str) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        give_opinion(proposal=tabled, acting_user=person, value=AGREE)
    with pytest.raises(NotAllowed):
        take_opinion_back(proposal=tabled, acting_user=person)
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("state", ["tabled", "awaiting_response", "responded"])
def test_open_until_it_is_being_decided(tabled: Proposal, neighbour: User, state: str) -> None:
    Proposal.objects.filter(pk=tabled.pk).update(state=state)
    give_opinion(proposal=tabled, acting_user=neighbour, value=PASS)
    assert counts(tabled) == (0, 0, 1)


@pytest.mark.parametrize("state", ["draft", "deciding", "decided", "delivering", "withdrawn", "merged", "lapsed"])
def test_closed_from_then_on(tabled: Proposal, neighbour: User, state: str) -> None:
    Proposal.objects.filter(pk=tabled.pk).update(state=state)
    with pytest.raises(NotNow):
        give_opinion(proposal=tabled, acting_user=neighbour, value=AGREE)


@pytest.mark.parametrize("value", [2, -2, 99])
def test_there_are_three_answers(tabled: Proposal, neighbour: User, value: int) -> None:
    with pytest.raises(NotValid):
        give_opinion(proposal=tabled, acting_user=neighbour, value=value)


def test_the_database_keeps_what_is_always_true(tabled: Proposal, neighbour: User) -> None:
    Opinion.objects.create(proposal=tabled, user=neighbour, value=1)
    Opinion.objects.create(proposal=tabled, source_voter="polis-1", value=1)
    for wrong in (
        {"user": neighbour, "value": 0},  # a second one
        {"source_voter": "polis-1", "value": 0},
        {"value": 1},  # nobody's
        {"user": neighbour, "source_voter": "polis-2", "value": 1},  # two people's
        {"source_voter": "polis-3", "value": 2},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opinion.objects.create(proposal=tabled, **wrong)


def test_the_person_downloads_their_own_answers_and_nobody_elses(
    tabled: Proposal, neighbour: User, resident: User
) -> None:
    give_opinion(proposal=tabled, acting_user=neighbour, value=DISAGREE)
    mine = data_of(neighbour)["proposals"]["opinions"]
    assert [(row["proposal__reference"], row["value"]) for row in mine] == [(tabled.reference, "disagree")]
    json.dumps(data_of(neighbour), cls=DjangoJSONEncoder)
    assert data_of(resident)["proposals"]["opinions"] == []


def test_after_an_erasure_the_answers_are_there_and_nobodys(tabled: Proposal, neighbours: list[User]) -> None:
    give_opinion(proposal=tabled, acting_user=neighbours[0], value=AGREE)
    give_opinion(proposal=tabled, acting_user=neighbours[1], value=DISAGREE)
    was = Opinion.objects.get(user=neighbours[0])
    erase_user(user=neighbours[0], acting_user=neighbours[0])
    assert counts(tabled) == (1, 1, 0)
    left = Opinion.objects.exclude(user=neighbours[1]).get()
    assert (left.user_id, left.value, left.source_voter[:5]) == (None, AGREE, "left-")
    assert left.pk != was.pk
    assert left.pk.version == 4  # the others hold the moment
    assert (left.answered_at.day, left.answered_at.hour, left.answered_at.microsecond) == (1, 0, 0)
    assert [list(column.wrong()) for column in kept_columns() if column.column == "agree_count"] == [[]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_answers_at_once_leave_one(tabled: Proposal, neighbour: User) -> None:
    """Sixteen taps of one person at one moment, three different ones. Without the lock of the proposal they fail on
    the unique key, or the columns count answers that were replaced meanwhile."""
    barrier = threading.Barrier(16)
    errors: list[BaseException] = []

    def answer(n: int) -> None:
        try:
            barrier.wait()
            give_opinion(proposal=tabled, acting_user=neighbour, value=(AGREE, DISAGREE, PASS)[n % 3])
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Opinion.objects.filter(proposal=tabled).count() == 1
    assert sum(counts(tabled)) == 1
