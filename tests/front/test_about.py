"""What the site says of itself."""

import re

import pytest
from django.test import Client

from front.kept_data import KEPT
from words import plain

ABOUT = ["/help/", "/promises/", "/privacy/", "/accessibility/"]


@pytest.mark.parametrize("path", ABOUT)
def test_anyone_can_read_it(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ABOUT)
def test_we_write_for_readers_of_eleven(client: Client, db: None, path: str) -> None:
    html = client.get(path).content.decode()
    main = html[html.index("<h1>") : html.index("</main>")]
    words = re.sub(r"<[^>]+>", " ", re.sub(r"</(?:li|p|h\d|dd|dt|summary)>", ".\n\n", main))
    assert plain.check(words).age <= plain.AIM


def test_everything_kept_is_listed_with_how_long(client: Client, db: None) -> None:
    html = client.get("/privacy/").content.decode()
    for kept in KEPT:
        assert str(kept.what).split(",")[0] in html.replace("&#x27;", "'")
        assert str(kept.how_long).split(",")[0] in html


def test_security_txt(client: Client, db: None) -> None:
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    assert re.search(r"^Contact: mailto:\S+@\S+$", text, re.MULTILINE)
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", text, re.MULTILINE)


def test_robots(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /account/" in text
    assert "Disallow: /\n" not in text
