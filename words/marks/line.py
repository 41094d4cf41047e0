"""The story line: what happened, on two sides of one table."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import mark_safe


def story(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps of the story line, ready for `includes/story.html`.

    Each step has `side` ("res" or "org"), `state` ("past", "now" or "next"), `title`, and may have `late` (bool),
    `on` (date), `text` (a line in place of the date) and `note` (a second line).
    """
    shapes = {"res": '<circle cx="14" cy="14" r="12"/>', "org": '<rect x="3" y="3" width="22" height="22"/>'}
    return [
        {
            **step,
            "shape": mark_safe(shapes[step["side"]]),  # noqa: S308 - our own constants
            "classes": " ".join([step["side"], step["state"], *(["late"] if step.get("late") else [])]),
        }
        for step in steps
    ]
