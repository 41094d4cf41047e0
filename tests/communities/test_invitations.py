import threading
from datetime import timedelta

import pytest
from django.db import connection

from communities.actions.invitations import create_invitations, join_with_code, revoke_invitation
from communities.codes import code_of, digest_of, normal
from communities.exceptions import LockedOut, NotAllowed, NotNow, NotValid
from communities.models import Invitation, InvitationGuess, Membership
from record import clock
from record.models import Entry


def test_a_code_makes_a_verified_resident_once(invitation, stranger, community, make_user):
    seat = join_with_code(acting_user=stranger, code=code_of(invitation.pk))
    assert (seat.role, seat.area) == ("resident", "Heron House")
    assert seat.verified_at is not None
    community.refresh_from_db()
    assert community.residents_count == 1
    with pytest.raises(NotValid):
        join_with_code(acting_user=make_user("Second"), code=code_of(invitation.pk))


def test_a_second_tap_is_the_same_seat(invitation, stranger):
    first = join_with_code(acting_user=stranger, code=code_of(invitation.pk))
    assert join_with_code(acting_user=stranger, code=code_of(invitation.pk)).pk == first.pk
    assert Entry.objects.filter(kind="membership.joined").count() == 1


def test_the_record_does_not_say_who_joined_or_where_letters_went(invitation, stranger):
    join_with_code(acting_user=stranger, code=code_of(invitation.pk))
    lines = "\n".join(Entry.objects.values_list("line", flat=True))
    assert "Sue" not in lines
    assert "Flat 3" not in lines


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_code_is_read_as_people_type_it(invitation, stranger, change):
    assert join_with_code(acting_user=stranger, code=change(code_of(invitation.pk)))


def test_o_and_i_are_forgiven():
    assert normal("oIl1-7k2qm") == normal("0111 7K2QM")


def test_the_database_does_not_hold_the_code(invitation):
    code = code_of(invitation.pk)
    assert normal(code) not in str(Invitation.objects.values().get())
    assert invitation.code_digest == digest_of(code)


@pytest.mark.parametrize("over", ["used", "revoked", "expired", "wrong"])
def test_every_code_that_does_not_open_gets_the_same_answer(invitation, stranger, make_user, facilitator, over):
    code = code_of(invitation.pk)
    if over == "used":
        join_with_code(acting_user=make_user("First"), code=code)
    elif over == "revoked":
        revoke_invitation(invitation=invitation, acting_user=facilitator)
    elif over == "wrong":
        code = "00000-00000"
    moment = clock.now() + timedelta(days=91 if over == "expired" else 0)
    with clock.at(moment), pytest.raises(NotValid, match="does not open"):
        join_with_code(acting_user=stranger, code=code)
    assert not Membership.objects.filter(user=stranger).exists()


def test_guessing_locks_out_even_with_the_right_code(invitation, stranger):
    for _ in range(10):
        with pytest.raises(NotValid):
            join_with_code(acting_user=stranger, code="wrong", address="10.0.0.1")
    with pytest.raises(LockedOut) as locked:
        join_with_code(acting_user=stranger, code=code_of(invitation.pk), address="10.0.0.2")
    assert 0 < locked.value.minutes <= 61
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert join_with_code(acting_user=stranger, code=code_of(invitation.pk))


def test_an_address_is_locked_out_whoever_guesses(invitation, stranger, make_user):
    InvitationGuess.objects.bulk_create(
        InvitationGuess(user=make_user(f"Guesser {n}"), address="10.0.0.1") for n in range(50)
    )
    with pytest.raises(LockedOut):
        join_with_code(acting_user=stranger, code=code_of(invitation.pk), address="10.0.0.1")


@pytest.mark.parametrize("who", ["professional", "facilitator"])
def test_staff_do_not_become_residents(request, invitation, who):
    with pytest.raises(NotNow):
        join_with_code(acting_user=request.getfixturevalue(who), code=code_of(invitation.pk))
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_a_newcomer_is_verified_and_a_resident_keeps_the_code(invitation, newcomer, resident):
    with pytest.raises(NotNow):
        join_with_code(acting_user=resident, code=code_of(invitation.pk))
    assert join_with_code(acting_user=newcomer, code=code_of(invitation.pk)).verified_at


@pytest.mark.parametrize("who", ["resident", "professional", "outsider", "staff"])
def test_only_a_facilitator_invites_and_revokes(request, community, invitation, who):
    user = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        create_invitations(community=community, acting_user=user, addresses=[("x", "")])
    with pytest.raises(NotAllowed):
        revoke_invitation(invitation=invitation, acting_user=user)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"addresses": []}, "addresses"),
        ({"addresses": [("x", "")] * 501}, "addresses"),
        ({"days_valid": 0}, "days_valid"),
    ],
)
def test_what_cannot_be_invited_is_named(community, facilitator, change, field):
    with pytest.raises(NotValid) as refused:
        create_invitations(community=community, acting_user=facilitator, **({"addresses": [("x", "")]} | change))
    assert refused.value.field == field


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_with_one_code_at_once(invitation, make_user, community):
    people = [make_user(f"Racer {n}") for n in range(6)]
    barrier = threading.Barrier(len(people))
    joined: list[Membership] = []

    def join(person):
        try:
            barrier.wait()
            joined.append(join_with_code(acting_user=person, code=code_of(invitation.pk)))
        except NotValid:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(joined) == 1
    community.refresh_from_db()
    assert community.residents_count == Membership.objects.residents().filter(community=community).count() == 1
