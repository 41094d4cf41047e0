"""Whatever the API refuses is a problem document that is counted, also what is refused before any of its views."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from front.views import errors


@pytest.mark.parametrize(
    ("address", "method", "accept", "status"),
    [
        ("decisions/", "get", "image/png", 406),
        ("decisions/?format=xml", "get", "*/*", 400),
        ("decisions/?x=1", "get", "*/*", 400),
        ("decisions/018f0000-0000-7000-8000-000000000000/", "get", "*/*", 404),
        ("nothing/", "get", "image/png", 404),
        ("decisions/", "post", "*/*", 405),
        ("docs/", "post", "*/*", 405),
        ("decisions/", "options", "*/*", 204),
    ],
)
def test_whatever_is_asked_counts_once_and_is_told_how_much_is_left(
    client: Client, db: None, settings: Settings, address: str, method: str, accept: str, status: int
) -> None:
    settings.API_RATE = "2/hour"
    for left in ("1", "0"):
        response = getattr(client, method)(f"/api/v1/{address}", headers={"Accept": accept})
        assert response.status_code == status
        assert response["RateLimit-Limit"] == "2"
        assert response["RateLimit-Remaining"] == left
    refused = getattr(client, method)(f"/api/v1/{address}", headers={"Accept": accept})
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"]


@pytest.mark.parametrize("address", ["/api/", "/api/v1/docs/"])
def test_a_page_for_people_is_only_read(db: None, address: str) -> None:
    """A program that sends something is told so, not that a token is missing."""
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(address, {"x": "1"})
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["type"].endswith("/api/#method_not_allowed")
    assert browser.options(address).status_code == 204
    assert browser.head(address).status_code == 200


@pytest.mark.parametrize("address", ["/api/", "/api/v1/decisions/", "/api/v1/docs/", "/api/nothing"])
def test_a_name_that_is_not_ours_is_refused_like_anything_else(client: Client, db: None, address: str) -> None:
    response = client.get(address, headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert "evil.example" not in response.text
    assert response["RateLimit-Limit"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get("/", headers={"Host": "evil.example"})["Content-Type"].startswith("text/html")


def test_the_handlers_of_errors_speak_to_programs_below_the_api(rf: RequestFactory, db: None) -> None:
    request = rf.get("/api/v1/decisions/")
    for response, status in (
        (errors.forbidden(request, PermissionDenied("secret detail")), 403),
        (errors.not_found(request, Http404("secret detail")), 404),
        (errors.server_error(request), 500),
    ):
        assert response.status_code == response_status(response) == status
        assert b"secret detail" not in response.content
    page = errors.not_found(rf.get("/api/webhooks/nothing/"), Http404())
    assert page["Content-Type"].startswith("text/html")


def response_status(response: HttpResponse) -> int:
    """What the problem document says itself."""
    assert response["Content-Type"] == "application/problem+json"
    return int(json.loads(response.content)["status"])
