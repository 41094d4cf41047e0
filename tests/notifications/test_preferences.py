"""What to be told of, and where."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from notifications.actions.choosing import Choice, choices_of, choose
from notifications.actions.relaying import relay_waiting_events
from notifications.kinds import GROUPS
from notifications.models import Delivery, Notification, Preference
from proposals.models import Proposal

pytestmark = pytest.mark.django_db
PAGE = "/inbox/preferences/"
ClientOf = Callable[[User], Client]


def test_everything_is_ticked_until_somebody_chooses(client_of: ClientOf, neighbour: User) -> None:
    page = client_of(neighbour).get(PAGE).content.decode()
    assert page.count(" checked") == 2 * len(GROUPS)
    assert "joyce.a@example.org" in page


def test_a_choice_is_kept(client_of: ClientOf, neighbour: User) -> None:
    client = client_of(neighbour)
    for _twice in range(2):
        answer = client.post(PAGE, {"answers_inbox": "on", "answers_email": "on", "clocks_inbox": "on"})
        assert answer.headers["Location"] == PAGE
    chosen = choices_of(neighbour)
    assert chosen["answers"] == Choice(True, True)
    assert chosen["clocks"] == Choice(True, False)
    assert chosen["replies"] == Choice(False, False)
    assert Preference.objects.count() == len(GROUPS)


def test_anonymous_signs_in_first(client: Client) -> None:
    assert client.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"
    assert client.post(PAGE, {}).status_code == 302
    assert not Preference.objects.exists()


def test_the_page_costs_few_queries(client_of: ClientOf, neighbour: User, django_assert_max_num_queries: Any) -> None:
    client = client_of(neighbour)
    with django_assert_max_num_queries(8):
        client.get(PAGE)


@pytest.mark.parametrize(
    ("in_inbox", "by_email", "notifications", "deliveries", "unread"),
    [(True, True, 1, 1, 1), (True, False, 1, 0, 1), (False, True, 1, 1, 0), (False, False, 0, 0, 0)],
)
def test_what_was_chosen_is_what_one_gets(
    asked: Proposal,
    resident: User,
    in_inbox: bool,
    by_email: bool,
    notifications: int,
    deliveries: int,
    unread: int,
) -> None:
    choose(acting_user=resident, choices={"progress": Choice(in_inbox, by_email)})
    relay_waiting_events()
    assert Notification.objects.filter(user=resident).count() == notifications
    assert Delivery.objects.filter(notification__user=resident).count() == deliveries
    resident.refresh_from_db()
    assert resident.unread_notifications == unread


def test_no_address_no_mail(asked: Proposal, resident: User) -> None:
    User.objects.filter(pk=resident.pk).update(email=None)
    relay_waiting_events()
    assert Notification.objects.filter(user=resident).exists()
    assert not Delivery.objects.filter(notification__user=resident).exists()
