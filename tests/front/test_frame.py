"""The frame that every page has."""

import re

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community, Organisation

PAGES = ["/", "/waiting/", "/find/", "/help/", "/promises/", "/privacy/", "/accessibility/", "/nothing/here/"]


@pytest.mark.parametrize("path", PAGES)
def test_no_style_no_script_no_handler_in_the_page(client: Client, db: None, path: str) -> None:
    html = client.get(path).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    for script in re.findall(r"<script[^>]*>[^<]*", html):
        assert 'src="/static/' in script
        assert script.endswith(">")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_elsewhere(client: Client, db: None, path: str) -> None:
    html = client.get(path).content.decode()
    for tag in re.findall(r"<(?:link|script|img)[^>]*>", html):
        if 'rel="alternate"' not in tag:  # named, not loaded: where machines find the page as something else
            assert "//" not in tag


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_title_a_language_and_a_way_past_the_header(client: Client, db: None, path: str) -> None:
    html = client.get(path).content.decode()
    assert re.search(r"<title>[^<]+\| Top Table</title>", html)
    assert '<html lang="en-gb">' in html
    assert '<a class="skip" href="#main">' in html
    assert '<main id="main" tabindex="-1">' in html
    assert html.count('aria-current="true"') <= 1


OPEN = ["/open-data/", "/open-data/dictionary/", "/open-data/corrections/", "/api/", "/api/webhooks/", "/feeds/"]
OPEN += ["/o/", "/o/penhale-homes/", "/o/penhale-homes/answers/", "/record/", "/record/checkpoints/", "/decisions/"]


@pytest.mark.parametrize("path", OPEN)
def test_a_shared_link_says_what_the_page_is(
    client: Client, landlord: Organisation, community: Community, path: str
) -> None:
    html = client.get(path).text
    title = re.findall(r"<title>([^<]+) \| Top Table</title>", html)
    assert title == re.findall(r'property="og:title" content="([^"]*)"', html)
    (said,) = re.findall(r'property="og:description" content="([^"]*)"', html)
    assert not said.startswith("Where residents and the people who run services")


@pytest.mark.parametrize(
    ("path", "name"),
    [("/decisions/", "Decisions"), ("/waiting/", "Proposals that wait"), ("/o/penhale-homes/answers/", "Answers")],
)
def test_a_list_has_a_heading_that_names_it(
    client: Client, landlord: Organisation, community: Community, path: str, name: str
) -> None:
    assert re.search(rf'<h2[^>]*class="hide">{name}</h2>', client.get(path).text)


def test_sign_in_comes_back_to_the_page(client: Client, db: None) -> None:
    assert "?next=/waiting/%3Forganisation%3D" in client.get("/waiting/?organisation=").content.decode()


def test_a_professional_has_a_desk_and_a_resident_a_community(
    client: Client, community: Community, professional: User, resident: User
) -> None:
    client.force_login(professional)
    assert 'href="/desk/"' in client.get("/help/").content.decode()
    client.force_login(resident)
    html = client.get("/help/").content.decode()
    assert 'href="/desk/"' not in html
    assert f'href="/c/{community.slug}/proposals/"' in html


def test_a_name_cannot_break_the_frame(client: Client, make_user: object) -> None:
    hostile: User = make_user("<script>x</script>")  # type: ignore[operator]
    client.force_login(hostile)
    assert "<script>x" not in client.get("/help/").content.decode()
