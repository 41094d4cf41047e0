"""The inbox page: what one should know, newest first, and nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from communities.models import Community, Membership
from notifications.actions.reading import recount_unread
from notifications.models import Follow, Notification
from proposals.models import Proposal
from record import clock
from record.announcements import SYSTEM, announce

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"
ClientOf = Callable[[User], Client]


@pytest.fixture
def notify(tabled: Proposal) -> Callable[..., list[Notification]]:
    """notify(user, 3): three unread notifications about the proposal."""

    def make(user: User, count: int, community: Community | None = None, **more: Any) -> list[Notification]:
        place = community or tabled.community
        rows = []
        for n in range(count):
            event = announce("proposal.lapsed", subject=tabled, community=place, actor=SYSTEM).event
            fields = {
                "title": f"Number {n}",
                "body": "What follows",
                "path": tabled.get_absolute_url(),
                "why": "backed",
            }
            subject = {"subject_type": "proposal", "subject_id": tabled.pk}
            rows.append(Notification.objects.create(user=user, event=event, kind=event.kind, **fields | subject | more))
        recount_unread()
        user.refresh_from_db()
        return rows

    return make


Notify = Callable[..., list[Notification]]


def test_shows_the_newest_first_and_what_is_new(client_of: ClientOf, notify: Notify, neighbour: User) -> None:
    notify(neighbour, 2)
    page = client_of(neighbour).get(INBOX).content.decode()
    assert page.index("Number 1") < page.index("Number 0")
    assert "2 things are new." in page
    assert "because you backed it" in page


def test_anonymous_signs_in_first(client: Client) -> None:
    assert client.get(INBOX).headers["Location"] == "/account/login/?next=/inbox/"


def test_empty_says_what_to_do(client_of: ClientOf, neighbour: User) -> None:
    assert "Nothing here yet" in client_of(neighbour).get(INBOX).content.decode()


def test_nobody_sees_anothers(client_of: ClientOf, notify: Notify, neighbour: User, outsider: User) -> None:
    (row,) = notify(neighbour, 1)
    client = client_of(outsider)
    assert "Number 0" not in client.get(INBOX).content.decode()
    assert client.get(reverse("inbox:open", args=[row.pk])).status_code == 404
    client.post(reverse("inbox:read_all"), {"up_to": row.pk})
    row.refresh_from_db()
    assert row.read_at is None


def test_what_a_private_community_said_goes_with_the_seat(
    client_of: ClientOf, notify: Notify, outsider: User, private_community: Community
) -> None:
    (row,) = notify(outsider, 1, private_community)
    client = client_of(outsider)
    assert "Number 0" in client.get(INBOX).content.decode()
    Membership.objects.filter(user=outsider).update(ended_at=clock.now())
    assert "Number 0" not in client.get(INBOX).content.decode()
    assert client.get(reverse("inbox:open", args=[row.pk])).status_code == 404


def test_pages_go_on_where_the_last_one_ended(client_of: ClientOf, notify: Notify, neighbour: User) -> None:
    notify(neighbour, 25)
    client = client_of(neighbour)
    first = client.get(INBOX)
    assert len(first.context["page"].rows) == 20
    second = client.get(INBOX + first.context["page"].next_url)
    assert [row.title for row in second.context["page"].rows] == [f"Number {n}" for n in (4, 3, 2, 1, 0)]


def test_costs_the_same_with_one_row_and_with_twenty(
    client_of: ClientOf, notify: Notify, neighbour: User, django_assert_max_num_queries: Any
) -> None:
    client = client_of(neighbour)
    notify(neighbour, 1)
    client.get(INBOX)
    with django_assert_max_num_queries(12) as with_one:
        client.get(INBOX)
    notify(neighbour, 19)
    with django_assert_max_num_queries(12) as with_twenty:
        client.get(INBOX)
    assert len(with_one) == len(with_twenty)


def test_opening_is_reading_once(client_of: ClientOf, notify: Notify, neighbour: User, tabled: Proposal) -> None:
    row, _other = notify(neighbour, 2)
    client = client_of(neighbour)
    for _twice in range(2):
        answer = client.get(reverse("inbox:open", args=[row.pk]))
        assert answer.headers["Location"] == tabled.get_absolute_url()
    neighbour.refresh_from_db()
    assert neighbour.unread_notifications == 1


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Sec-Fetch-Site": "cross-site"}])
def test_looking_ahead_or_from_elsewhere_reads_nothing(
    client_of: ClientOf, notify: Notify, neighbour: User, headers: dict[str, str]
) -> None:
    (row,) = notify(neighbour, 1)
    client_of(neighbour).get(reverse("inbox:open", args=[row.pk]), headers=headers)
    row.refresh_from_db()
    assert row.read_at is None


def test_mark_everything_leaves_what_came_meanwhile(client_of: ClientOf, notify: Notify, neighbour: User) -> None:
    rows = notify(neighbour, 3)
    notify(neighbour, 1)
    client = client_of(neighbour)
    for _twice in range(2):
        assert client.post(reverse("inbox:read_all"), {"up_to": rows[-1].pk}).headers["Location"] == INBOX
    neighbour.refresh_from_db()
    assert neighbour.unread_notifications == 1


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30, "NaN", "\x00"])
def test_mark_everything_refuses_nonsense(client_of: ClientOf, neighbour: User, up_to: str) -> None:
    assert client_of(neighbour).post(reverse("inbox:read_all"), {"up_to": up_to}).status_code == 400


@pytest.mark.parametrize("path", ["/inbox/99999999999999999999999999/", "/inbox/?page=x", "/inbox/?page=%00"])
def test_nonsense_in_the_address(client_of: ClientOf, neighbour: User, path: str) -> None:
    assert client_of(neighbour).get(path).status_code in (400, 404)


def test_mute_from_here(client_of: ClientOf, notify: Notify, neighbour: User, tabled: Proposal) -> None:
    notify(neighbour, 1)
    client = client_of(neighbour)
    form = {"subject_type": "proposal", "subject_id": tabled.pk, "next": INBOX}
    assert client.post(reverse("inbox:mute"), form).headers["Location"] == INBOX
    assert Follow.objects.get(user=neighbour).muted_at is not None
    assert "Hear of this proposal again" in client.get(INBOX).content.decode()


def test_titles_are_text_and_not_html(client_of: ClientOf, notify: Notify, neighbour: User) -> None:
    notify(neighbour, 1, title="<script>alert(1)</script>")
    assert "<script>alert" not in client_of(neighbour).get(INBOX).content.decode()


def test_recount_puts_the_number_right(notify: Notify, neighbour: User) -> None:
    notify(neighbour, 2)
    User.objects.filter(pk=neighbour.pk).update(unread_notifications=77)
    assert recount_unread() == 1
    neighbour.refresh_from_db()
    assert neighbour.unread_notifications == 2
