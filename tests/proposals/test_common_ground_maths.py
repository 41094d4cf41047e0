"""Groups are named only when they are stable and large enough, and agreement is measured across them."""

import csv
import json
import os
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from proposals.common_ground.finding import find_common_ground
from proposals.common_ground.groups import adjusted_rand
from proposals.common_ground.polis import read_conversation

DATA = Path(os.environ.get("TOPTABLE_DATA") or settings.BASE_DIR.parent / "shared" / "data") / "polis"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the real conversations are not here: set TOPTABLE_DATA")


def camps(first: int, second: int, *, statements: int = 12) -> dict[str, dict[str, int]]:
    """Two camps that differ on all statements but "0", on which all agree; one in ten answers goes the other way."""
    chance, votes = Random(5), {}
    for person in range(first + second):
        side = 1 if person < first else -1
        votes[f"p{person:03}"] = {"0": 1} | {
            str(at): side * (1 if at % 2 else -1) * (-1 if chance.random() < 0.1 else 1) for at in range(1, statements)
        }
    return votes


def test_two_camps_are_found_and_what_both_want_comes_first() -> None:
    found = find_common_ground(camps(30, 20))
    assert [len(group) for group in found.groups] == [30, 20]
    assert set(found.groups[0]) == {f"p{person:03}" for person in range(30)}
    assert found.statements[0].key == "0"
    assert found.statements[0].by_group == ((30, 30), (20, 20))
    assert found.statements[0].consensus == pytest.approx(31 / 32 * 21 / 22)
    assert found.statements[-1].consensus < 0.3


def test_a_group_of_nine_is_not_named() -> None:
    found = find_common_ground(camps(40, 9))
    assert found.groups == ()
    assert found.statements[0].key == "0"  # agreement is shown all the same, of everybody
    assert found.statements[0].consensus == pytest.approx(50 / 51)


def test_chance_makes_no_groups() -> None:
    for seed in range(4):
        chance = Random(seed)
        votes = {f"p{n}": {str(at): chance.choice((-1, 0, 1)) for at in range(30)} for n in range(120)}
        found = find_common_ground(votes)
        assert found.groups == (), found.stability


@pytest.mark.parametrize(
    "votes", [{}, {"a": {"1": 1}}, {"a": {}}, {f"p{n}": {"1": 1, "2": -1} for n in range(60)}, camps(8, 8)]
)
def test_too_little_or_all_the_same_is_no_group(votes: dict[str, dict[str, int]]) -> None:
    assert find_common_ground(votes).groups == ()


def test_the_same_votes_in_another_order_give_the_same() -> None:
    votes = camps(25, 25)
    turned = {person: dict(reversed(votes[person].items())) for person in reversed(votes)}
    assert find_common_ground(turned) == find_common_ground(votes)


def test_the_adjusted_rand_index() -> None:
    assert adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0]) == 1.0
    assert adjusted_rand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) == pytest.approx(0.24242424)
    assert adjusted_rand([0, 0, 0, 0], [0, 1, 0, 1]) == 0.0


def write(folder: Path, votes: str) -> Path:
    (folder / "comments.csv").write_text("comment-id,comment-body,moderated\n1,Lamps,1\n2,Rude,-1\n", encoding="utf-8")
    (folder / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n" + votes, encoding="utf-8")
    return folder


def test_reading_a_folder(tmp_path: Path) -> None:
    read = read_conversation(write(tmp_path, "1,1,a,1\n2,1,a,-1\n1,1,a,0\n1,2,a,1\n1,1,b,7\n"))
    assert read.statements == {"1": "Lamps"}
    assert read.votes == {"a": {"1": -1}}  # the later vote, and none on what moderators took out
    assert read.bad_rows == ["votes.csv, line 6: '7' is no vote of 'b'"]


def test_the_command_says_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("common_ground", str(tmp_path))


def test_the_command(tmp_path: Path) -> None:
    out = StringIO()
    call_command("common_ground", str(write(tmp_path, "1,1,a,1\n")), "--json", stdout=out)
    document = json.loads(out.getvalue())
    assert (document["stable"], document["groups"], document["statements"][0]["text"]) == (False, [], "Lamps")


@real
def test_the_published_groups_of_a_real_conversation() -> None:
    folder = DATA / "brexit-consensus"
    found = find_common_ground(read_conversation(folder).votes)
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        published = {row["participant"]: row["group-id"] for row in csv.DictReader(file) if row["group-id"]}
    ours = {person: at for at, group in enumerate(found.groups) for person in group}
    both = sorted(published.keys() & ours.keys())
    assert len(both) > 180
    assert adjusted_rand([int(published[person]) for person in both], [ours[person] for person in both]) >= 0.85
