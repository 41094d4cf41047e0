"""When something goes wrong."""

import logging
import re

import pytest
from django.test import Client, RequestFactory

from accounts.models import KeptForm
from front.views import errors
from notifications.models import CheckpointReader


def test_a_page_that_is_not_here(client: Client, db: None) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()


def test_what_somebody_may_not_do_is_said_without_the_details_of_the_machine(client: Client, db: None) -> None:
    response = errors.forbidden(RequestFactory().get("/"), PermissionError("secret detail"))
    assert response.status_code == 403
    assert "You cannot do that here" in response.content.decode()
    assert "secret detail" not in response.content.decode()


def test_our_own_fault_needs_no_database(client: Client) -> None:
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "it is our fault" in response.content.decode()


@pytest.mark.parametrize("cursor", ["zzz", "-1", "%00", "9" * 3000, "WyJuIl0"])
def test_a_page_of_a_list_that_cannot_be_read_is_said_plainly_and_is_no_error_of_ours(
    client: Client, db: None, caplog: pytest.LogCaptureFixture, cursor: str
) -> None:
    response = client.get(f"/decisions/?q=a+%22bench%22&page={cursor}")
    assert response.status_code == 400
    html = response.content.decode()
    assert "We could not read that" in html
    assert 'href="/decisions/?q=a+%22bench%22"' in html
    assert [line for line in caplog.records if line.levelno >= logging.ERROR or line.exc_info] == []


def test_a_body_that_is_too_big_is_refused(client: Client, db: None) -> None:
    response = client.post("/account/login/", {"login": "x" * 2_000_000})
    assert response.status_code in {400, 413}


@pytest.fixture
def strict(db: None) -> Client:
    """A browser with an old cookie and a form whose mark is no longer good."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "x" * 32
    return browser


def test_a_form_that_lay_open_too_long_is_kept_for_signing_in(strict: Client) -> None:
    response = strict.post("/help/", {"body": "A long text"}, headers={"referer": "http://testserver/help/"})
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")
    assert "A long text" in str(KeptForm.objects.get(pk=strict.session["kept_typing"]).fields)


@pytest.mark.parametrize("address", ["/record/subscribe/", "/api/webhooks/", "/api/webhooks/lost/"])
def test_a_form_that_needs_no_account_is_shown_again_as_it_was(strict: Client, address: str) -> None:
    response = strict.post(address, {"email": "me@example.org"}, headers={"referer": f"http://testserver{address}"})
    assert response.status_code == 403
    assert 'value="me@example.org"' in response.text
    assert "open for a long time" in response.text
    assert not KeptForm.objects.exists()
    assert not CheckpointReader.objects.exists()
    found = re.search(r'<form method="post".*?name="csrfmiddlewaretoken" value="(\w+)"', response.text, re.DOTALL)
    assert found
    sent = {"email": "me@example.org", "csrfmiddlewaretoken": found[1]}
    assert strict.post(address, sent).status_code != 403


@pytest.mark.parametrize("address", ["/record/subscribe/", "/api/webhooks/", "/api/webhooks/lost/"])
def test_nor_is_it_lost_where_the_browser_keeps_no_cookie(db: None, address: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(address, {"email": "me@example.org"}, headers={"origin": "http://testserver"})
    assert response.status_code == 403
    assert 'value="me@example.org"' in response.text
    assert "Your browser must keep cookies for this site." in response.text
    assert "sign in first" not in response.text
    found = re.search(r'<form method="post".*?name="csrfmiddlewaretoken" value="(\w+)"', response.text, re.DOTALL)
    assert found
    sent = {"email": "me@example.org", "csrfmiddlewaretoken": found[1]}
    assert browser.post(address, sent).status_code != 403  # now it keeps one
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.post(address, {"email": "me@example.org"}, headers={"origin": "https://evil.example"})
    assert "me@example.org" not in page.text


def test_and_not_with_the_words_of_another_site(strict: Client) -> None:
    sent = {"email": "me@example.org"}
    response = strict.post("/record/subscribe/", sent, headers={"origin": "https://evil.example"})
    assert response.status_code == 302
    assert "me@example.org" not in strict.get("/record/").text


def test_a_form_with_nothing_to_keep_goes_back_to_its_page(strict: Client) -> None:
    response = strict.post("/account/logout/", {"a": "b"}, headers={"referer": "http://testserver/help/?x=1"})
    assert response.status_code == 302
    assert response["Location"] == "/help/?x=1"


@pytest.mark.parametrize("page", ["https://evil.example/help/", "//evil.example/", "javascript:alert(1)", ""])
def test_and_never_to_another_site(strict: Client, page: str) -> None:
    response = strict.post("/account/logout/", {"a": "b"}, headers={"referer": page})
    assert response.status_code == 302
    assert response["Location"] == "/account/logout/"
    assert "a long time" in strict.get("/help/").content.decode()


def test_a_browser_without_cookies_is_told_so(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/help/", {"body": "x"})
    assert response.status_code == 403
    assert "must keep cookies for this site" in response.text
    assert "sign in first" not in response.text  # it would not help
