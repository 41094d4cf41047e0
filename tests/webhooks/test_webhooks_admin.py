"""Operators see where webhooks go and can stop one; keys and secrets they neither see nor find out."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from proposals.models import Proposal
from tests.webhooks.conftest import MakeDelivery, MakeEndpoint
from webhooks.actions.fanning_out import take_from_record
from webhooks.actions.mailing import send_letters
from webhooks.actions.managing import end_endpoint, resume
from webhooks.actions.stopping import stop_endpoint
from webhooks.exceptions import NotAllowed, NotNow
from webhooks.models import Delivery, Endpoint, Letter
from webhooks.tokens import manage_path

LISTS = ["/admin/webhooks/endpoint/", "/admin/webhooks/delivery/"]
URL = "https://hooks.example.org/key-of-theirs?token=abc"


@pytest.fixture
def operator(staff: User) -> User:
    """With every right over webhooks that Django knows: the admin itself must say no."""
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="webhooks"))
    return User.objects.get(pk=staff.pk)


@pytest.fixture
def sam(operator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(operator)


def stop(browser: Client, *endpoints: Endpoint) -> int:
    form = {"action": "stop_these", "_selected_action": [str(one.pk) for one in endpoints]}
    return browser.post(LISTS[0], form, follow=True).status_code


def test_they_read_and_change_nothing(
    sam: Client, make_endpoint: MakeEndpoint, make_delivery: MakeDelivery, tabled: Proposal
) -> None:
    endpoint = make_endpoint(url=URL, old_secret="whsec_old_one")
    delivery = make_delivery(endpoint)
    for page, row in zip(LISTS, (endpoint, delivery), strict=True):
        shown = sam.get(page).text + sam.get(f"{page}{row.pk}/change/").text
        assert "hooks.example.org" in shown
        for hidden in ("key-of-theirs", "token=abc", endpoint.secret, "whsec_"):
            assert hidden not in shown
        assert sam.post(f"{page}{row.pk}/change/", {"state": "active"}).status_code == 403
        assert sam.post(f"{page}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert sam.get(f"{page}add/").status_code == 403
    assert "proposal.tabled" in sam.get(LISTS[1]).text


@pytest.mark.parametrize(
    "question", ["secret__startswith=whsec_A", "url__contains=key", "old_secret=x", "endpoint__secret__startswith=w"]
)
@pytest.mark.parametrize("page", LISTS)
def test_no_filter_in_the_address_finds_a_key_out(page: str, question: str, sam: Client, endpoint: Endpoint) -> None:
    assert sam.get(f"{page}?{question}").status_code == 400


@pytest.mark.parametrize(
    ("term", "is_found"),
    [
        ("hooks.example.org", True),
        ("sub@example.org", True),
        ("hooks", False),
        ("key-of-theirs", False),
        ("hooks.example.org/key-of-theirs", False),
        ("%", False),
    ],
)
def test_they_find_a_server_by_its_whole_name_and_no_key(
    term: str, is_found: bool, sam: Client, make_endpoint: MakeEndpoint
) -> None:
    endpoint = make_endpoint(url=URL)
    assert (str(endpoint.pk) in sam.get(LISTS[0], {"q": term}).text) is is_found


def test_stopping_one(
    sam: Client,
    operator: User,
    make_endpoint: MakeEndpoint,
    tabled: Proposal,
    client: Client,
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    harmful, other = make_endpoint(url=URL, next_sequence=0), make_endpoint(email="b@example.org", next_sequence=0)
    for _tap in range(2):
        assert stop(sam, harmful) == 200
    harmful.refresh_from_db()
    assert (harmful.state, harmful.why_disabled) == ("disabled", "stopped")
    assert LogEntry.objects.filter(user=operator, object_id=str(harmful.pk)).exists()
    take_from_record()
    assert list(Delivery.objects.values_list("endpoint", flat=True)) == [other.pk]
    assert send_letters() == 1
    assert mailoutbox[0].to == ["sub@example.org"]
    assert "cannot be switched on again" in mailoutbox[0].body
    page = client.get(manage_path(harmful)).text
    assert "the people who run this site stopped it" in page
    assert "Switch it on" not in page
    with pytest.raises(NotNow):
        resume(endpoint=harmful)
    end_endpoint(endpoint=harmful)


def test_one_that_nobody_confirmed_ends_without_a_mail(sam: Client, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint(state="unconfirmed", confirmed_at=None)
    Letter.objects.create(endpoint=endpoint, kind="confirm")
    stop(sam, endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.email, endpoint.url) == ("ended", "", "")
    assert not Letter.objects.exists()
    assert "This webhook has ended." in sam.post(
        LISTS[0], {"action": "stop_these", "_selected_action": [str(endpoint.pk)]}, follow=True
    ).text  # fmt: skip


def test_only_operators_with_the_right_stop_one(
    staff: User, client_of: Callable[[User], Client], resident: User, make_endpoint: MakeEndpoint
) -> None:
    endpoint = make_endpoint()
    staff.user_permissions.set(Permission.objects.filter(codename="view_endpoint"))
    reader = User.objects.get(pk=staff.pk)
    stop(client_of(reader), endpoint)
    for person in (reader, resident):
        with pytest.raises(NotAllowed):
            stop_endpoint(endpoint=endpoint, acting_user=person)
    endpoint.refresh_from_db()
    assert endpoint.state == "active"


@pytest.mark.parametrize("page", LISTS)
def test_the_same_few_queries_for_one_row_and_for_twenty(
    page: str, sam: Client, make_endpoint: MakeEndpoint, make_delivery: MakeDelivery, tabled: Proposal
) -> None:
    counts = []
    for rows in (1, 19):
        for _row in range(rows):
            make_delivery(make_endpoint())
        with CaptureQueriesContext(connection) as queries:
            assert sam.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
