"""Files of the site that are made from other files: one stylesheet joined from many, fonts packed for the web.

Both are made on the machine itself, from what is installed, whenever their sources are newer. Nothing is
fetched, and nothing made is kept in the repository.
"""

import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

from django.conf import settings

CSS_DIR = Path(__file__).resolve().parent.parent / "static" / "css"
CSS_FIRST = ("tokens.css", "fonts.css", "base.css")  # the order of layers is stated in tokens.css
FONTS = {
    "fonts/atkinson-regular.woff2": "AtkinsonHyperlegible-Regular.ttf",
    "fonts/atkinson-bold.woff2": "AtkinsonHyperlegible-Bold.ttf",
}
STYLESHEET = "css/toptable.css"


def made_dir() -> Path:
    """Where made files lie, under var/."""
    return Path(settings.VAR_DIR) / "made"


def names() -> list[str]:
    """Every made file, by its path under static/."""
    return [STYLESHEET, *FONTS]


def make(name: str) -> Path:
    """The made file `name`, made again if a source is newer. KeyError for a name that is not in `names()`."""
    target = made_dir() / name
    if name == STYLESHEET:
        sources = stylesheets()
        return _fresh(target, sources, lambda: join(sources).encode())
    source = _font_source(FONTS[name])
    return _fresh(target, [source], lambda: pack_font(source))


def stylesheets() -> list[Path]:
    """The parts of the stylesheet, in the order in which they are joined."""
    first = [CSS_DIR / name for name in CSS_FIRST]
    return [*first, *sorted((CSS_DIR / "components").glob("*.css"))]


def join(parts: Iterable[Path]) -> str:
    """One stylesheet, without comments and line breaks that mean nothing to a browser."""
    return "\n".join(_squeeze(part.read_text(encoding="utf-8")) for part in parts) + "\n"


def pack_font(source: Path) -> bytes:
    """A TrueType font as WOFF2, without the hints that screens of today do not use: 54 kB become 15 kB."""
    from io import BytesIO

    from fontTools import subset
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.WARNING)
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["*"], notdef_outline=True)
    with TTFont(source, recalcTimestamp=False) as font:
        packer = subset.Subsetter(options)
        packer.populate(unicodes=font.getBestCmap().keys())
        packer.subset(font)
        font.flavor = "woff2"
        packed = BytesIO()
        font.save(packed)
    return packed.getvalue()


def _font_source(file_name: str) -> Path:
    return Path(str(files("fontpkg_atkinson_hyperlegible") / "files" / file_name))


def _squeeze(css: str) -> str:
    lines: list[str] = []
    inside_comment = False
    for line in css.splitlines():
        text = line.strip()
        if text.startswith("/*"):
            inside_comment = True
        if not inside_comment and text:
            lines.append(text)
        if inside_comment and text.endswith("*/"):
            inside_comment = False
    return "\n".join(lines)


def _fresh(target: Path, sources: list[Path], content: Callable[[], bytes]) -> Path:
    newest = max(source.stat().st_mtime for source in [*sources, Path(__file__), sources[0].parent])
    if target.exists() and target.stat().st_mtime >= newest:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved into place: two starting processes never read half a file.
    handle, unfinished = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content())
    os.replace(unfinished, target)
    target.chmod(0o644)
    return target
