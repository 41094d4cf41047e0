"""Working out the common ground: what is kept, when it is done again, and what it never holds."""

import json
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community
from proposals.actions import mapping
from proposals.actions.ending import withdraw_proposal
from proposals.actions.opinions import give_opinion, take_opinion_back
from proposals.models import CommonGround, Opinion, Proposal
from proposals.tasks import find_common_ground
from record import clock
from tests.stage import Camps


def test_two_camps_are_kept_as_places_and_sizes(community: Community, camps: Camps) -> None:
    proposals = camps(14, 11)
    find_common_ground()
    ground = CommonGround.objects.get(community=community)
    assert (ground.people, ground.groups, len(ground.points)) == (25, [14, 11], 25)
    assert ground.stability >= 0.8
    assert ground.by_group[str(proposals[0].pk)] == [[14, 14], [11, 11]]
    shared = Proposal.objects.get(pk=proposals[0].pk)
    assert shared.common_ground == round(1000 * 15 / 16 * 12 / 13)
    others = Proposal.objects.exclude(pk=shared.pk).values_list("common_ground", flat=True)
    assert max(value or 0 for value in others) < 300


def test_the_map_leads_back_to_nobody(community: Community, camps: Camps) -> None:
    camps(14, 11)
    find_common_ground()
    ground = CommonGround.objects.get(community=community)
    for x, y, group in ground.points:
        assert (x, y) == (round(x, 2), round(y, 2))
        assert (abs(x) <= 1, abs(y) <= 1, group in (0, 1)) == (True, True, True)
    assert ground.points == sorted(ground.points)  # the order is that of places, not of people
    kept = json.dumps([ground.points, ground.groups, ground.by_group])
    assert not any(str(pk) in kept for pk in User.objects.values_list("pk", flat=True))


def test_no_group_is_shown_where_fewer_than_ten_of_one_answered(community: Community, camps: Camps) -> None:
    proposals = camps(14, 11)
    few = Opinion.objects.filter(proposal=proposals[3], user__display_name__startswith="Second")[:2]
    Opinion.objects.filter(pk__in=[row.pk for row in few]).delete()
    mapping.work_out_common_ground(community_id=community.pk)
    assert CommonGround.objects.get(community=community).by_group[str(proposals[3].pk)] == [None, None]


def test_few_people_make_no_map(community: Community, tabled: Proposal, neighbours: list[User]) -> None:
    for neighbour in neighbours[:4]:
        give_opinion(proposal=tabled, acting_user=neighbour, value=1)
    find_common_ground()
    ground = CommonGround.objects.get(community=community)
    assert (ground.people, ground.groups, ground.points, ground.by_group) == (4, [], [], {})
    tabled.refresh_from_db()
    assert tabled.common_ground == round(1000 * 5 / 6)


def test_it_is_done_again_only_where_an_answer_changed(tabled: Proposal, neighbour: User, community: Community) -> None:
    assert mapping.find_all_common_ground() == 0
    give_opinion(proposal=tabled, acting_user=neighbour, value=1)
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert mapping.find_all_common_ground() == 1
        assert mapping.find_all_common_ground() == 0
    with clock.at(clock.now() + timedelta(minutes=10)):
        give_opinion(proposal=tabled, acting_user=neighbour, value=-1)  # the number of answers is the same
        assert mapping.find_all_common_ground() == 1
    with clock.at(clock.now() + timedelta(minutes=15)):
        take_opinion_back(proposal=tabled, acting_user=neighbour)
        assert mapping.find_all_common_ground() == 1
        assert mapping.find_all_common_ground() == 0
    tabled.refresh_from_db()
    assert tabled.common_ground is None


def test_what_was_taken_off_the_table_is_not_ranked(tabled: Proposal, neighbour: User, resident: User) -> None:
    give_opinion(proposal=tabled, acting_user=neighbour, value=1)
    find_common_ground()
    withdraw_proposal(proposal=tabled, acting_user=resident, reason="No longer needed")
    assert mapping.find_all_common_ground() == 1
    tabled.refresh_from_db()
    assert tabled.common_ground is None


def test_only_what_changed_is_written(tabled: Proposal, neighbour: User) -> None:
    give_opinion(proposal=tabled, acting_user=neighbour, value=1)
    find_common_ground()
    tabled.refresh_from_db()
    before = tabled.updated_at
    find_common_ground()
    tabled.refresh_from_db()
    assert tabled.updated_at == before


def test_an_older_reading_does_not_replace_a_newer_one(tabled: Proposal, neighbour: User, community: Community) -> None:
    give_opinion(proposal=tabled, acting_user=neighbour, value=1)
    find_common_ground()
    now = CommonGround.objects.get().computed_at
    with clock.at(now - timedelta(minutes=1)):
        take_opinion_back(proposal=tabled, acting_user=neighbour)
        mapping.work_out_common_ground(community_id=community.pk)
    assert CommonGround.objects.get().computed_at == now


def test_a_worker_that_dies_leaves_the_old_map(
    tabled: Proposal, neighbour: User, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_opinion(proposal=tabled, acting_user=neighbour, value=1)
    find_common_ground()
    before = CommonGround.objects.values().get()
    give_opinion(proposal=tabled, acting_user=neighbour, value=-1)

    def dies(*_args: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(mapping, "_keep_columns", dies)
    with pytest.raises(SystemExit):
        mapping.work_out_common_ground(community_id=community.pk)
    assert CommonGround.objects.values().get() == before


def test_chance_names_no_groups(community: Community, camps: Camps) -> None:
    camps(15, 15)
    chance = Random(4)
    for row in Opinion.objects.all():
        Opinion.objects.filter(pk=row.pk).update(value=chance.choice((-1, 0, 1)))
    mapping.work_out_common_ground(community_id=community.pk)
    ground = CommonGround.objects.get(community=community)
    assert (ground.groups, ground.by_group, len(ground.points)) == ([], {}, 30)
    assert {row[2] for row in ground.points} == {None}
