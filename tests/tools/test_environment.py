"""What is said when the environment cannot be made."""

import importlib.util
import shutil
import subprocess
from collections import namedtuple
from pathlib import Path

import pytest

from tools import environment
from tools.environment import CannotStart

pytestmark = pytest.mark.own_servers
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def bare_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with requirements and no .venv yet."""
    for name in ("constraints.txt", "requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(environment, "HOUSE", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "VAR", tmp_path / "var")
    monkeypatch.setattr(environment, "LOGS", tmp_path / "var" / "log")
    return tmp_path


def test_it_is_made_once_and_filled_again_only_when_requirements_change(
    bare_checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.prepare()
    assert "Making .venv" in capsys.readouterr().out

    environment.prepare()
    assert capsys.readouterr().out == ""

    (bare_checkout / "constraints.txt").write_text("# another word\n")
    environment.prepare()
    assert "Installing" in capsys.readouterr().out


def test_a_missing_venv_module_is_said(bare_checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CannotStart, match=r"no venv module.*apt install python3-venv"):
        environment.prepare()


def test_a_full_disk_is_said(bare_checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 10**12, 3_000_000))
    with pytest.raises(CannotStart, match=r"The disk is full: .* 3 MB are left"):
        environment.prepare()


def test_a_package_that_cannot_be_had_is_said(bare_checkout: Path) -> None:
    (bare_checkout / "requirements.txt").write_text("./no-such-folder\n")
    with pytest.raises(CannotStart, match=r"Installing failed: .*no-such-folder"):
        environment.prepare()
    assert "no-such-folder" in (bare_checkout / "var" / "log" / "install.log").read_text()


def test_an_environment_that_was_moved_is_made_anew(bare_checkout: Path) -> None:
    python = bare_checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/no/such/python")
    environment.prepare()
    assert subprocess.run([str(python), "-c", ""], check=False).returncode == 0
