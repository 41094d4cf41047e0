"""The command that counts without a site, and the real votes that it must get right."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, load_command_class

from tests.ballots.published_files import PABULIB

RANKED = """META
key;value
budget;100
vote_type;ordinal
PROJECTS
project_id;cost;name
x;60;Ex
y;50;Why
z;10;Zed
VOTES
voter_id;vote
1;x,y,z
2;x,y
3;y,z
4;y,x,z
5;z,y,x
"""
real = pytest.mark.skipif(
    not (PABULIB / "expected_results.json").is_file(),
    reason="the real budget votes are not here: set TOPTABLE_DATA to their folder",
)


def run(path: Path, *arguments: str) -> str:
    """What it prints. No database is allowed here: pytest-django refuses every query."""
    said = StringIO()
    call_command(load_command_class("ballots", "count_pabulib"), str(path), *arguments, stdout=said, stderr=said)
    return said.getvalue()


def winners(path: Path, *arguments: str) -> list[str]:
    return json.loads(run(path, "--json", *arguments))["winners"]


@pytest.fixture
def ranked(tmp_path: Path) -> Path:
    path = tmp_path / "ranked.pb"
    path.write_text(RANKED, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rule", "more", "expected"),
    [
        ("equal-shares", [], ["y", "z"]),
        ("greedy", [], ["y", "z"]),
        ("approval", ["--seats", "1"], ["y"]),
        ("stv", ["--seats", "2"], ["x", "y"]),
        ("irv", [], ["y"]),
        ("condorcet", [], ["y"]),
    ],
)
def test_every_rule(ranked, rule, more, expected):
    assert sorted(winners(ranked, "--rule", rule, *more)) == expected


def test_seats_are_as_many_as_greedy_would_fund(ranked):
    assert len(winners(ranked, "--rule", "stv")) == 2
    ranked.write_text(RANKED.replace("cost;name", "cost;name;selected").replace("Why", "Why;1"), encoding="utf-8")
    assert len(winners(ranked, "--rule", "stv")) == 1


def test_what_it_prints(ranked):
    said = run(ranked)
    assert "   1. y" in said
    for name in ("cost", "rounds", "steps", "voters_with_a_pick_pct", "seconds", "peak_mb"):
        assert f"\n{name} " in said


def test_the_step_is_in_the_money_of_the_file(ranked):
    facts = json.loads(run(ranked, "--json", "--step", "2.5", "--completion", "add1"))
    assert facts["working"]["shares"]["step"] == 250
    assert facts["final_share"] == 20 + facts["steps"] * 2.5


def test_bad_rows_are_named(ranked):
    ranked.write_text(RANKED.replace("2;x,y", "2;x,nothing"), encoding="utf-8")
    assert "line 13, vote: there is no project nothing" in run(ranked)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--step", "0"], "step"),
        (["--step", "0.001"], "finer"),
        (["--step", "x"], "amount"),
        (["--rule", "dice"], "dice"),
    ],
)
def test_refusals(ranked, arguments, why):
    with pytest.raises(CommandError, match=why):
        run(ranked, *arguments)


def test_only_rankings_are_counted_as_such(ranked):
    ranked.write_text(RANKED.replace("ordinal", "approval"), encoding="utf-8")
    with pytest.raises(CommandError, match="rankings"):
        run(ranked, "--rule", "irv")


def test_a_file_that_is_none(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.pb"):
        run(tmp_path / "nowhere.pb")


VARIANTS = {
    "greedy": ["--rule", "greedy"],
    "mes_plain": ["--completion", "none"],
    "mes_add1_stop_exhaustive": ["--completion", "add1"],
    "mes_add1u_stop_exhaustive": ["--completion", "add1u"],
    "mes_add1_stop_infeasible": ["--completion", "add1", "--stop", "overspend"],
    "mes_add1u_stop_infeasible": ["--completion", "add1u", "--stop", "overspend"],
}
PLACES = ("Netherlands_Assen_2024", "Poland_Swiecie_2023", "France_Toulouse_2022", "Netherlands_Amsterdam_288")
OFFICIAL = ("Netherlands_Assen_2024", "Poland_Swiecie_2023")


@real
@pytest.mark.parametrize("place", PLACES)
def test_the_published_results(place):
    expected = json.loads((PABULIB / "expected_results.json").read_text(encoding="utf-8"))[place]
    path = PABULIB / f"{place}.pb"
    facts = {}
    for variant, arguments in VARIANTS.items():
        facts[variant] = json.loads(run(path, "--json", "--step", str(expected["step"]), *arguments))
        assert sorted(facts[variant]["winners"]) == expected[variant], variant
    both = [facts["mes_add1_stop_exhaustive"], facts["mes_add1_stop_infeasible"]]
    assert [each["final_share"] for each in both] == pytest.approx(expected["final_share"], abs=1e-5)
    assert [each["steps_tried"] for each in both] == expected["steps"]
    costs = [
        facts[name]["cost"] for name in ("greedy", "mes_plain", "mes_add1_stop_exhaustive", "mes_add1u_stop_exhaustive")
    ]
    assert costs == [expected["cost"][name] for name in ("greedy", "plain", "add1", "add1u")]
    picks = [facts[name]["voters_with_a_pick_pct"] for name in ("greedy", "mes_add1u_stop_exhaustive")]
    assert picks == list(expected["voters_with_a_winner_pct"].values())


@real
@pytest.mark.parametrize("place", OFFICIAL)
def test_what_the_city_decided(place):
    expected = json.loads((PABULIB / "expected_results.json").read_text(encoding="utf-8"))[place]
    path = PABULIB / f"{place}.pb"
    assert sorted(winners(path, "--completion", "add1")) == expected["official_selected"]
