"""A vote by hand at phone width, for each method, with JavaScript and without: chosen, checked, left, found again,
cast, changed, counted, and the receipt found; and with the keys alone. Then a facilitator’s side of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from ballots.models import Ballot, Elector, Paper
from communities.models import Community
from record import clock
from tests.ballots.conftest import MakeBallot, close, counted

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Choose = Callable[[Page], None]


def follow(locator: Locator) -> None:
    """Press it, and wait for the page that it leads to."""
    with locator.page.expect_navigation():
        locator.click()


def tap(page: Page, words: str) -> None:
    """On the label: it is as wide as the row."""
    page.locator("main label").get_by_text(words, exact=True).click()


def refused(page: Page) -> None:
    """Three where two are allowed: it is said, and what was chosen is still there."""
    follow(page.get_by_role("button", name="Check my vote").last)
    expect(page).to_have_title(re.compile("Error:"))
    expect(page.get_by_role("alert")).to_contain_text("You may choose 2 at most.")


def tick(page: Page) -> None:
    for name in ("Warm room with soup", "Draught strips", "Grit bins"):
        tap(page, name)
    refused(page)
    expect(page.get_by_label("Grit bins")).to_be_checked()
    tap(page, "Draught strips")


def tick_too_much(page: Page) -> None:
    """More than the pot holds is allowed, and explained."""
    for name in ("Warm room with soup", "Draught strips", "Grit bins", "Drying cupboard"):
        tap(page, name)
    follow(page.get_by_role("button", name="Add up again"))
    expect(page.get_by_text("That is more than the pot.")).to_be_visible()


def give(page: Page, title: str, given: str) -> None:
    group = page.get_by_role("group", name=title)
    group.locator("label", has_text=re.compile(rf"^\s*{given}\s*$")).click()


def score(page: Page) -> None:
    for title, given in (("Warm room with soup", "5"), ("Grit bins", "2"), ("Drying cupboard", "4")):
        give(page, title, given)
    refused(page)
    give(page, "Drying cupboard", "No view")


def rank(page: Page) -> None:
    """The same place twice is refused and what was typed stays; then it is put in order with the buttons."""
    page.get_by_label("Place of Warm room with soup").fill("1")
    page.get_by_label("Place of Grit bins").fill("1")
    follow(page.get_by_role("button", name="Check my vote").last)
    expect(page).to_have_title(re.compile("Error:"))
    expect(page.get_by_label("Place of Grit bins")).to_have_value("1")
    page.get_by_label("Place of Grit bins").fill("2")
    follow(page.get_by_role("button", name="Add Drying cupboard"))
    expect(page.get_by_label("Place of Drying cupboard")).to_have_value("3")
    follow(page.get_by_role("button", name="Up Drying cupboard"))
    expect(page.get_by_label("Place of Drying cupboard")).to_have_value("2")


METHODS: dict[str, tuple[dict[str, Any], Choose]] = {
    "approval": ({"method": "approval", "budget": 0, "most_choices": 2}, tick),
    "budget": ({}, tick_too_much),
    "score": ({"method": "score", "budget": 0, "most_choices": 2}, score),
    "ranked": ({"method": "ranked", "budget": 0}, rank),
}


@pytest.fixture
def look(axe_clean: Callable[[Page], None]) -> Callable[[Page], None]:
    """look(page): no barrier that a machine can find, and no sideways scroll on a phone or on the narrowest one."""

    def check(page: Page) -> None:
        axe_clean(page)
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(SIDEWAYS) <= 0, f"{page.url} scrolls sideways at {width}"

    return check


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
@pytest.mark.parametrize("method", METHODS)
def test_a_vote_from_the_paper_to_the_receipt(
    method: str,
    javascript: bool,
    open_as: Callable[..., Page],
    look: Callable[[Page], None],
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    resident: User,
    neighbours: list[User],
) -> None:
    terms, choose = METHODS[method]
    ballot = make_open(make_ballot(**terms))
    page = open_as(resident, javascript=javascript)

    def seen(*, of_method: bool = True) -> None:
        """Without JavaScript the page is the same; and so is one that is not of the method, looked at once."""
        if javascript and (of_method or method == "budget"):
            look(page)

    page.goto(ballot.get_absolute_url())
    seen(of_method=False)
    follow(page.get_by_role("link", name="Vote now"))
    seen()
    choose(page)
    seen()
    follow(page.get_by_role("button", name="Check my vote").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your vote")
    seen()

    # Left half-way, each page says so, until it is cast.
    page.goto("/decisions/")
    expect(page.get_by_text("Your vote is not finished")).to_be_visible()
    seen(of_method=False)
    assert not Paper.objects.exists()
    follow(page.get_by_role("link", name="Check my vote"))
    follow(page.get_by_role("button", name="Vote", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("You have voted")
    receipt = page.locator(".receipt").inner_text()
    seen(of_method=False)
    page.goto("/decisions/")
    expect(page.get_by_text("Your vote is not finished")).to_have_count(0)
    before = Paper.objects.get().choices

    # Changed before the close: one paper, the same receipt.
    page.goto(reverse("ballots:vote", args=[ballot.community.slug, ballot.reference]))
    _change(page, method)
    follow(page.get_by_role("button", name="Check my vote").last)
    follow(page.get_by_role("button", name="Vote", exact=True))
    expect(page.locator(".receipt")).to_have_text(receipt)
    assert Paper.objects.get().choices != before

    counted(ballot)
    page.goto(ballot.get_absolute_url())
    seen()
    follow(page.get_by_role("link", name="Find my receipt"))
    page.get_by_label("Your receipt").fill(receipt.lower())
    follow(page.get_by_role("button", name="Look"))
    expect(page.get_by_role("heading", name=f"Yes: {receipt} was counted")).to_be_visible()
    seen(of_method=False)


def _change(page: Page, method: str) -> None:
    if method == "ranked":
        page.get_by_label("Place of Drying cupboard").fill("")
    elif method == "score":
        give(page, "Grit bins", "No view")
    else:
        tap(page, "Grit bins")


def test_a_ranking_with_the_keys_alone(
    open_as: Callable[..., Page],
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    resident: User,
    neighbours: list[User],
) -> None:
    ballot = make_open(make_ballot(method="ranked", budget=0))
    page = open_as(resident)
    page.goto(reverse("ballots:vote", args=[ballot.community.slug, ballot.reference]))
    for selector in ("[name=up][value='3']", "[name=up][value='1']", "[name=up][value='1']"):
        _press(page, selector)
    _press(page, "form button.btn:not([name])")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your vote")
    _press(page, "form button.btn:not(.btn--quiet)")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have voted")
    assert Paper.objects.get().choices == {"1": 1, "3": 2}


def _press(page: Page, selector: str) -> None:
    for _n in range(80):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"Tab never comes to {selector} on {page.url}")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_facilitator_prepares_a_vote_and_enters_a_paper(
    open_as: Callable[..., Page],
    look: Callable[[Page], None],
    community: Community,
    make_open: Callable[[Ballot], Ballot],
    facilitator: User,
    resident: User,
    neighbours: list[User],
) -> None:
    page = open_as(facilitator)
    _prepare(page, community, look)
    _announce(page, look)
    ballot = make_open(Ballot.objects.get())

    def at(name: str) -> None:
        page.goto(reverse(f"ballots:{name}", args=[community.slug, ballot.reference]))

    at("papers")
    expect(page.locator(".letter")).to_have_count(6)
    look(page)
    line = Elector.objects.get(ballot=ballot, user=resident)
    at("enter")
    page.get_by_label("The code on the paper").fill(line.code)
    tap(page, "On paper")
    tap(page, "Grit bins")
    look(page)
    follow(page.get_by_role("button", name="Read it back"))
    expect(page.get_by_role("heading", name="Read it back")).to_be_visible()
    look(page)
    follow(page.get_by_role("button", name="Put it in the box"))
    expect(page.locator(".receipt")).to_have_text(Paper.objects.get().receipt)
    look(page)
    line.refresh_from_db()
    assert line.channel == Elector.Channel.PAPER


def _prepare(page: Page, community: Community, look: Callable[[Page], None]) -> None:
    """From the list of votes to a draft with two options. Only what the chosen method needs is asked."""
    page.goto(reverse("ballots:manage", args=[community.slug]))
    follow(page.get_by_role("link", name="Prepare a new vote"))
    tap(page, "Tick all you would back")
    expect(page.get_by_label("The pot, in pounds")).to_be_hidden()
    page.get_by_label("How many can win?").fill("1")
    opens = clock.today() + timedelta(days=2)
    page.get_by_label("Opens on").fill(opens.isoformat())
    page.get_by_label("Closes on").fill((opens + timedelta(days=7)).isoformat())
    look(page)
    follow(page.get_by_role("button", name="Save"))
    expect(page).to_have_title(re.compile("Error:"))
    page.get_by_label("The question").fill("What does the path need first?")
    follow(page.get_by_role("button", name="Save"))
    for title in ("Grit bins", "A lamp"):
        page.get_by_label("Option", exact=True).fill(title)
        follow(page.get_by_role("button", name="Add it"))
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    look(page)


def _announce(page: Page, look: Callable[[Page], None]) -> None:
    follow(page.get_by_role("link", name="Check and announce"))
    look(page)
    follow(page.get_by_role("button", name="Announce it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("What does the path need first?")
    expect(page.get_by_role("heading", name=re.compile("It opens on"))).to_be_visible()


def test_the_pages_of_a_vote_that_is_over(
    open_as: Callable[..., Page],
    look: Callable[[Page], None],
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    resident: User,
    neighbours: list[User],
) -> None:
    ballot = make_open(make_ballot())
    page = open_as(resident)
    close(ballot)
    page.goto(ballot.get_absolute_url())
    look(page)
