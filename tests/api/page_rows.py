"""The rows of a page as a reader sees them: taken from its HTML alone, with nothing of the rooms that drew it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.test import Client

_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<h[23][^>]*>\s*<a[^>]*?href="([^"]*)"[^>]*>(.*?)</a>\s*</h[23]>', re.DOTALL)
_DAY = re.compile(r'<time datetime="([^"]*)">')
_DECIDED_BY = re.compile(r'<span class="by by--\w+">.*?<span>(.*?)</span>', re.DOTALL)
_NEXT = re.compile(r'<a href="([^"]*)" rel="next">')
_WAIT = re.compile(r'<p class="wait[^"]*">(.*?)</p>', re.DOTALL)
_HEADING = re.compile(r"<h[23][^>]*>(.*?)</h[23]>", re.DOTALL)
_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)
_AFTER_A_VOTE = "<h2>After a vote</h2>"
MOST_PAGES = 100


def words(html: str) -> str:
    """What is read of it: no tags, white space as one space."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def counted(number: int, one: str, many: str) -> str:
    """Such as "1 signature", "1,604 signatures"."""
    return f"{number:,} {one if number == 1 else many}"


@dataclass(frozen=True)
class PageRow:
    """One row of a list, from its HTML."""

    html: str

    @property
    def heading(self) -> str:
        return words(_first(_HEADING, self.html))

    @property
    def address(self) -> str:
        """Where its heading leads."""
        return unescape(self._link.group(1))

    @property
    def title(self) -> str:
        return unescape(self._link.group(2)).strip()

    @property
    def day(self) -> str:
        """The first date that it names, as a machine reads it."""
        return _first(_DAY, self.html)

    @property
    def decided_by(self) -> str:
        return unescape(_first(_DECIDED_BY, self.html))

    @property
    def state(self) -> str:
        """How it stands: the line below its heading."""
        return words(_first(_WAIT, self.html))

    @property
    def is_late(self) -> bool:
        return 'class="wait wait--late"' in self.html

    @property
    def paragraphs(self) -> list[str]:
        return [words(paragraph) for paragraph in _PARAGRAPH.findall(self.html)]

    @property
    def organisation(self) -> str:
        """Who must answer: of a row of the waiting list."""
        return self.paragraphs[-1].split(" · ")[0]

    @property
    def as_ask(self) -> tuple[str, str, str, bool]:
        """Such a row in short: where it leads, what it is about, who must answer, whether that is late."""
        return self.address, self.title, self.organisation, self.is_late

    @property
    def _link(self) -> re.Match[str]:
        found = _LINK.search(self.html)
        assert found, self.html
        return found


def pages(client: Client, address: str) -> Iterator[str]:
    """The list at this address from its first page to its last, each found by the link on the one before it."""
    path, seen = address.split("?")[0], set[str]()
    while address:
        assert address not in seen
        assert len(seen) < MOST_PAGES
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        yield html
        following = _NEXT.search(html)
        address = path + unescape(following.group(1)) if following else ""


def rows_of(html: str, row: str) -> list[PageRow]:
    """The rows of one page: elements such as `article class="dec"`."""
    name = row.split()[0]
    return [PageRow(found) for found in re.findall(rf"<{row}(?: [^>]*)?>(.*?)</{name}>", html, re.DOTALL)]


def every_row(client: Client, address: str, row: str) -> list[PageRow]:
    """The rows of all pages, in order."""
    return [found for html in pages(client, address) for found in rows_of(html, row)]


def waiting_rows(client: Client, address: str) -> list[PageRow]:
    """What waits for an answer to a proposal, over all pages of the waiting list."""
    lists = [html.partition(_AFTER_A_VOTE)[0] for html in pages(client, address)]
    return [row for html in lists for row in rows_of(html, 'article class="prop"')]


def after_votes(client: Client, address: str) -> list[PageRow]:
    """What must be said after a vote: it stands on each page of that list."""
    return rows_of(next(pages(client, address)).partition(_AFTER_A_VOTE)[2], 'article class="prop"')


def headed_items(client: Client, address: str) -> list[PageRow]:
    """The items of all pages that have a heading: those of the list, not those of the menus."""
    return [row for row in every_row(client, address, "li") if _HEADING.search(row.html)]


def _first(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html)
    assert found, html
    return found.group(1)
