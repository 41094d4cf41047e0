"""The one stylesheet and the fonts: made here, small, and served for ever."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders, storage
from django.core.management import call_command
from django.test import override_settings

from words import assets

COMPONENTS = assets.CSS_DIR / "components"


@pytest.fixture
def fresh_var(tmp_path: Path, settings: LazySettings) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_the_stylesheet_is_one_file_of_at_most_12_kb(fresh_var: Path) -> None:
    made = assets.make(assets.STYLESHEET).read_bytes()
    assert len(gzip.compress(made, 9)) <= 12_000
    assert made.startswith(b"@layer tokens, base, components, utilities;")
    assert b"/*" not in made


def test_every_component_is_in_it_and_in_its_layer(fresh_var: Path) -> None:
    joined = assets.make(assets.STYLESHEET).read_text()
    parts = list(COMPONENTS.glob("*.css"))
    assert len(parts) > 15
    for part in parts:
        css = re.sub(r"/\*.*?\*/", "", part.read_text(), flags=re.DOTALL).strip()
        assert css.startswith("@layer components {"), part.name
        assert css.count("{") == css.count("}"), part.name
        assert css.splitlines()[1].strip() in joined


def test_colours_and_fixed_sizes_come_from_the_tokens() -> None:
    for part in COMPONENTS.glob("*.css"):
        if part.name != "letter.css":  # a code for cameras is black on white in every theme
            assert not re.search(r"#[0-9a-f]{3,8}\b", part.read_text()), part.name


def test_the_fonts_are_packed(fresh_var: Path) -> None:
    for name in assets.FONTS:
        packed = assets.make(name).read_bytes()
        assert packed.startswith(b"wOF2")
        assert len(packed) < 16_000


def test_a_file_is_made_again_only_when_a_source_is_newer(fresh_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = assets.make(assets.STYLESHEET)
    first.write_text("kept")
    assert assets.make(assets.STYLESHEET).read_text() == "kept"
    Path(first).touch()
    import os

    os.utime(first, (0, 0))
    assert assets.make(assets.STYLESHEET).read_text() != "kept"


def test_runserver_finds_them(fresh_var: Path) -> None:
    assert finders.find("css/toptable.css")
    assert finders.find("fonts/atkinson-bold.woff2")
    assert finders.find("fonts/other.woff2") is None


@override_settings(
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
)
def test_collected_files_are_hashed_and_the_stylesheet_points_at_the_fonts(
    fresh_var: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = str(fresh_var / "static")
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "words.finders.MadeFilesFinder",
    ]
    monkeypatch.setattr(storage, "staticfiles_storage", storage.ConfiguredStorage())
    finders.get_finder.cache_clear()
    call_command("collectstatic", "--noinput", verbosity=0)
    [sheet] = (fresh_var / "static" / "css").glob("toptable.*.css")
    fonts = re.findall(r'url\("\.\./fonts/(atkinson-\w+\.[0-9a-f]{12}\.woff2)"\)', sheet.read_text())
    assert len(fonts) == 2
    for font in fonts:
        assert (fresh_var / "static" / "fonts" / font).exists()
    assert sheet.with_name(sheet.name + ".gz").exists()


def test_classes_that_pages_lean_on_are_defined(fresh_var: Path) -> None:
    joined = assets.make(assets.STYLESHEET).read_text()
    for name in ("hash", "wide", "across", "whole", "agree--names"):
        assert f".{name} " in joined, name
    hash_of = re.search(r"\.hash \{([^}]*)\}", joined)
    assert hash_of is not None
    assert "monospace" in hash_of[1]
    assert "display: block" in hash_of[1]


def test_a_dot_between_facts_stays_with_the_word_before_it(settings: LazySettings) -> None:
    """It begins no line: the space before it does not break."""
    templates = Path(settings.BASE_DIR) / "templates"
    pages = [path for path in templates.rglob("*.html") if "emails" not in path.parts]
    loose = [
        f"{path.relative_to(templates)}: {line.strip()[:60]}"
        for path in pages
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?<!&nbsp;)·", line)
    ]
    assert loose == []
