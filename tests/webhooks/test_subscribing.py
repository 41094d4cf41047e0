"""Asking for a webhook, and confirming it: by the button behind the mail, never by opening its link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from communities.models import Community, Organisation
from proposals.models import Proposal
from record import clock
from tests.webhooks.conftest import MakeEndpoint
from webhooks.actions.mailing import send_letters
from webhooks.actions.subscribing import MOST_UNCONFIRMED, MOST_UNCONFIRMED_LATELY, confirm
from webhooks.kinds import GROUPS
from webhooks.models import Endpoint, Letter
from webhooks.tokens import confirm_url, manage_path

pytestmark = pytest.mark.django_db
Outbox = list[EmailMultiAlternatives]
GIVEN = {"url": "https://hooks.example.org/in?key=1", "email": "Sub@Example.org"}


def link_in(message: EmailMultiAlternatives) -> str:
    """The path of the link in a mail."""
    (line,) = [line for line in message.body.splitlines() if "/api/webhooks/" in line and line.startswith("http")]
    return urlsplit(line).path


def test_the_page_is_for_everybody(client: Client, community: Community, private_community: Community) -> None:
    html = client.get("/api/webhooks/").text
    assert "Larkfield Estate" in html
    assert "Marrow Ward" not in html
    assert "<script" not in html.split("</head>")[1].replace("<script src", "")


def test_from_the_form_to_the_first_message(client: Client, mailoutbox: Outbox, tabled: Proposal) -> None:
    answer = client.post("/api/webhooks/", GIVEN)
    assert (answer.status_code, answer["Location"]) == (302, "/api/webhooks/sent/")
    endpoint = Endpoint.objects.get()
    assert (endpoint.state, endpoint.email, endpoint.kinds) == ("unconfirmed", "sub@example.org", [])
    send_letters()
    (message,) = mailoutbox
    assert message.to == ["sub@example.org"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    link = link_in(message)
    for _scanner in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    endpoint.refresh_from_db()
    assert endpoint.state == "unconfirmed"
    assert endpoint.secret not in client.get(link).text
    answer = client.post(link)
    assert answer["Location"] == manage_path(endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.next_sequence) == ("active", 1)
    assert endpoint.secret in client.get(manage_path(endpoint)).text
    send_letters()
    assert link_in(mailoutbox[1]) == manage_path(endpoint)


def test_a_second_press_changes_nothing(client: Client, make_endpoint: MakeEndpoint) -> None:
    endpoint = make_endpoint(state="paused")
    for answer in (client.get(confirm_url(endpoint)), client.post(confirm_url(endpoint))):
        assert answer["Location"] == manage_path(endpoint)
    endpoint.refresh_from_db()
    assert endpoint.state == "paused"


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 32 + ":" + "x" * 43, "é", "a" * 5000])
def test_a_link_that_is_not_ours(client: Client, token: str) -> None:
    for path in (f"/api/webhooks/confirm/{token}/", f"/api/webhooks/{token}/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/api/webhooks/confirm/{token}/").status_code == 404


def test_the_link_to_confirm_does_not_manage_and_the_other_way_round(
    client: Client, make_endpoint: MakeEndpoint
) -> None:
    endpoint = make_endpoint(state="unconfirmed", confirmed_at=None)
    assert client.get(manage_path(endpoint)).status_code == 404  # not before it is confirmed
    token = manage_path(endpoint).rstrip("/").rpartition("/")[2]
    assert client.post(f"/api/webhooks/confirm/{token}/").status_code == 404


def test_what_was_chosen_is_kept(client: Client, community: Community, landlord: Organisation) -> None:
    more = {"events": ["decisions", "talk"], "community": community.pk, "organisation": landlord.pk}
    client.post("/api/webhooks/", GIVEN | more)
    endpoint = Endpoint.objects.get()
    assert endpoint.kinds == [*GROUPS["decisions"].kinds, *GROUPS["talk"].kinds]
    assert (endpoint.community, endpoint.organisation) == (community, landlord)


def test_every_group_is_everything(client: Client) -> None:
    client.post("/api/webhooks/", GIVEN | {"events": list(GROUPS)})
    assert Endpoint.objects.get().kinds == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"url": "http://hooks.example.org/"},
        {"url": "https://localhost/"},
        {"url": "https://169.254.169.254/latest"},
        {"url": "https://me:pw@hooks.example.org/"},
        {"email": ""},
        {"email": "nobody"},
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"events": ["everything"]},
        {"community": "no-id"},
    ],
)
def test_what_cannot_be_taken_is_said(client: Client, wrong: dict[str, Any]) -> None:
    answer = client.post("/api/webhooks/", GIVEN | wrong)
    assert answer.status_code == 200
    assert 'class="errors"' in answer.text
    assert not Endpoint.objects.exists()


def test_a_private_community_cannot_be_chosen(client: Client, private_community: Community) -> None:
    answer = client.post("/api/webhooks/", GIVEN | {"community": private_community.pk})
    assert "Marrow" not in answer.text
    assert not Endpoint.objects.exists()


def test_nobody_can_fill_a_strangers_mailbox(client: Client) -> None:
    """Two mails a day, and three in the seven days for which a wish is kept; the answer is always the same."""
    now = clock.now()
    for day, mails in enumerate((2, 3, 3)):
        with clock.at(now + timedelta(days=day, minutes=day)):
            for number in range(4):
                answer = client.post("/api/webhooks/", GIVEN | {"url": f"https://hooks.example.org/{day}{number}"})
                assert answer["Location"] == "/api/webhooks/sent/"
        assert Endpoint.objects.count() == Letter.objects.count() == mails


def test_the_same_form_twice_is_one_mail(client: Client) -> None:
    for _tap in range(2):
        assert client.post("/api/webhooks/", GIVEN)["Location"] == "/api/webhooks/sent/"
    assert Endpoint.objects.count() == Letter.objects.count() == 1


def test_what_is_confirmed_makes_room(client: Client) -> None:
    for number in range(4):
        client.post("/api/webhooks/", GIVEN | {"url": f"https://hooks.example.org/{number}"})
        confirm(endpoint=Endpoint.objects.order_by("-created_at")[0])
    assert Endpoint.objects.filter(state="active").count() == 4


def test_many_mailboxes_cannot_fill_one_server(client: Client, make_endpoint: MakeEndpoint) -> None:
    def ask(number: int, url: str) -> int:
        given = {"url": url, "email": f"sub{number}@example.org"}
        assert client.post("/api/webhooks/", given)["Location"] == "/api/webhooks/sent/"
        return Endpoint.objects.count()

    counts = [ask(n, f"https://Hooks.example.org/in?key={n}#{n}" if n else GIVEN["url"]) for n in range(7)]
    assert counts == [1, 2, 3, 4, 5, 5, 5]
    assert ask(8, "https://hooks.example.org/inner") == 6
    Endpoint.objects.update(created_at=clock.now() - timedelta(days=3))
    for _one in range(5):
        make_endpoint(url=GIVEN["url"], created_at=clock.now() - timedelta(days=3))
    assert ask(9, GIVEN["url"]) == 11
    Endpoint.objects.filter(url=GIVEN["url"])[0].delete()
    assert ask(10, GIVEN["url"]) == 11


def test_an_address_can_ask_only_so_often(client: Client) -> None:
    answers = [
        client.post("/api/webhooks/", GIVEN | {"email": f"sub{number}@example.org"}).status_code for number in range(22)
    ]
    assert answers == [302] * 20 + [429] * 2
    page = client.post("/api/webhooks/", GIVEN)
    assert f'value="{GIVEN["url"]}"' in page.text
    assert "Please try again in an hour." in page.text
    assert page["Retry-After"] == "3600"


@pytest.mark.parametrize("others", [1, 20])
def test_the_cost_of_the_page(
    others: int, client: Client, community: Community, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(others):
        Community.objects.create(name=f"Place {number}", slug=f"place-{number}")
    with django_assert_num_queries(2):
        client.get("/api/webhooks/")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "https://hooks.example.org:8443/in"}, "Take the port number (:8443) out of the address"),
        ({"url": "https://hooks.example.org:x/"}, "Write one such as https://hooks.example.org/news"),
        ({"url": "https://hooks.example.org/a b"}, "Write one such as https://hooks.example.org/news"),
        ({"url": "https://hooks.example.org/" + "x" * 2982}, "Cut 2,508 letters"),
        ({"community": "999"}, "Choose one of the communities shown"),
        ({"community": "01234567-89ab-7def-8123-456789abcdef"}, "Choose one of the communities shown"),
        ({"organisation": "999"}, "Choose one of the organisations shown"),
    ],
)
def test_an_error_says_how_to_put_it_right(client: Client, wrong: dict[str, str], said: str) -> None:
    page = client.post("/api/webhooks/", GIVEN | wrong).text
    assert said in page
    assert "UUID" not in page


def test_the_pages_and_the_letter_say_what_happens_next(
    client: Client, make_endpoint: MakeEndpoint, mailoutbox: Outbox
) -> None:
    page = client.get("/api/webhooks/sent/").text
    assert "<h1>Check your e-mail</h1>" in page
    assert "sent again within about half a minute, then after 5 minutes" in client.get("/api/webhooks/").text
    assert "at most two e-mails a day and three a week" in page
    assert (MOST_UNCONFIRMED_LATELY, MOST_UNCONFIRMED) == (2, 3)
    endpoint = make_endpoint(state="unconfirmed", confirmed_at=None)
    assert "Press the button, and we send what happens here to:" in client.get(confirm_url(endpoint)).text
    Letter.objects.create(endpoint=endpoint, kind="confirm")
    send_letters()
    assert "asked Top Table to send news to the server below." in mailoutbox[0].body
