"""What one follows, and the buttons on other pages."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from communities.models import Community, Organisation, Topic
from notifications.models import Follow
from proposals.models import Proposal
from record import clock

pytestmark = pytest.mark.django_db
FOLLOWING = "/inbox/following/"
ClientOf = Callable[[User], Client]


def form(thing: Any, **more: str) -> dict[str, str]:
    return {"subject_type": thing._meta.model_name, "subject_id": str(thing.pk)} | more


@pytest.mark.parametrize("act", ["follow", "unfollow", "mute"])
def test_a_get_changes_nothing(client_of: ClientOf, neighbour: User, act: str) -> None:
    assert client_of(neighbour).get(f"/inbox/{act}/").headers["Location"] == "/inbox/"


@pytest.mark.parametrize("act", ["follow", "unfollow", "mute"])
def test_anonymous_signs_in_and_comes_back_to_the_page(client: Client, act: str, tabled: Proposal) -> None:
    answer = client.post(f"/inbox/{act}/", form(tabled, next=tabled.get_absolute_url()))
    assert answer.headers["Location"] == f"/account/login/?next={tabled.get_absolute_url()}"
    assert not Follow.objects.exists()


def test_follow_mute_unfollow(
    client_of: ClientOf, newcomer: User, tabled: Proposal, community: Community, landlord: Organisation
) -> None:
    client = client_of(newcomer)
    for thing in (tabled, community, landlord):
        for _twice in range(2):
            client.post("/inbox/follow/", form(thing))
    assert Follow.objects.filter(user=newcomer, muted_at=None).count() == 3
    client.post("/inbox/mute/", form(tabled))
    assert Follow.objects.filter(user=newcomer, muted_at=None).count() == 2
    client.post("/inbox/follow/", form(tabled))
    assert Follow.objects.filter(user=newcomer, muted_at=None).count() == 3
    for _twice in range(2):
        client.post("/inbox/unfollow/", form(tabled))
    assert Follow.objects.filter(user=newcomer).count() == 2


@pytest.mark.parametrize("act", ["follow", "mute"])
def test_what_one_may_not_see_is_not_there(
    client_of: ClientOf, neighbour: User, private_community: Community, make_draft: Any, act: str
) -> None:
    client = client_of(neighbour)
    for thing in (private_community, make_draft()):
        assert client.post(f"/inbox/{act}/", form(thing)).status_code == 404
    assert client.post(f"/inbox/{act}/", form(private_community) | {"subject_id": str(uuid.uuid4())}).status_code == 404


@pytest.mark.parametrize(
    "nonsense", [{"subject_type": "user"}, {"subject_id": "1"}, {"subject_id": "\x00"}, {"subject_type": "\x00"}]
)
def test_nonsense_is_refused(client_of: ClientOf, neighbour: User, tabled: Proposal, nonsense: dict[str, str]) -> None:
    assert client_of(neighbour).post("/inbox/follow/", form(tabled) | nonsense).status_code == 400


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nX: y", "/\x00"]
)
def test_next_never_leads_to_another_site(client_of: ClientOf, neighbour: User, tabled: Proposal, page: str) -> None:
    answer = client_of(neighbour).post("/inbox/follow/", form(tabled, next=page))
    assert answer.headers["Location"] == "/inbox/"


def test_the_list_and_what_is_no_longer_visible(
    client_of: ClientOf, neighbour: User, tabled: Proposal, private_community: Community, follow_row: Any
) -> None:
    follow_row(neighbour, tabled, why="backed")
    follow_row(neighbour, private_community)
    page = client_of(neighbour).get(FOLLOWING).content.decode()
    assert tabled.title in page
    assert "because you backed it" in page
    assert "Marrow Ward" not in page
    assert "Something that you can no longer see" in page


def test_empty_and_anonymous(client: Client, client_of: ClientOf, newcomer: User) -> None:
    assert "You follow nothing yet" in client_of(newcomer).get(FOLLOWING).content.decode()
    assert client.get(FOLLOWING).headers["Location"] == "/account/login/?next=/inbox/following/"


def test_costs_the_same_with_one_row_and_with_twenty(
    client_of: ClientOf,
    newcomer: User,
    make_proposal: Any,
    topic: Topic,
    follow_row: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client = client_of(newcomer)
    counts = []
    for more in (1, 19):
        for _ in range(more):
            follow_row(newcomer, make_proposal())
        with django_assert_max_num_queries(12) as asked:
            client.get(FOLLOWING)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _button(user: Any, thing: Any) -> str:
    request = RequestFactory().get("/somewhere/?a=b")
    request.user = user
    code = "{% load following %}{% follow_button kind thing.pk %}"
    return Template(code).render(Context({"request": request, "kind": thing._meta.model_name, "thing": thing}))


def test_the_button(newcomer: User, tabled: Proposal, follow_row: Any) -> None:
    from django.contrib.auth.models import AnonymousUser

    assert "/account/login/?next=/somewhere/%3Fa%3Db" in _button(AnonymousUser(), tabled)
    assert 'action="/inbox/follow/"' in _button(newcomer, tabled)
    row = follow_row(newcomer, tabled)
    assert 'action="/inbox/unfollow/"' in _button(newcomer, tabled)
    Follow.objects.filter(pk=row.pk).update(why="backed")
    assert 'action="/inbox/mute/"' in _button(newcomer, tabled)
    Follow.objects.filter(pk=row.pk).update(muted_at=clock.now())
    assert "Hear of this again" in _button(newcomer, tabled)
    assert reverse("inbox:follow") in _button(newcomer, tabled)
