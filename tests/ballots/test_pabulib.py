"""The file format: what is read, what is named, and that a file written comes back the same."""

from pathlib import Path

import pytest

from ballots.counting import count
from ballots.counting.shapes import Rule
from ballots.pabulib import BadFile, read_pb, write_pb
from tests.ballots.published_files import PABULIB

PLAIN = """META
key;value
description;A street
num_projects;3
num_votes;3
budget;1000
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;votes;name;selected
1;400;2;Trees;1
2;300.50;1;Benches;0
3;0;1;Paint;1
VOTES
voter_id;vote
a;1,2
b;1
c;3
"""


@pytest.fixture
def pb(tmp_path: Path):
    def write(text: str = PLAIN, *changes: tuple[str, str], encoding: str = "utf-8") -> Path:
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "street.pb"
        path.write_text(text, encoding=encoding)
        return path

    return write


def problems(election):
    return [(row.line, row.column, row.kept) for row in election.bad_rows]


def test_a_plain_file(pb):
    election = read_pb(pb())
    assert [(project.code, project.cost, project.title) for project in election.projects] == [
        ("1", 40_000, "Trees"),
        ("2", 30_050, "Benches"),
        ("3", 0, "Paint"),
    ]
    assert (election.budget, election.scale, election.selected) == (100_000, 100, ["1", "3"])
    assert list(election.papers) == [{"1": 1, "2": 1}, {"1": 1}, {"3": 1}]
    assert election.rule.budget_rule == "greedy"
    assert election.bad_rows == []


def test_costs_finer_than_a_hundredth_make_the_unit_finer(pb):
    election = read_pb(pb(PLAIN, ("300.50", "300.1255")))
    assert (election.scale, election.budget) == (10_000, 10_000_000)
    assert election.projects[1].cost == 3_001_255
    assert election.rule.step == 10_000


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("1 070 000", 1_070_000),
        ("1,070,000.00", 1_070_000),
        ("1070000,5", 1_070_000.5),
        ("1\u00a0000", 1_000),
        ("3e3", 3000),
    ],
)
def test_amounts_as_people_write_them(pb, written, units):
    assert read_pb(pb(PLAIN, ("budget;1000", f"budget;{written}"))).budget == units * 100


@pytest.mark.parametrize("written", ["", "much", "-5", "NaN", "Infinity", "1e99"])
def test_without_a_budget_there_is_no_election(pb, written):
    with pytest.raises(BadFile, match="budget"):
        read_pb(pb(PLAIN, ("budget;1000", f"budget;{written}")))


def test_a_mark_at_the_start_blank_lines_and_windows_lines(pb):
    text = PLAIN.replace("PROJECTS", "\n;;;\nPROJECTS;;;").replace("VOTES", "\n\nvotes").replace("\n", "\r\n")
    election = read_pb(pb(text, encoding="utf-8-sig"))
    assert (len(election.projects), len(election.papers), election.bad_rows) == (3, 3, [])


def test_quotes_and_semicolons_and_lines_inside_them(pb):
    title = '"Trees; ""tall"" ones\nand small"'
    election = read_pb(pb(PLAIN, (";Trees;", f";{title};"), ("A street", 'A street; "near" us')))
    assert election.projects[0].title == 'Trees; "tall" ones\nand small'
    assert election.meta["description"] == 'A street; "near" us'
    assert len(election.papers) == 3


def test_a_quote_that_is_never_closed_is_a_letter(pb):
    election = read_pb(pb(PLAIN, (";Trees;", ';"Trees;')))
    assert election.projects[0].title == '"Trees'
    assert (len(election.projects), len(election.papers)) == (3, 3)


def test_missing_and_unknown_columns(pb):
    text = "META\nkey;value\nbudget;5\nPROJECTS\ncolour;cost;project_id\nred;4;x\n\nVOTES\nvote;age\nx;7\n;8\n"
    election = read_pb(pb(text))
    assert [(each.code, each.title, each.cost, each.fields["colour"]) for each in election.projects] == [
        ("x", "x", 400, "red")
    ]
    assert list(election.papers) == [{"x": 1}, {}]
    assert election.vote_type == "approval"


def test_votes_without_their_column_are_no_votes(pb):
    with pytest.raises(BadFile, match="column"):
        read_pb(pb(PLAIN, ("voter_id;vote\n", "voter_id;choice\n")))


@pytest.mark.parametrize("text", ["", "hello", "META\nkey;value\nbudget;5\n", "\0\0"])
def test_other_files(pb, text):
    with pytest.raises(BadFile):
        read_pb(pb(text))


def test_files_in_another_alphabet_or_nowhere(tmp_path):
    (tmp_path / "x.pb").write_bytes(b"META\nkey;value\ndescription;\xb3\xff\n")
    for name in ("x.pb", "none.pb"):
        with pytest.raises(BadFile, match=name):
            read_pb(tmp_path / name)


def test_bad_rows_are_named_and_the_rest_stays(pb):
    election = read_pb(
        pb(PLAIN, ("3;0;1;Paint;1", "3;0;1;Paint;1\n1;7;;Twice\n;8;;Nobody\n4;lots;;Dear"), ("b;1\n", "b;1,99,1\na;\n"))
    )
    assert [project.code for project in election.projects] == ["1", "2", "3"]
    assert problems(election) == [
        (14, "project_id", False),
        (15, "project_id", False),
        (16, "cost", False),
        (20, "vote", True),
        (21, "voter_id", True),
    ]
    assert "99" in election.bad_rows[3].problem
    assert list(election.papers) == [{"1": 1, "2": 1}, {"1": 1}, {}, {"3": 1}]


def test_points_and_places(pb):
    pointed = PLAIN.replace("approval", "cumulative").replace("voter_id;vote\n", "voter_id;vote;points\n")
    pointed = pointed.replace("a;1,2", "a;2,1;3,0").replace("b;1\n", "b;1;0.5\n").replace("c;3", "c;3;one")
    election = read_pb(pb(pointed))
    assert list(election.papers) == [{"2": 3}, {"1": 1}, {"3": 1}]
    assert problems(election) == [(18, "points", True)]
    ordinal = PLAIN.replace("approval", "ordinal").replace("a;1,2", "a;3,1,2")
    assert next(iter(read_pb(pb(ordinal)).papers)) == {"3": 1, "1": 2, "2": 3}


@pytest.mark.parametrize(
    ("named", "rule", "completion"),
    [
        ("equalshares/add1", "equal_shares", "add1"),
        ("Equal Shares/add1u", "equal_shares", "add1u"),
        ("equalshares", "equal_shares", "none"),
        ("greedy", "greedy", "add1u"),
        ("unknown", "greedy", "add1u"),
    ],
)
def test_the_rule_that_the_file_names(pb, named, rule, completion):
    election = read_pb(pb(PLAIN, ("rule;greedy", f"rule;{named}")))
    assert (election.rule.budget_rule, election.rule.completion) == (rule, completion)


@pytest.mark.parametrize(
    "rule",
    [
        Rule("budget", budget_rule="greedy"),
        Rule("budget", completion="add1", stop="overspend", step=1_50, min_share=5, seed='leaf; "9"'),
    ],
)
@pytest.mark.parametrize("vote_type", ["approval", "cumulative", "ordinal"])
def test_what_is_written_comes_back(pb, tmp_path, rule, vote_type):
    first = read_pb(pb(PLAIN.replace("approval", vote_type), ("Trees", "“Trees”, and more")))
    whole = Rule(**{**{name: getattr(rule, name) for name in Rule.__slots__}, "budget": first.budget})
    written = tmp_path / "again.pb"
    text = write_pb({"description": "A; street"}, first.projects, first.papers, whole, vote_type, winners=["2"])
    written.write_text(text, encoding="utf-8")
    again = read_pb(written)
    assert again.bad_rows == []
    assert again.meta["description"] == "A; street"
    assert [(each.code, each.cost, each.title) for each in again.projects] == [
        (each.code, each.cost, each.title) for each in first.projects
    ]
    assert again.selected == ["2"]
    assert (again.rule.stop, again.rule.min_share, again.rule.seed) == (whole.stop, whole.min_share, whole.seed)
    assert again.rule.step == whole.step or whole.step is None
    assert count(again.options, again.papers, again.rule).winners == count(first.options, first.papers, whole).winners


def test_the_order_of_written_votes_tells_nothing(pb):
    election = read_pb(pb())
    papers = list(election.papers)
    one, other = (write_pb({}, election.projects, each, election.rule) for each in (papers, papers[::-1]))
    assert one == other


@pytest.mark.skipif(
    not (PABULIB / "expected_results.json").is_file(),
    reason="the real budget votes are not here: set TOPTABLE_DATA to their folder",
)
def test_every_real_file_is_read_whole():
    files = sorted(PABULIB.glob("*.pb"))
    assert files
    for path in files:
        election = read_pb(path)
        assert len(election.papers) == int(election.meta["num_votes"]), path.name
        assert len(election.projects) == int(election.meta["num_projects"]), path.name
        votes = count(election.options, election.papers, election.rule).totals
        assert votes == {each.code: int(each.fields["votes"]) for each in election.projects}, path.name
        assert election.bad_rows == [], path.name
