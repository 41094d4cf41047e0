"""A browser for the journeys: Debian's Chromium, phone-wide, that nothing outside this machine can reach."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client, testcases
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from proposals.actions.backing import back_proposal
from tests.ballots.conftest import green, make_ballot, make_open
from tests.journeys.vote_pages import Pages, pages_of_votes

__all__ = ["green", "make_ballot", "make_open"]  # fixtures of the votes, for the browser too

PHONE = {"width": 390, "height": 844}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

# The live server looks for the stock staticfiles app by name; ours is a subclass, found the same way.
testcases._StaticFilesHandler = StaticFilesHandler  # type: ignore[attr-defined]

SignIn = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": shutil.which("chromium") or shutil.which("chromium-browser"),
        "args": QUIET,
        "headless": True,
    }


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer) -> Iterator[SignIn]:
    """open_as(user, javascript=True, width=390): a page of a browser of that person's own; None is a visitor.

    At its end the test fails where a page asked another host for anything, or broke the content policy.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(user: User | None = None, *, javascript: bool = True, width: int = PHONE["width"]) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": PHONE["height"]},
            locale="en-GB",
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on(
            "request",
            lambda request: (
                complaints.append(f"asked {request.url}")
                if not request.url.startswith((live_server.url, "data:", "blob:"))
                else None
            ),
        )
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def axe_clean() -> Callable[..., None]:
    """axe_clean(page): no violation of WCAG 2.2 A or AA that a machine can find; `only="color-contrast"` asks one rule,
    for a page that was asked them all in another light."""
    rules = {
        "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
        "resultTypes": ["violations"],  # not every element that passed: a quarter of the time
    }

    def check(page: Page, *, only: str = "") -> None:
        asked = rules | {"runOnly": {"type": "rule", "values": [only]}} if only else rules
        found = Axe().run(page, options=asked)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture
def vote_pages(
    community: Any, make_ballot: Any, make_open: Any, make_proposal: Any, make_user: Any, green: Any, facilitator: User
) -> Pages:
    """Every page of votes, by who looks at it."""
    voters = [make_user(f"Voter {n}", community) for n in range(12)]
    waiting = make_proposal(author=voters[0], topic=green, title="Winter lights on the plum tree")
    for person in voters[1:3]:
        back_proposal(proposal=waiting, acting_user=person)
    return pages_of_votes(community, make_ballot, make_open, voters, facilitator, waiting)
