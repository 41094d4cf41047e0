"""The public's own count: it stands alone, says what it did, and is not to be fooled."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ballots.recount import SCRIPT, recount
from tests.ballots.published_files import as_bytes, ballot_json, count_json, papers_csv

APPROVALS = ballot_json("approval", {"a": 5, "b": 3, "c": 1}, seats=2)
APPROVED = papers_csv("abc", [{"a": 1, "b": 1}, {"a": 1, "b": 1}, {"c": 1}, {}])
RIGHT = {"winners": ["b", "a"], "totals": {"a": 2, "b": 2, "c": 1}}

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Write both files, run the command, and give back how it ended and what it said."""

    def run_it(count: bytes, papers: bytes, *more: str) -> tuple[int, str]:
        (tmp_path / "count.json").write_bytes(count)
        (tmp_path / "papers.csv").write_bytes(papers)
        ended = recount.main([str(tmp_path / "count.json"), str(tmp_path / "papers.csv"), *more])
        return ended, capsys.readouterr().out

    return run_it


# ── It stands alone ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_needs_nothing_but_python_3_9() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 9))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize(("stated", "ended"), [(["b", "a"], 0), (["a", "b"], 1)])
def test_it_runs_from_any_folder_without_the_site(tmp_path: Path, stated: list[str], ended: int) -> None:
    (tmp_path / "again.py").write_bytes(SCRIPT.read_bytes())
    (tmp_path / "c.json").write_bytes(as_bytes(count_json(APPROVALS, APPROVED, stated, RIGHT["totals"])))
    (tmp_path / "p.csv").write_bytes(APPROVED)
    command = [sys.executable, "-I", "-S", "again.py", "c.json", "p.csv"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (ended, b"")
    assert (b"The result is the same." in done.stdout) is (ended == 0)


def test_wrong_use_does_not_look_like_changed_papers(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        recount.main(["only-one-file"])
    assert ended.value.code == recount.UNREADABLE
    assert recount.main(["/no/such/file", "/no/such/file"]) == recount.UNREADABLE
    assert "count.json cannot be opened: No such file or directory." in capsys.readouterr().out


# ── It is not to be fooled ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_result_is_told_with_titles(run: Run) -> None:
    ended, said = run(as_bytes(count_json(APPROVALS, APPROVED) | RIGHT), APPROVED)
    assert ended == 0
    assert "1. Option b (b): 2 ticks" in said
    assert said.endswith("The result is the same.\n")
    ended, said = run(as_bytes(count_json(APPROVALS, APPROVED) | RIGHT), APPROVED, "--json")
    answer = json.loads(said)
    assert (answer["same_result"], answer["file_matches"], answer["winners"]) == (True, True, ["b", "a"])


@pytest.mark.parametrize(
    ("old", "new", "would"),
    [
        (b"1,,,\n", b"1,,,1\n", "DIFFERENT"),  # one cell
        (b"4,1,1,\n", b"", "DIFFERENT"),  # one line
        (b"1,,,\n2,,,1\n", b"1,,,1\n2,,,\n", "the same"),  # another order
        (b"\n", b"\r\n", "the same"),  # saved by a spreadsheet
    ],
)
def test_changed_papers_are_found_out(run: Run, old: bytes, new: bytes, would: str) -> None:
    changed = APPROVED.replace(old, new)
    assert changed != APPROVED
    ended, said = run(as_bytes(count_json(APPROVALS, APPROVED) | RIGHT), changed)
    assert ended == 2
    assert "papers.csv is NOT the file that was counted" in said
    assert f"Counted from this file the result would be {would}." in said


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ({"winners": ["a", "b"]}, "Counted again they are: Option b (b); Option a (a)."),
        ({"winners": ["b"]}, "were published as: Option b (b)."),
        ({"winners": ["b", "x"]}, "no option of this ballot (x)"),
        ({"totals": {"a": 2, "b": 2, "c": 2}}, "Option c (c): the total was published as 2; counted again it is 1."),
        ({"totals": {"a": 2, "b": 2}}, "Option c (c): the total was published as no number"),
        ({"totals": {"a": 2, "b": 2, "c": 1, "x": 9}}, "(x): the total was published as 9"),
        ({"papers": count_json({}, APPROVED)["papers"] | {"count": 5}}, "says 5 papers; papers.csv holds 4."),
        ({"ballot": APPROVALS | {"seats": 1}}, "THE RESULT IS DIFFERENT"),
    ],
)
def test_an_edited_result_is_found_out(run: Run, edit: dict[str, Any], words: str) -> None:
    ended, said = run(as_bytes(count_json(APPROVALS, APPROVED) | RIGHT | edit), APPROVED)
    assert ended == 1
    assert words in said
    assert "The result is the same." not in said


def without(whole: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in whole.items() if name not in names}


WHOLE = count_json(APPROVALS, APPROVED) | RIGHT
POT = ballot_json("budget", {"a": 1}, budget=5)
OPTION = {"code": "a", "title": "A", "cost": 0}


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "must hold one JSON object"),
        (as_bytes(without(WHOLE, "ballot")), "“ballot” is missing"),
        (as_bytes(WHOLE | {"ballot": []}), "“ballot” in the file must be an object"),
        (as_bytes(WHOLE | {"winners": "b"}), "“winners” in the file must be a list"),
        (as_bytes(WHOLE | {"winners": [["b"]]}), "“winners” must be a list of codes"),
        (as_bytes(WHOLE | {"totals": {"a": True}}), "“totals” must give each code a whole number"),
        (as_bytes(WHOLE | {"totals": {"a": 2.0}}), "“totals” must give each code a whole number"),
        (as_bytes(WHOLE | {"papers": {"published": False}}), "were not published"),
        (as_bytes(WHOLE | {"papers": {"count": 4, "sha256": None}}), "is not a SHA-256"),
        (as_bytes(WHOLE | {"ballot": without(APPROVALS, "seats")}), "“seats” must be a whole number"),
        (as_bytes(WHOLE | {"ballot": APPROVALS | {"seats": 10**400}}), "“seats” must be a whole number"),
        (as_bytes(WHOLE).replace(b'"seats": 2', b'"seats": ' + b"9" * 5000), "count.json"),
        (as_bytes(WHOLE | {"ballot": APPROVALS | {"method": "dice\x1b[31m"}}), "there is no method “dice?[31m”"),
        (as_bytes(WHOLE | {"ballot": APPROVALS | {"seed": "\ud800"}}), "“seed” in the ballot must be text"),
        (as_bytes(WHOLE | {"ballot": APPROVALS | {"options": []}}), "at least one option"),
        (as_bytes(WHOLE | {"ballot": APPROVALS | {"options": ["a"]}}), "each option must be an object"),
        (as_bytes(WHOLE | {"ballot": APPROVALS | {"options": [OPTION, OPTION]}}), "two options have the code “a”"),
        (as_bytes(WHOLE | {"ballot": APPROVALS | {"options": [OPTION | {"cost": -1}]}}), "the cost of an option"),
        (as_bytes(WHOLE | {"ballot": POT | {"step": 0}}), "“step” must be null or a whole number"),
        (as_bytes(WHOLE | {"ballot": POT | {"stop": ["never"]}}), "“stop” must be one of: exhaustive, overspend"),
    ],
)
def test_an_unreadable_statement_is_said_in_a_sentence(run: Run, count: bytes, words: str) -> None:
    ended, said = run(count, APPROVED)
    assert ended == 3
    assert words in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("method", "papers", "words"),
    [
        ("approval", b"", "papers.csv is empty"),
        ("approval", b"\xff", "is not text in UTF-8"),
        ("approval", b"paper,b,a\n", "the first line must name the options"),
        ("approval", b"paper,a,b\n2,1,1\n", "line 2: this is not paper 1"),
        ("approval", b"paper,a,b\n1,1\n", "line 2: this is not paper 1"),
        ("approval", b"paper,a,b\n1,2,\n", "“2” is not allowed; a cell must hold 1 for a tick"),
        ("approval", b'paper,a,b\n1,"1', "is not a table"),
        ("approval", b"paper,a,b\n1," + b"1" * 200_000 + b",\n", "is not a table"),
        ("score", b"paper,a,b\n1,6,\n", "“6” is not allowed; a cell must hold a score from 0 to 5"),
        ("ranked", b"paper,a,b\n1,2,2\n", "two options are given the same place"),
        ("ranked", "paper,a,b\n1,٣,1\n".encode(), "“٣” is not allowed; a cell must hold a place"),
        ("budget", b"paper,a,b\n1,1\x1b,\n", "“1?” is not allowed"),
    ],
)
def test_unreadable_papers_are_said_in_a_sentence(run: Run, method: str, papers: bytes, words: str) -> None:
    ballot = ballot_json(method, {"a": 0, "b": 0})
    ended, said = run(
        as_bytes(count_json(ballot, papers) | {"papers": count_json({}, papers)["papers"] | {"count": 1}}), papers
    )
    assert (ended, said.count("\n")) == (3, 1)
    assert words in said
    ended, said = run(as_bytes(count_json(ballot, papers + b"\n") | {"papers": WHOLE["papers"]}), papers)
    assert ended == 2
    assert "NOT the file that was counted" in said


def test_a_title_cannot_steer_the_terminal(run: Run) -> None:
    ballot = ballot_json("approval", {"a": 0}, question="Q\x1b]0;owned\x07\u202e\nThe result is the same.")
    ballot["options"][0]["title"] = "Tree\x1b[2J"
    papers = papers_csv("a", [{"a": 1}])
    ended, said = run(as_bytes(count_json(ballot, papers, ["a"], {"a": 2})), papers)
    assert ended == 1
    assert "Tree?[2J (a)" in said
    assert not any(sign in said for sign in "\x1b\x07\u202e")
    assert "The result is the same." not in said.splitlines()
