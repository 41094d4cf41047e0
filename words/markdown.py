"""What people write, as safe HTML: Markdown without raw HTML, links that open only the web and mail."""

import re
from functools import lru_cache
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from words.text import clean_text

_TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_HEADING, _HEADING_END = re.compile("<h[1-6]>"), re.compile("</h[1-6]>")
_MARKED = re.compile(r"[^\w ,.;:!?’“”()£/%-]|_")  # anything that Markdown, HTML or cleaning could change
_REL = "nofollow ugc noopener"
_KEPT = 1_000  # texts in each process, as the same ones are read again and again
_LONGEST_KEPT = 4_000  # characters: a longer one is rendered each time

# Pictures, raw HTML and tables are off: nothing is loaded from elsewhere, and a phone shows the rest well.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
_MARKDOWN.disable(["image", "html_inline", "html_block"]).enable("strikethrough")


def render(text: str) -> SafeString:
    """The text as HTML that is safe to show. A heading becomes a bold line: the page's own headings keep their order,
    wherever the text stands."""
    return _rendered(text) if len(text) <= _LONGEST_KEPT else _render(text)


def _render(text: str) -> SafeString:
    html = _HEADING_END.sub("</strong></p>", _HEADING.sub("<p><strong>", _MARKDOWN.render(clean_text(text))))
    safe = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_REL)
    return mark_safe(safe)  # noqa: S308 - nh3 has just cleaned it


_rendered = lru_cache(maxsize=_KEPT)(_render)


def plain(text: str) -> str:
    """The words of the text alone, for e-mail subjects, feeds and previews."""
    if not _MARKED.search(text):
        return text.strip()
    without_tags = nh3.clean(_MARKDOWN.render(clean_text(text)), tags=set())
    return unescape(without_tags).strip()
