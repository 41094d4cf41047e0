"""Where rooms say what they hold of a person and how it is erased. The rooms above register themselves in
their AppConfig.ready: accounts cannot look up, so they hand down."""

from collections.abc import Callable
from typing import Any

from accounts.models import User

Exporter = Callable[[User], Any]
Eraser = Callable[[User], None]

_exporters: dict[str, Exporter] = {}
_erasers: dict[str, Eraser] = {}
_renamers: dict[str, Eraser] = {}


def holds_data(
    name: str, *, exporter: Exporter | None = None, eraser: Eraser | None = None, renamer: Eraser | None = None
) -> None:
    """A room tells what it holds under `name`: JSON values for the download, how to erase the words, and what to do
    when a name that it shows in public is another one."""
    if exporter is not None:
        _exporters[name] = exporter
    if eraser is not None:
        _erasers[name] = eraser
    if renamer is not None:
        _renamers[name] = renamer


def data_of(user: User) -> dict[str, Any]:
    """Everything that the site holds on the person, room by room, as JSON values."""
    return {name: exporter(user) for name, exporter in sorted(_exporters.items())}


def erase_everywhere(user: User) -> None:
    """Every room erases what it holds. Runs in the transaction of the caller."""
    for _name, eraser in sorted(_erasers.items()):
        eraser(user)


def renamed_everywhere(user: User) -> None:
    """The name that others see is another one now: rows that show it have changed. In the caller's transaction."""
    for _name, renamer in sorted(_renamers.items()):
        renamer(user)
