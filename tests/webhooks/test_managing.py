"""The page of one webhook and its buttons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from communities.models import Community, Organisation
from record import clock
from tests.webhooks.conftest import MakeDelivery, MakeEndpoint
from tests.webhooks.receiver import Receiver
from webhooks.actions.sending import send_due_deliveries
from webhooks.models import Delivery, Endpoint, Letter
from webhooks.tokens import manage_path

pytestmark = pytest.mark.django_db
Press = Callable[..., str]


@pytest.fixture
def press(client: Client) -> Press:
    """press(endpoint, button, …): the page that follows, as text."""

    def post(endpoint: Endpoint, button: str, **data: Any) -> str:
        answer = client.post(f"{manage_path(endpoint)}{button}/", data, follow=True)
        assert answer.status_code == 200
        endpoint.refresh_from_db()
        return answer.text

    return post


def test_how_it_stands(
    client: Client, make_endpoint: MakeEndpoint, community: Community, landlord: Organisation
) -> None:
    endpoint = make_endpoint(community=community, organisation=landlord, kinds=["decision.recorded"])
    answer = client.get(manage_path(endpoint))
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    for words in ("Larkfield Estate", "Penhale Homes", "Decisions, and decisions", endpoint.secret, "noindex"):
        assert words in answer.text


def test_the_key_in_the_address_goes_into_no_other_address(client: Client, make_endpoint: MakeEndpoint) -> None:
    """The link to sign in comes back to where one was; not to an address that is a key."""
    assert "?next=/waiting/" in client.get("/waiting/").text
    assert "next=" not in client.get(manage_path(make_endpoint())).text


def test_a_new_secret(press: Press, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint()
    old = endpoint.secret
    shown = press(endpoint, "secret")
    assert "The new secret is below" in shown
    assert "<details open>" in shown
    assert endpoint.secrets == [endpoint.secret, old]
    assert endpoint.secret != old
    with clock.at(clock.now() + timedelta(hours=25)):
        assert endpoint.secrets == [endpoint.secret]


def test_the_secret_is_folded_away_until_it_is_new(client: Client, make_endpoint: MakeEndpoint) -> None:
    page = client.get(manage_path(make_endpoint())).text
    assert "<details>" in page
    assert "<details open>" not in page


def test_a_test_is_sent(press: Press, endpoint: Endpoint, receiver: Receiver) -> None:
    press(endpoint, "test")
    send_due_deliveries()
    (hit,) = receiver.hits
    assert b'"type":"webhook.test"' in hit.body
    assert "Arrived" in press(endpoint, "test")


def test_the_log_leads_to_the_line_that_was_sent(
    client: Client, make_endpoint: MakeEndpoint, make_delivery: MakeDelivery, tabled: object
) -> None:
    """On a phone the table has no heads: a bare number would not say what it is."""
    endpoint = make_endpoint()
    sequence = make_delivery(endpoint).entry_id
    page = " ".join(client.get(manage_path(endpoint)).text.split())
    assert f'<a class="link" href="/record/{sequence}/"> Line {sequence} </a>' in page
    assert client.get(f"/record/{sequence}/").status_code == 200


def test_only_ten_tests_an_hour(press: Press, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint()
    pages = [press(endpoint, "test") for _time in range(11)]
    assert "enough tests" not in pages[9]
    assert "enough tests" in pages[10]
    assert Delivery.objects.count() == 10


def test_pause_and_go_on(press: Press, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint(next_sequence=0)
    press(endpoint, "pause")
    assert endpoint.state == "paused"
    assert "You have paused it already." in press(endpoint, "pause")
    assert "You have paused it. Switch it on first." in press(endpoint, "test")
    press(endpoint, "resume")
    assert (endpoint.state, endpoint.next_sequence) == ("active", 0)
    assert "It is on already." in press(endpoint, "resume")


def test_switched_off_by_us_and_on_again(press: Press, client: Client, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint(state="disabled", why_disabled="failing", failing_since=clock.now() - timedelta(days=6))
    assert "for five days" in client.get(manage_path(endpoint)).text
    press(endpoint, "resume")
    assert (endpoint.state, endpoint.why_disabled, endpoint.failing_since) == ("active", "", None)


def test_going_on_reaches_back_as_far_as_a_replay(
    press: Press, make_endpoint: MakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webhooks.actions.managing._sequence_count", lambda: 25_000)
    endpoint = make_endpoint(state="paused", next_sequence=4)
    press(endpoint, "resume")
    assert endpoint.next_sequence == 15_000


def test_the_end_erases(
    client: Client, make_endpoint: MakeEndpoint, make_delivery: MakeDelivery, tabled: object
) -> None:
    endpoint = make_endpoint()
    make_delivery(endpoint)
    Letter.objects.create(endpoint=endpoint, kind="link")
    path = manage_path(endpoint)
    assert client.get(f"{path}end/").status_code == 200
    assert Endpoint.objects.get().state == "active"
    answer = client.post(f"{path}end/")
    assert answer["Location"] == "/api/webhooks/"
    kept = Endpoint.objects.get()
    assert (kept.state, kept.email, kept.url, kept.secret, kept.old_secret) == ("ended", "", "", "", "")
    assert not Delivery.objects.exists()
    assert not Letter.objects.exists()
    for button in ("", "end/", "confirm/"):
        assert client.get(f"{path}{button}").status_code == 404


@pytest.mark.parametrize("button", ["secret", "test", "replay", "pause", "resume"])
def test_opening_an_address_changes_nothing(button: str, client: Client, make_endpoint: MakeEndpoint) -> None:
    assert client.get(f"{manage_path(make_endpoint())}{button}/").status_code == 405


@pytest.mark.parametrize("button", ["secret", "test", "replay", "pause", "resume", "end"])
def test_another_site_cannot_press_it(button: str, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint()
    browser = Client(enforce_csrf_checks=True)
    before = Endpoint.objects.values().get()
    assert browser.post(f"{manage_path(endpoint)}{button}/", {"since": "0"}).status_code in (302, 403)
    assert Endpoint.objects.values().get() == before
    assert not Delivery.objects.exists()


def test_an_old_page_of_a_replay_is_shown_again_as_it_was(make_endpoint: MakeEndpoint) -> None:
    path = manage_path(make_endpoint())
    browser = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    browser.get(path)
    page = browser.post(f"{path}replay/", {"since": "2026-11-24", "csrfmiddlewaretoken": "old"})
    assert page.status_code == 403
    assert 'value="2026-11-24"' in page.text
    assert "open for a long time" in page.text


def test_the_log_has_pages(client: Client, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint()
    Delivery.objects.bulk_create(Delivery(endpoint=endpoint, message_id=f"msg_{n:03}") for n in range(60))
    first = client.get(manage_path(endpoint))
    assert "msg_059" in first.text
    assert "msg_010" in first.text
    assert "msg_009" not in first.text
    second = client.get(manage_path(endpoint) + first.context["page"].next_url)
    assert "msg_009" in second.text
    refused = client.post(f"{manage_path(endpoint)}replay/", {"since": "soon"})
    assert "msg_009" in client.get(refused.context["next_url"]).text


def test_the_log_says_what_a_stranger_answered_and_no_more(client: Client, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint()
    Delivery.objects.create(
        endpoint=endpoint, message_id="msg_1", state="failed", status_code=500, said="<script>alert(1)</script>"
    )
    assert "<script>alert(1)" not in client.get(manage_path(endpoint)).text


@pytest.mark.parametrize("count", [1, 20])
def test_the_cost_of_the_page(
    count: int, client: Client, make_endpoint: MakeEndpoint, django_assert_num_queries: Any
) -> None:
    endpoint = make_endpoint()
    Delivery.objects.bulk_create(Delivery(endpoint=endpoint, message_id=f"msg_{n}") for n in range(count))
    with django_assert_num_queries(2):
        client.get(manage_path(endpoint))


def test_the_log_says_when_we_try_again(
    client: Client, make_endpoint: MakeEndpoint, make_delivery: MakeDelivery, tabled: object
) -> None:
    endpoint = make_endpoint()
    make_delivery(endpoint, state="failed", attempts=1, next_at=clock.now() + timedelta(days=2))
    said = " ".join(client.get(manage_path(endpoint)).text.split())
    assert "It failed. We try again on " in said
    assert "Failed, tried again" not in said
    Endpoint.objects.update(state="paused")
    assert "It failed. We try again once the webhook is on." in client.get(manage_path(endpoint)).text


def test_the_address_has_a_row_of_its_own(client: Client, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint()
    whole = client.get(manage_path(endpoint)).text.partition('<div class="whole">')[2].partition("</div>")[0]
    assert endpoint.url in whole
