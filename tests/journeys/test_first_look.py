"""What a stranger sees first: whole, light, and reachable by keyboard."""


def test_home_for_a_stranger(open_as, asked, axe_clean):
    page = open_as()
    page.goto("/")
    assert page.get_by_role("heading", level=1).inner_text() == "What is on the table today"
    assert page.get_by_role("link", name="Light the path from Heron House to the bus stop").is_visible()
    axe_clean(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_first_view_is_under_100_kb(open_as, asked):
    page = open_as()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(_transferred(response)))
    page.goto("/", wait_until="networkidle")
    assert 0 < sum(sizes) < 100_000


def _transferred(response) -> int:
    size = response.request.sizes()
    return size["responseBodySize"] + size["responseHeadersSize"]
