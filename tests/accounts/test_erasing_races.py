"""Somebody is erased while they act in another tab, with real threads on PostgreSQL. Each fails without its guard:
`seated` on the action, and the lock of the person's row that leaves its key free."""

import uuid
from collections.abc import Callable

import pytest

from accounts.actions import change_details, erase_user
from accounts.models import User
from communities.seats import seats_of
from proposals.actions.backing import back_proposal
from proposals.actions.opinions import give_opinion, take_opinion_back
from proposals.actions.talk import add_comment, make_offer
from proposals.counts import kept_columns
from proposals.models import Comment, Offer, Opinion, Proposal
from record.exceptions import NotAllowed
from record.models import EntryText
from tests.races import Act, held, waits_or_ends

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MINE = "My private words"


@pytest.fixture
def writer(neighbour: User) -> User:
    """As a request has them: the seats came with the session."""
    assert seats_of(neighbour)
    return neighbour


@pytest.fixture
def says(tabled: Proposal, writer: User) -> dict[str, Callable[[], object]]:
    return {
        "comment": lambda: add_comment(proposal=tabled, acting_user=writer, body=MINE, submission=uuid.uuid4()),
        "offer": lambda: make_offer(proposal=tabled, acting_user=writer, text=MINE, submission=uuid.uuid4()),
    }


def nothing_is_left() -> bool:
    return not (
        Comment.objects.filter(body=MINE).exists()
        or Comment.objects.exclude(area="").exists()
        or Offer.objects.filter(text=MINE).exists()
        or EntryText.objects.filter(text=MINE).exists()
    )


@pytest.mark.parametrize("what", ["comment", "offer"])
def test_words_that_wait_for_their_proposal_are_found_by_the_erasure(
    says: dict[str, Callable[[], object]], tabled: Proposal, writer: User, what: str
) -> None:
    with held(lambda: Proposal.objects.select_for_update().get(pk=tabled.pk)):
        words = Act(says[what])
        waits_or_ends(words)
        erasing = Act(lambda: erase_user(user=writer, acting_user=writer))
        waits_or_ends(erasing, waiting=2)
    assert words.ends() is None
    assert erasing.ends() is None
    assert nothing_is_left()


@pytest.mark.parametrize("what", ["comment", "offer"])
def test_words_that_come_while_their_author_is_erased_are_refused(
    says: dict[str, Callable[[], object]], writer: User, what: str
) -> None:
    with held(lambda: erase_user(user=User.objects.get(pk=writer.pk), acting_user=writer)):
        words = Act(says[what])
        waits_or_ends(words)
    assert isinstance(words.ends(), NotAllowed)
    assert nothing_is_left()


def test_a_name_that_is_changed_meanwhile_does_not_come_back(writer: User) -> None:
    with held(lambda: erase_user(user=User.objects.get(pk=writer.pk), acting_user=writer)):
        renaming = Act(lambda: change_details(user=writer, acting_user=writer, display_name="Joan Alder"))
        waits_or_ends(renaming)
    assert isinstance(renaming.ends(), NotAllowed)
    assert not User.objects.filter(display_name="Joan Alder").exists()


def test_a_backing_and_the_erasure_of_its_author_do_not_lock_each_other_out(
    says: dict[str, Callable[[], object]], tabled: Proposal, writer: User
) -> None:
    says["comment"]()
    with held(lambda: back_proposal(proposal=tabled, acting_user=writer)):
        erasing = Act(lambda: erase_user(user=User.objects.get(pk=writer.pk), acting_user=writer))
        waits_or_ends(erasing)
    assert erasing.ends() is None
    assert Proposal.objects.get(pk=tabled.pk).supports_count == 1


def test_an_answer_that_is_taken_back_while_its_giver_is_erased_stays_counted(tabled: Proposal, writer: User) -> None:
    give_opinion(proposal=tabled, acting_user=writer, value=Opinion.Value.AGREE)
    with held(lambda: erase_user(user=User.objects.get(pk=writer.pk), acting_user=writer)):
        taking = Act(lambda: take_opinion_back(proposal=tabled, acting_user=writer))
        waits_or_ends(taking)
    assert isinstance(taking.ends(), NotAllowed)
    assert [column.label for column in kept_columns() if column.wrong().exists()] == []
    assert Proposal.objects.get(pk=tabled.pk).agree_count == 1
