"""What only a browser shows: paper, the clipboard, where the focus is, letters of double size."""

import pytest

from tests.front.conftest import make_ask

__all__ = ["make_ask"]  # a fixture of the front, for the browser too

SHOWN = "one => getComputedStyle(one).display != 'none'"
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def test_links_that_are_content_are_printed_and_the_line_for_another_site_is_not(open_as, decided):
    page = open_as()
    page.emulate_media(media="print")
    for path, words in (("/feeds/", "Atom"), ("/decisions/", "CSV"), (decided.get_absolute_url(), "See decision")):
        page.goto(path)
        assert page.locator("main .link", has_text=words).first.evaluate(SHOWN), path
    page.goto(decided.decision.get_absolute_url())
    assert not page.locator(".embed-code").evaluate(SHOWN)


def test_copied_is_said_and_goes_away_again(open_as, decided):
    page = open_as()
    page.clock.install()
    page.goto(decided.decision.get_absolute_url())
    page.get_by_text("Put this on another site").click()
    page.evaluate("navigator.clipboard.writeText = async () => {}")
    button = page.locator("[data-copy]")
    button.click()
    told = page.locator("#embed-code-told")
    assert (button.inner_text(), told.inner_text()) == ("Copied", "Copied")
    assert told.get_attribute("role") == "status"
    page.clock.run_for(6000)
    assert (button.inner_text(), told.text_content()) == ("Copy the line", "")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_errors_of_the_record_s_form_have_the_focus(open_as, decided, javascript):
    page = open_as(javascript=javascript)
    page.goto("/record/")
    page.get_by_role("button", name="Send me checkpoints").click()
    page.locator(".errors").wait_for()
    assert page.locator(".errors:focus").count() == 1


def test_letters_of_double_size_fit_on_a_phone(
    browser_type, browser_type_launch_args, live_server, community, make_ask, decided
):
    """As who chose them in the browser sees it. The clock then stands above the words beside it."""
    make_ask(community, days_ago=60, title="Reasonablenessandunderstandingofneighbourliness")
    quiet = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**browser_type_launch_args | {"args": quiet})
    page = browser.new_page(base_url=live_server.url, viewport={"width": 390, "height": 844})
    for path in ("/", "/waiting/", "/open-data/", "/o/penhale-homes/", community.get_absolute_url(), "/decisions/"):
        page.goto(path)
        assert page.evaluate(SIDEWAYS) <= 0, path
    page.goto("/waiting/")
    clock, words = (page.locator(f".prop > {one}").first.bounding_box() for one in (".clock", "div:last-child"))
    browser.close()
    assert words["y"] >= clock["y"] + clock["height"]


SMALL = """() => [...document.querySelectorAll("body *")].filter(one => one.checkVisibility()
    && [...one.childNodes].some(each => each.nodeType == 3 && each.textContent.trim())
    && parseFloat(getComputedStyle(one).fontSize) < 16).map(one => one.outerHTML.slice(0, 80))"""
LOW = """() => [...document.querySelectorAll("a[href], button, select")].filter(one => one.checkVisibility())
    .filter(one => !one.matches(".opblock-summary *")).filter(one => one.getBoundingClientRect().height < 43.5
    || one.getBoundingClientRect().width < 43.5).map(one => one.outerHTML.slice(0, 80))"""


def test_the_page_that_tries_the_api_is_as_big_as_the_others(open_as, db):
    page = open_as()
    page.goto("/api/v1/docs/")
    page.locator(".swagger-ui .models-control").wait_for()
    assert page.evaluate(SMALL) == []
    assert page.evaluate(LOW) == []
    assert page.locator(".view-line-link:visible").count() == 0
    page.locator(".opblock-summary-control").first.focus()
    page.keyboard.press("Tab")  # not to a button that nobody sees
    assert page.evaluate("document.activeElement.getBoundingClientRect().width") > 24
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
