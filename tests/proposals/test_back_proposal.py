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


def test_backing_stays_once_it_was_asked(asked, neighbours):
    with pytest.raises(NotNow):
        withdraw_backing(proposal=asked, acting_user=neighbours[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_the_threshold_is_crossed_exactly_once(tabled, make_user, community):
    """Sixteen neighbours at one moment; the third makes the threshold."""
    people = [make_user(f"Racer {n}", community) for n in range(16)]
    barrier = threading.Barrier(len(people))
    errors: list[BaseException] = []

    def back(person):
        try:
            barrier.wait()
            back_proposal(proposal=tabled, acting_user=person)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=back, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    fresh = Proposal.objects.get(pk=tabled.pk)
    assert fresh.supports_count == Support.objects.filter(proposal=tabled).count() == 16
    assert Ask.objects.filter(proposal=tabled).count() == 1
    assert Entry.objects.filter(kind="proposal.threshold_reached").count() == 1
