import hashlib
import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.actions import ERASED_NAME, change_details, erase_user
from accounts.exceptions import NotAllowed
from communities.actions.invitations import create_invitations
from communities.models import Invitation, Membership
from notifications.models import CheckpointReader
from proposals.actions.backing import back_proposal
from proposals.actions.checking import check_commitment
from proposals.actions.drafting import start_draft
from proposals.actions.promising import change_commitment, claim_commitment, drop_commitment, make_commitment
from proposals.actions.talk import add_comment, make_offer
from proposals.counts import kept_columns
from proposals.models import Comment, Commitment, Proposal
from record import clock
from record.models import Entry, EntryText


@pytest.fixture
def busy(tabled, neighbour, community):
    back_proposal(proposal=tabled, acting_user=neighbour)
    add_comment(proposal=tabled, acting_user=neighbour, body="My own words.", submission=uuid.uuid4())
    make_offer(proposal=tabled, acting_user=neighbour, text="My own ladder.", submission=uuid.uuid4())
    start_draft(community=community, acting_user=neighbour, submission=uuid.uuid4())
    return neighbour


def test_names_words_and_seats_go_and_tallies_stay(busy, tabled):
    erase_user(user=busy, acting_user=busy)
    busy.refresh_from_db()
    tabled.refresh_from_db()
    assert (busy.email, busy.display_name, busy.is_active) == (None, ERASED_NAME, False)
    assert (tabled.supports_count, tabled.comments_count, tabled.offers_count) == (1, 0, 0)
    assert Comment.objects.get().body == ""
    assert not Membership.objects.current().filter(user=busy).exists()
    assert not Proposal.objects.filter(author=busy, state="draft").exists()
    assert [kept.label for kept in kept_columns() if kept.wrong().exists()] == []


def test_no_word_of_theirs_is_left_beside_the_record_and_the_chain_holds(busy):
    erase_user(user=busy, acting_user=busy)
    assert not EntryText.objects.filter(text__contains="My own").exists()
    for entry in Entry.objects.order_by("sequence"):
        assert entry.hash == hashlib.sha256(entry.line.encode()).hexdigest()


def test_no_row_of_any_table_holds_an_address_of_theirs(busy, facilitator, community):
    """Also of one that they added beside it: an invitation never used, a webhook, the checkpoints, the admin's log."""
    other = "joan.at.work@example.org"
    EmailAddress.objects.create(user=busy, email=other, verified=True)
    place = {"community": community, "acting_user": facilitator}
    create_invitations(**place, addresses=[("Flat 3", "")], email=busy.email)
    create_invitations(**place, addresses=[("Flat 4", "")], email=other.upper())
    for address in (busy.email, other):
        CheckpointReader.objects.create(email=address)
        said = {"object_repr": f"{address} (Joan)", "change_message": address}
        LogEntry.objects.create(user=facilitator, action_flag=2, **said)
    assert rows_that_hold(other) != []
    held = busy.email
    erase_user(user=busy, acting_user=busy)
    assert rows_that_hold(held) == rows_that_hold(other) == []
    assert not Invitation.objects.filter(used_at=None, revoked_at=None).exists()


def rows_that_hold(address):
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.get_internal_type() in ("CharField", "TextField", "EmailField", "JSONField"):
                rows = model._base_manager.annotate(held=Cast(field.name, TextField())).filter(held__icontains=address)
                found += [f"{model.__name__}.{field.name}" for _row in rows]
    return found


def test_twice_is_once(busy):
    erase_user(user=busy, acting_user=busy)
    erased_at = type(busy).objects.get(pk=busy.pk).erased_at
    assert erase_user(user=busy, acting_user=busy).erased_at == erased_at


def test_nobody_erases_somebody_else(busy, facilitator):
    with pytest.raises(NotAllowed):
        erase_user(user=busy, acting_user=facilitator)


def test_the_page_wants_a_tick_and_signs_out_everywhere(client_of, busy):
    phone, laptop = client_of(busy), client_of(busy)
    assert "Tick the box" in phone.post(reverse("accounts:erase")).text
    assert phone.post(reverse("accounts:erase"), {"sure": "on"}).status_code == 302
    assert laptop.get(reverse("accounts:account")).status_code == 302


def test_the_page_says_that_a_proposal_stays_whoever_backed_it(client_of, tabled, resident):
    """Also one that nobody did."""
    assert tabled.supports_count == 0
    page = client_of(resident).get(reverse("accounts:erase")).text
    assert "Each proposal that you tabled, under “Former resident”, even if nobody backed it." in page
    erase_user(user=resident, acting_user=resident)
    assert Proposal.objects.get(pk=tabled.pk).author.display_name == ERASED_NAME


def test_copies_elsewhere_hear_of_it(busy, tabled):
    """A row that shows something else now has changed: its `updated` moves, and its page is not the old one."""
    before = Proposal.objects.get(pk=tabled.pk).updated_at
    erase_user(user=busy, acting_user=busy)
    assert Proposal.objects.get(pk=tabled.pk).updated_at > before


def test_another_name_is_a_change_of_the_rows_that_show_it(busy, tabled):
    before = Proposal.objects.get(pk=tabled.pk).updated_at
    change_details(user=busy, acting_user=busy, display_name="Jo")
    after = Proposal.objects.get(pk=tabled.pk).updated_at
    assert after > before
    change_details(user=busy, acting_user=busy, phone="0100")
    assert Proposal.objects.get(pk=tabled.pk).updated_at == after


def test_what_was_said_of_a_promise_goes(promise, resident, professional):
    """Also where it stands with the promise itself, and beside the record; another one’s words stay."""
    claim_commitment(commitment=promise, acting_user=professional, note="New lamp.")
    check_commitment(commitment=promise, acting_user=resident, done=False, note="It is dark again.")
    before = Commitment.objects.get(pk=promise.pk).updated_at
    erase_user(user=resident, acting_user=resident)
    promise.refresh_from_db()
    assert (promise.dispute_reason, promise.claim_note) == ("", "New lamp.")
    assert promise.updated_at > before
    assert not EntryText.objects.filter(text="It is dark again.").exists()
    assert EntryText.objects.filter(text="New lamp.").exists()


def test_a_neighbours_promise_stays_without_what_they_said_about_it(tabled, neighbour):
    due_on = clock.today() + timedelta(days=30)
    promise = make_commitment(
        acting_user=neighbour,
        text="Cut the hedge",
        due_on=due_on,
        by_whom="Joyce of flat 4",
        proposal=tabled,
        submission=uuid.uuid4(),
    )
    change_commitment(
        commitment=promise, acting_user=neighbour, text="Cut half the hedge", due_on=due_on, reason="My knee."
    )
    drop_commitment(commitment=promise, acting_user=neighbour, reason="My other knee.")
    erase_user(user=neighbour, acting_user=neighbour)
    promise.refresh_from_db()
    assert (promise.text, promise.by_whom, promise.drop_reason) == ("Cut half the hedge", "", "(erased)")
    assert promise.changes.get().reason == ""
    assert not EntryText.objects.filter(text__contains="knee").exists()


@pytest.mark.parametrize("who", ["professional", "facilitator"])
def test_what_somebody_wrote_in_an_office_stays(tabled, who, request):
    person = request.getfixturevalue(who)
    add_comment(proposal=tabled, acting_user=person, body="We will look.", submission=uuid.uuid4())
    erase_user(user=person, acting_user=person)
    person.refresh_from_db()
    assert Comment.objects.get().body == "We will look."
    assert person.display_name == "Former member of staff"
