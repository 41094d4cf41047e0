"""Elections from Pabulib: made-up files, real ones where they are, and our own that go out and come in again."""

import json
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from ballots import counting
from ballots.actions.counting import keep_result
from ballots.counting.shapes import Choices
from ballots.export import pabulib_of
from ballots.models import Ballot, Count, Option
from ballots.papers_file import read_papers, write_papers
from ballots.terms import options_of, rule_of
from communities.models import Community
from decisions.models import Decision
from record.models import Entry

DATA = Path(os.environ.get("TOPTABLE_DATA") or settings.BASE_DIR.parent / "shared" / "data") / "pabulib"
FILE = """META
key;value
description;Bänke
unit;Town
budget;1000
vote_type;approval
rule;greedy
currency;EUR
date_begin;01.03.2024
date_end;10.03.2024
PROJECTS
project_id;cost;votes;name;selected
a;600;8;Lamps;1
b;500;5;"Benches; six";0
c;400;4;Trees;1
VOTES
voter_id;vote
"""
VOTES = "".join(
    f"{n};{vote}\n" for n, vote in enumerate(["a", "a,b", "a,c", "b", "c", "a", "a,b,c", "b", "a", "a,b", "a,c"])
)


@pytest.fixture
def bring(db: None) -> Callable[..., tuple[str, str]]:
    def run(*paths: Path) -> tuple[str, str]:
        out, err = StringIO(), StringIO()
        call_command("import_pabulib", *map(str, paths), community="elsewhere", stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run


def test_a_file_becomes_a_counted_ballot_from_which_nothing_follows(
    bring: Callable[..., tuple[str, str]], tmp_path: Path, client: Client
) -> None:
    path = tmp_path / "town.pb"
    path.write_text(FILE + VOTES, encoding="utf-8")
    for _again in range(2):
        bring(path)
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.budget, ballot.count.winners) == ("certified", 100_000, ["a", "c"])
    assert ballot.official_winners == ["a", "c"]
    assert not Decision.objects.exists()
    assert Entry.objects.filter(kind="ballot.imported").count() == 1
    text = client.get(ballot.get_absolute_url()).text
    assert "held on another site" in text
    assert "the same winners as the official result" in text
    assert "Benches; six" in text


def test_bad_rows_are_named_and_another_file_of_the_same_name_is_refused(
    bring: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "town.pb"
    path.write_text(FILE + VOTES + "99;a,nowhere\n", encoding="utf-8")
    _said, wrong = bring(path)
    assert "line 29" in wrong
    path.write_text(FILE + VOTES + "99;b\n", encoding="utf-8")  # as many votes, and another one among them
    with pytest.raises(CommandError):
        bring(path)
    assert Ballot.objects.count() == 1


def test_what_is_no_election_is_said(bring: Callable[..., tuple[str, str]], tmp_path: Path) -> None:
    path = tmp_path / "x.pb"
    path.write_bytes(b"\x00\xff nothing")
    with pytest.raises(CommandError):
        bring(path, tmp_path / "missing.pb")
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    "terms",
    [
        {"method": "budget", "budget": 900_00},
        {"method": "budget", "budget": 900_00, "budget_rule": "greedy"},
        {"method": "budget", "budget": 900_00, "completion": "add1", "stop": "overspend", "step": 250},
        {"method": "approval", "seats": 2, "min_share": 20},
        {"method": "score", "seats": 2},
        {"method": "ranked", "seats": 1},
        {"method": "ranked", "seats": 2},
    ],
)
def test_a_ballot_goes_out_and_comes_in_to_the_same_result(
    terms: dict[str, Any], bring: Callable[..., tuple[str, str]], tmp_path: Path, community: Community
) -> None:
    ballot = Ballot.objects.create(
        community=community, reference="B-1", question="Which?", state="counted", seed="s", source_id="x", **terms
    )
    Option.objects.bulk_create(
        Option(ballot=ballot, code=code, position=at, title=f"Option {code}", cost=cost)
        for at, (code, cost) in enumerate([("1", 300_00), ("2", 250_00), ("3", 199_50), ("4", 420_00)])
    )
    options, chance = list(ballot.options.all()), Random(3)
    papers = write_papers([option.code for option in options], [_paper(ballot.method, chance) for _n in range(40)])
    count = Count.objects.create(ballot=ballot, papers=papers, papers_count=40, papers_published=True)
    keep_result(count, options, counting.count(options_of(options), read_papers(papers), rule_of(ballot)))
    path = tmp_path / "out.pb"
    path.write_text(pabulib_of(ballot, papers), encoding="utf-8")
    bring(path)
    again = Ballot.objects.get(source_id="out")
    assert again.count.winners == count.winners
    assert again.count.totals == count.totals
    assert again.method == ballot.method


def _paper(method: str, chance: Random) -> Choices:
    named = chance.sample(["1", "2", "3", "4"], chance.randint(1, 4))
    if method == "ranked":
        return {code: place for place, code in enumerate(named, start=1)}
    return {code: chance.randint(0, 5) if method == "score" else 1 for code in named}


@pytest.mark.once
@pytest.mark.skipif(not DATA.is_dir(), reason="the real elections are not here: set TOPTABLE_DATA to their folder")
def test_the_real_elections(bring: Callable[..., tuple[str, str]]) -> None:
    paths = sorted(DATA.glob("*.pb"))
    said, _wrong = bring(*paths)
    assert f"{len(paths)} new, 0 as they were, 0 not read" in said
    expected = json.loads((DATA / "expected_results.json").read_text(encoding="utf-8"))
    rules = {"equalshares/add1": "mes_add1_stop_exhaustive", "greedy": "greedy"}
    for name, facts in expected.items():
        ballot = Ballot.objects.get(source_id=name)
        assert sorted(ballot.count.winners) == sorted(facts[rules[facts["rule_in_file"]]])
        if facts["official_selected"]:
            assert sorted(ballot.count.winners) == sorted(ballot.official_winners or []) == facts["official_selected"]
