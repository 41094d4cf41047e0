import pytest

from communities.actions.memberships import appoint_member, end_membership
from communities.exceptions import NotAllowed, NotNow, NotValid
from communities.models import Membership
from communities.seats import is_verified_resident, seat_of
from record.models import Entry


def test_a_professional_is_given_a_seat_in_public(community, facilitator, stranger, landlord):
    seat = appoint_member(
        community=community,
        acting_user=facilitator,
        user=stranger,
        role="professional",
        organisation=landlord,
        job_title="caretaker",
    )
    again = appoint_member(
        community=community, acting_user=facilitator, user=stranger, role="professional", organisation=landlord
    )
    assert seat.pk == again.pk
    assert "Sue Stranger" in Entry.objects.get(kind="membership.appointed").line


@pytest.mark.parametrize(
    ("role", "with_organisation", "field"),
    [("resident", False, "role"), ("professional", False, "organisation"), ("facilitator", True, "organisation")],
)
def test_a_seat_that_does_not_fit_is_refused(
    community, facilitator, stranger, landlord, role, with_organisation, field
):
    with pytest.raises(NotValid) as refused:
        appoint_member(
            community=community,
            acting_user=facilitator,
            user=stranger,
            role=role,
            organisation=landlord if with_organisation else None,
        )
    assert refused.value.field == field


def test_one_seat_a_person(community, facilitator, resident, landlord):
    with pytest.raises(NotNow):
        appoint_member(
            community=community, acting_user=facilitator, user=resident, role="professional", organisation=landlord
        )


@pytest.mark.parametrize("who", ["resident", "professional", "outsider"])
def test_only_facilitators_give_seats(request, community, stranger, who):
    with pytest.raises(NotAllowed):
        appoint_member(community=community, acting_user=request.getfixturevalue(who), user=stranger, role="facilitator")


def test_leaving_ends_every_right_at_once(community, resident):
    assert is_verified_resident(resident, community.pk)
    seat = end_membership(membership=seat_of(resident, community.pk), acting_user=resident)
    end_membership(membership=seat, acting_user=resident)
    community.refresh_from_db()
    assert community.residents_count == 0
    assert not is_verified_resident(resident, community.pk)
    assert Entry.objects.filter(kind="membership.ended").count() == 1


def test_a_neighbour_does_not_end_my_seat(community, resident, neighbour):
    with pytest.raises(NotAllowed):
        end_membership(membership=Membership.objects.get(user=resident), acting_user=neighbour)


def test_the_last_facilitator_stays(community, facilitator, stranger):
    seat = Membership.objects.get(user=facilitator)
    with pytest.raises(NotNow):
        end_membership(membership=seat, acting_user=facilitator)
    appoint_member(community=community, acting_user=facilitator, user=stranger, role="facilitator")
    assert end_membership(membership=seat, acting_user=facilitator).ended_at
