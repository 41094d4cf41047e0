"""One entry of a feed, and the feed, before they are written in a format."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Item:
    """`id` never changes, whatever the address does; `html` is safe to show as it is; there is one author or more."""

    id: str
    url: str
    title: str
    html: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """`url` is the feed's own address, `page` what it is a feed of, `updated` the newest change in it."""

    title: str
    about: str
    url: str
    page: str
    updated: datetime
    items: list[Item] = field(default_factory=list)
