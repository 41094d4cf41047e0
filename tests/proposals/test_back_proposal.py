import threading

import pytest
from django.db import connection

from communities.models import Topic
from proposals.actions.backing import back_proposal, withdraw_backing
from proposals.exceptions import NotAllowed, NotNow
from proposals.models import Ask, Proposal, Support
from record.models import Entry, Event


def test_backing_counts_once(tabled, neighbour):
    back_proposal(proposal=tabled, acting_user=neighbour)
    back_proposal(proposal=tabled, acting_user=neighbour)
    tabled.refresh_from_db()
    assert tabled.supports_count == Support.objects.count() == 1
    assert Event.objects.filter(kind="proposal.backed").count() == 1


def test_who_backed_is_not_in_the_record(tabled, neighbour):
    back_proposal(proposal=tabled, acting_user=neighbour)
    assert not Entry.objects.filter(kind="proposal.backed").exists()


def test_the_threshold_starts_the_clock(tabled, neighbours):
    for neighbour in neighbours[:2]:
        back_proposal(proposal=tabled, acting_user=neighbour)
    tabled.refresh_from_db()
    assert tabled.state == "tabled"
    back_proposal(proposal=tabled, acting_user=neighbours[2])
    tabled.refresh_from_db()
    ask = Ask.objects.get(proposal=tabled)
    assert tabled.state == "awaiting_response"
    assert (ask.working_days, ask.due_on, ask.first_due_on) == (20, tabled.next_due_on, tabled.next_due_on)
    assert ask.long_overdue_on > ask.due_on > ask.asked_on
    ask.organisation.refresh_from_db()
    assert ask.organisation.asks_count == 1
    assert "Neighbour" not in Entry.objects.get(kind="proposal.threshold_reached").line


def test_backing_goes_on_after_it_was_asked(asked, neighbours):
    back_proposal(proposal=asked, acting_user=neighbours[3])
    asked.refresh_from_db()
    assert asked.supports_count == 4
    assert Ask.objects.filter(proposal=asked).count() == 1


def test_where_residents_decide_nobody_is_asked_for_leave(make_proposal, community, neighbours):
    green = Topic.objects.select_related("rule").get(community=community, slug="green")
    proposal = make_proposal(topic=green)
    for neighbour in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.waits_for) == ("deciding", "ballot")
    assert not Ask.objects.filter(proposal=proposal).exists()


@pytest.mark.parametrize("who", ["professional", "facilitator", "newcomer", "outsider", "staff"])
def test_only_verified_residents_back(request, tabled, who):
    with pytest.raises(NotAllowed):
        back_proposal(proposal=tabled, acting_user=request.getfixturevalue(who))
    assert not Support.objects.exists()


def test_a_draft_cannot_be_backed(make_draft, neighbour):
    with pytest.raises(NotNow):
        back_proposal(proposal=make_draft(), acting_user=neighbour)


def test_backing_can_be_taken_back_until_it_was_asked(tabled, neighbours):
    back_proposal(proposal=tabled, acting_user=neighbours[0])
    withdraw_backing(proposal=tabled, acting_user=neighbours[0])
    withdraw_backing(proposal=tabled, acting_user=neighbours[0])
    tabled.refresh_from_db()
    assert tabled.supports_count == Support.objects.count() == 0
    assert Event.objects.filter(kind="proposal.backing_withdrawn").count() == 1


def test_the_event_is_whole(tabled, neighbour):
    """It is written beside the backing, in one statement, and is as announce() writes it."""
    back_proposal(proposal=tabled, acting_user=neighbour)
    event = Event.objects.get(kind="proposal.backed")
    assert (event.subject_type, event.subject_id) == ("proposal", str(tabled.pk))
    assert (event.community_id, event.actor_id) == (tabled.community_id, neighbour.pk)
    assert event.payload == {"proposal": str(tabled.pk)}
    assert (event.entry_id, event.once_key, event.relayed_at, event.attempts) == (None, None, None, 0)


def test_backing_stays_once_it_was_asked(asked, neighbours):
    with pytest.raises(NotNow):
        withdraw_backing(proposal=asked, acting_user=neighbours[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_the_threshold_is_crossed_exactly_once(tabled, make_user, community):
    """Sixteen neighbours at one moment; the third makes the threshold."""
    people = [make_user(f"Racer {n}", community) for n in range(16)]
    assert at_once(people, tabled) == []
    fresh = Proposal.objects.get(pk=tabled.pk)
    assert fresh.supports_count == Support.objects.filter(proposal=tabled).count() == 16
    assert Ask.objects.filter(proposal=tabled).count() == 1
    assert Entry.objects.filter(kind="proposal.threshold_reached").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_one_neighbour_on_eight_phones_backs_once(asked, neighbours):
    """One row, one more in the count, and one event: the three go together."""
    before = Event.objects.filter(kind="proposal.backed").count()
    assert at_once([neighbours[4]] * 8, asked) == []
    assert Support.objects.filter(proposal=asked, user=neighbours[4]).count() == 1
    assert Proposal.objects.get(pk=asked.pk).supports_count == Support.objects.filter(proposal=asked).count()
    assert Event.objects.filter(kind="proposal.backed").count() == before + 1


def at_once(people, proposal):
    """Each of them backs it at the same moment, on a connection of their own. The errors."""
    barrier = threading.Barrier(len(people))
    errors: list[BaseException] = []

    def back(person):
        try:
            barrier.wait()
            back_proposal(proposal=proposal, acting_user=person)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=back, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
