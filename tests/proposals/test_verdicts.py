import pytest

from proposals.actions.verdicts import give_verdict, is_contested
from proposals.exceptions import NotAllowed, NotNow
from proposals.models import Proposal
from record import clock
from record.models import Entry, Event


def test_below_half_is_contested(response, neighbours):
    for neighbour in neighbours[:2]:
        give_verdict(response=response, acting_user=neighbour, answers_it=False)
    response.refresh_from_db()
    assert not response.is_contested  # two voices are not enough
    give_verdict(response=response, acting_user=neighbours[2], answers_it=True)
    response.refresh_from_db()
    assert (response.answers_it_count, response.does_not_count, response.is_contested) == (1, 2, True)
    assert Proposal.objects.on_the_scrutiny_list().count() == 1
    assert Entry.objects.filter(kind="response.contested").count() == 1


def test_a_mind_can_be_changed_and_is_counted_once(response, neighbours):
    for neighbour in neighbours[:3]:
        give_verdict(response=response, acting_user=neighbour, answers_it=False)
    give_verdict(response=response, acting_user=neighbours[0], answers_it=True)
    give_verdict(response=response, acting_user=neighbours[1], answers_it=True)
    give_verdict(response=response, acting_user=neighbours[1], answers_it=True)
    response.refresh_from_db()
    assert (response.answers_it_count, response.does_not_count, response.is_contested) == (2, 1, False)
    assert not Proposal.objects.on_the_scrutiny_list().exists()
    assert response.contested_at is not None  # it was once, and that stays


def test_followers_are_told_of_a_contest_once(response, neighbours):
    for neighbour in neighbours[:3]:
        give_verdict(response=response, acting_user=neighbour, answers_it=False)
    for answers_it in (True, False):
        give_verdict(response=response, acting_user=neighbours[0], answers_it=answers_it)
        give_verdict(response=response, acting_user=neighbours[1], answers_it=answers_it)
    told = Event.objects.filter(kind="response.contested").order_by("id")
    assert [event.payload["first_time"] for event in told] == [True, False]


@pytest.mark.parametrize("who", ["neighbour", "professional", "facilitator", "outsider"])
def test_only_those_who_backed_it_speak(request, response, who):
    with pytest.raises(NotAllowed):
        give_verdict(response=response, acting_user=request.getfixturevalue(who), answers_it=False)


def test_the_author_speaks_too(response, resident):
    give_verdict(response=response, acting_user=resident, answers_it=True)
    response.refresh_from_db()
    assert response.answers_it_count == 1


def test_not_after_the_last_day(response, neighbours):
    response.verdicts_until = clock.today().replace(year=clock.today().year - 1)
    response.save()
    with pytest.raises(NotNow):
        give_verdict(response=response, acting_user=neighbours[0], answers_it=True)


@pytest.mark.parametrize(
    ("yes", "no", "supports", "contested"),
    [(0, 1, 40, False), (0, 2, 2, True), (1, 2, 40, True), (2, 2, 40, False), (9, 22, 52, True), (0, 0, 5, False)],
)
def test_when_an_answer_is_contested(yes, no, supports, contested):
    assert is_contested(yes, no, supports) is contested
