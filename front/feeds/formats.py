"""Feeds written as Atom 1.0 (by Django's own writer) and as JSON Feed 1.1."""

import json
import re
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from front.feeds.items import Feed, Item

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Atom(Atom1Feed):
    """With the moment of the feed itself: an empty one does not change each time it is read."""

    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def add_item_elements(self, handler: Any, item: Any) -> None:
        """With all of its authors: Django writes the first."""
        super().add_item_elements(handler, item)
        for name in item["more_authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")


def atom(feed: Feed) -> bytes:
    """The feed as XML."""
    writer = _Atom(
        title=_xml(feed.title),
        link=feed.page,
        description=None,
        subtitle=_xml(feed.about),
        language=get_language(),
        feed_url=feed.url,
        feed_guid=feed.url,
        author_name=settings.SITE_NAME,
        author_link=settings.SITE_URL,
        feed_copyright=settings.DATA_LICENCE_URL,
        updated=feed.updated,
    )
    for item in feed.items:
        writer.add_item(
            title=_xml(item.title),
            link=item.url,
            description=_xml(item.html),
            unique_id=item.id,
            pubdate=item.published,
            updateddate=item.updated,
            author_name=_xml(item.authors[0]),
            more_authors=[_xml(name) for name in item.authors[1:]],
            categories=[_xml(tag) for tag in item.tags],
        )
    return writer.writeString("utf-8").encode()


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "description": feed.about,
        "language": get_language(),
        "authors": [{"name": settings.SITE_NAME, "url": settings.SITE_URL}],
        "items": [_json(item) for item in feed.items],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.tags),
    }


def _xml(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
