"""The narrowest phone has no sideways scroll and nothing too small to tap; the dark colours can be read."""

import pytest

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll("main button, main .btn")]
    .filter(one => one.checkVisibility() && !one.matches("[aria-hidden=true]"))
    .filter(one => one.getBoundingClientRect().height < 43.5)
    .map(one => one.textContent.trim())"""


@pytest.fixture
def addresses(decided, ask, resident, professional, community):
    """A few pages of each kind, by who looks at them."""
    return {
        None: [
            "/",
            "/waiting/",
            "/decisions/",
            "/record/",
            "/record/1/",
            community.get_absolute_url(),
            decided.decision.get_absolute_url(),
        ],
        resident: [decided.get_absolute_url(), f"/c/{community.slug}/proposals/new/", "/inbox/", "/account/"],
        professional: ["/desk/", "/desk/promises/"],
    }


def test_at_320_pixels(open_as, addresses):
    assert narrow(open_as, addresses) == []


def test_votes_at_320_pixels(open_as, vote_pages):
    assert narrow(open_as, vote_pages) == []


def narrow(open_as, addresses):
    found = []
    for person, paths in addresses.items():
        page = open_as(person, width=320)
        for path in paths:
            page.goto(path)
            if page.evaluate(SIDEWAYS) > 0:
                found.append(f"{path} scrolls sideways")
            found += [f"{path}: “{words}” is too small to tap" for words in page.evaluate(SMALL)]
    return found


def test_in_the_dark(open_as, axe_clean, addresses):
    dark(open_as, axe_clean, addresses)


def test_votes_in_the_dark(open_as, axe_clean, vote_pages):
    dark(open_as, axe_clean, vote_pages)


def dark(open_as, axe_clean, addresses):
    for person, paths in addresses.items():
        page = open_as(person)
        page.emulate_media(color_scheme="dark")
        for path in paths:
            page.goto(path)
            axe_clean(page, only="color-contrast")


LOW_LINKS = """() => [...document.querySelectorAll("main a")].filter(one => one.checkVisibility())
    .filter(one => one.getBoundingClientRect().height < 24).map(one => one.textContent.trim())"""
CLIPPED = """() => [...document.querySelectorAll("main pre")].filter(one => one.scrollWidth > one.clientWidth).length"""


def test_the_record_on_a_phone_can_be_tapped_and_read_to_the_end(open_as, decided):
    page = open_as()
    for path in ("/record/", "/record/1/", "/record/checkpoints/", "/api/"):
        page.goto(path)
        assert page.evaluate(LOW_LINKS) == [], path
        assert page.evaluate(CLIPPED) == 0, path


PAPER_AND_INK = """() => [getComputedStyle(document.documentElement).backgroundColor,
    getComputedStyle(document.querySelector(".swagger-ui .info .title")).color].map(
        colour => colour.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0))"""


def test_the_page_that_tries_the_api_is_dark_in_the_dark(open_as):
    page = open_as()
    page.emulate_media(color_scheme="dark")
    page.goto("/api/v1/docs/")
    page.locator(".swagger-ui .info .title").wait_for()
    paper, ink = page.evaluate(PAPER_AND_INK)
    assert paper < 150
    assert ink > 450
    page.emulate_media(color_scheme="light")
    for _turn in range(100):  # wait_for_function would have the page evaluate a text, which its policy forbids
        if page.evaluate(PAPER_AND_INK)[1] < 300:
            break
        page.wait_for_timeout(50)
    assert page.evaluate(PAPER_AND_INK)[1] < 300


FONTS = """() => [".swagger-ui .info .title", ".swagger-ui .opblock-summary-description", ".swagger-ui select"].map(
    one => getComputedStyle(document.querySelector(one)).fontFamily.split(",")[0])"""
GROUNDS = """() => ["body", ".swagger-ui .opblock-get", ".swagger-ui .opblock-summary-method"].map(
    one => getComputedStyle(document.querySelector(one)).backgroundColor)"""


def test_the_page_that_tries_the_api_has_the_colours_and_the_font_of_the_house(open_as):
    page = open_as()
    page.emulate_media(color_scheme="dark")
    page.goto("/api/v1/docs/")
    page.locator(".swagger-ui .opblock-get").first.wait_for()
    assert set(page.evaluate(FONTS)) == {'"Atkinson Hyperlegible"'}
    assert page.evaluate(GROUNDS) == ["rgb(26, 24, 21)", "rgb(36, 33, 25)", "rgb(127, 211, 194)"]


LINES = """one => { const range = document.createRange(); range.selectNodeContents(one);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size }"""


def test_names_of_columns_are_not_broken_where_there_is_room(open_as, tabled):
    page = open_as(width=1280)
    page.goto("/open-data/dictionary/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    names = page.locator("tbody th code")
    assert names.count() > 100
    assert {one.evaluate(LINES) for one in names.all()} == {1}
