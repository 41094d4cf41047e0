"""A finder of static files that are made, not written: collectstatic and runserver find them like any other."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

from words import assets


class MadeFilesFinder(BaseFinder):
    """Finds the joined stylesheet and the packed fonts, making them first where needed."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in assets.names():
            return []  # "nothing" in the words of Django's finders, also where one file is asked for
        found = str(assets.make(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        storage = FileSystemStorage(location=assets.made_dir())
        storage.prefix = None  # type: ignore[attr-defined]
        for name in assets.names():
            assets.make(name)
            yield name, storage
