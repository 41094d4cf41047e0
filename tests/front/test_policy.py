"""The content security policy: the same that django-csp would write, and a page's own where it has one."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONCE
from csp.decorators import csp_exempt, csp_update
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.policy import PolicyMiddleware

HEADER = "Content-Security-Policy"


def directives(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";") if part.strip()}


def answered(view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    response = PolicyMiddleware(view)(RequestFactory().get("/"))
    assert isinstance(response, HttpResponse)
    return response


def test_every_page_has_the_policy_of_the_settings(client: Client, db: None) -> None:
    expected = directives(build_policy())
    assert "default-src 'none'" in expected
    for path in ("/", "/help/", "/api/v1/decisions/", "/nowhere/"):
        assert directives(client.get(path)[HEADER]) == expected, path


def test_a_page_with_a_policy_of_its_own_keeps_it() -> None:
    with_more = answered(csp_update({"img-src": ["blob:"]})(lambda request: HttpResponse()))
    assert "img-src 'self' data: blob:" in directives(with_more[HEADER])
    without = answered(csp_exempt()(lambda request: HttpResponse()))
    assert HEADER not in without
    by_hand = answered(lambda request: HttpResponse(headers={HEADER: "sandbox"}))
    assert by_hand[HEADER] == "sandbox"


def test_a_nonce_that_a_page_asked_for_is_not_left_out(settings: Any) -> None:
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": [NONCE]}}
    said = []

    def view(request: HttpRequest) -> HttpResponse:
        said.append(str(request.csp_nonce))  # type: ignore[attr-defined]
        return HttpResponse()

    policy = answered(view)[HEADER]
    assert f"script-src 'nonce-{said[0]}'" in directives(policy)
