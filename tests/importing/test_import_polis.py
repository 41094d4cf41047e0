"""A conversation of Polis becomes proposals and answers, once, however often it is brought in."""

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from communities.models import Community
from proposals.counts import kept_columns
from proposals.models import CommonGround, Opinion, Proposal
from record.models import Entry

DATA = Path(os.environ.get("TOPTABLE_DATA") or settings.BASE_DIR.parent / "shared" / "data") / "polis"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the real conversations are not here: set TOPTABLE_DATA")
STATEMENTS = {"0": "The bins are too small.", "1": "Bins belong behind the house.", "2": "Spam"}
VOTES = [("0", "ann", "1"), ("0", "ben", "-1"), ("1", "ann", "0"), ("2", "ann", "1")]

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """write(statements, votes, topic=…): a folder as Polis exports it. "Spam" was taken out by its moderators."""

    def make(
        statements: dict[str, str] = STATEMENTS,
        votes: list[tuple[str, str, str]] = VOTES,
        url: str = "https://pol.is/7abc",
    ) -> Path:
        comments = [
            f'1500282615559,x,{key},0,0,0,{-1 if text == "Spam" else 1},"{text}"' for key, text in statements.items()
        ]
        lines = [f"{1500232652930 + at},x,{key},{who},{vote}" for at, (key, who, vote) in enumerate(votes)]
        head = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"
        (tmp_path / "comments.csv").write_text("\n".join([head, *comments, ""]), encoding="utf-8")
        head = "timestamp,datetime,comment-id,voter-id,vote"
        (tmp_path / "votes.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
        (tmp_path / "summary.csv").write_text(f"topic,What about the bins?\nurl,{url}\n", encoding="utf-8")
        return tmp_path

    return make


def run(folder: Path, **options: Any) -> str:
    said = StringIO()
    call_command("import_polis", folder, **({"community": "bins"} | options), stdout=said, stderr=said, no_color=True)
    assert [kept.label for kept in kept_columns() if kept.wrong().exists()] == []
    return said.getvalue()


def test_statements_become_proposals_and_votes_answers(db: None, write: Write) -> None:
    said = run(write())
    assert "Statements: 2 new, 0 changed" in said
    assert "2 of 2 people" in said
    assert "Answers: 3 new, 0 changed, 0 as they were; 0 rows were skipped." in said
    community = Community.objects.get(slug="bins")
    assert (community.name, community.source_licence, community.proposals_count) == (
        "What about the bins?",
        "CC BY 4.0",
        2,
    )
    first = Proposal.objects.get(source_id="7abc-0")
    assert (first.title, first.state, first.is_statement) == ("The bins are too small.", "tabled", True)
    assert (first.agree_count, first.disagree_count, first.common_ground) == (1, 1, 500)
    assert (first.tabled_at.year, first.reference) == (2017, "P-2017-0001")
    assert set(Opinion.objects.values_list("source_voter", "user")) == {("7abc-ann", None), ("7abc-ben", None)}


def test_the_same_folder_twice_adds_nothing(db: None, write: Write) -> None:
    run(write())
    before = (list(Proposal.objects.values()), list(Opinion.objects.values()), Entry.objects.count())
    said = run(write())
    assert "Statements: 0 new, 0 changed, 2 as they were." in said
    assert "Answers: 0 new, 0 changed, 3 as they were" in said
    assert (list(Proposal.objects.values()), list(Opinion.objects.values()), Entry.objects.count()) == before


def test_a_later_export_takes_the_place_of_the_earlier_one(db: None, write: Write) -> None:
    run(write())
    said = run(write(STATEMENTS | {"0": "The bins are far too small."}, [*VOTES, ("0", "ben", "1"), ("1", "cy", "1")]))
    assert "Statements: 0 new, 1 changed, 1 as they were." in said
    assert "Answers: 1 new, 1 changed, 2 as they were" in said
    first = Proposal.objects.get(source_id="7abc-0")
    assert (first.title, first.agree_count, first.disagree_count) == ("The bins are far too small.", 2, 0)


def test_bad_rows_are_named_and_the_rest_comes_in(db: None, write: Write) -> None:
    said = run(write(STATEMENTS | {"3": ""}, [*VOTES, ("0", "dee", "7"), ("9", "dee", "1")]))
    assert "comments.csv, line 5: a statement without words. The row is skipped." in said
    assert "votes.csv, line 6: '7' is no vote of 'dee'. The row is skipped." in said
    assert "votes.csv, line 7: there is no statement '9'. The row is skipped." in said
    assert "3 rows were skipped" in said
    assert Opinion.objects.count() == 3


def test_small_batches_give_the_same(db: None, write: Write) -> None:
    assert "Answers: 3 new" in run(write(), batch=1)


def test_two_conversations_may_share_a_community(db: None, write: Write) -> None:
    run(write())
    assert "Statements: 2 new" in run(write(url="https://pol.is/8xyz"))
    assert Proposal.objects.filter(community__slug="bins").count() == 4
    assert Opinion.objects.filter(source_voter="8xyz-ann").count() == 2


def test_a_community_of_people_keeps_its_own_words(community: Community, write: Write) -> None:
    run(write(), community="larkfield")
    community.refresh_from_db()
    assert (community.name, community.source_name) == ("Larkfield Estate", "")


def test_long_statements_and_those_without_spaces_keep_all_their_words(db: None, write: Write) -> None:
    words, chinese = "word " * 39 + "end", "我覺得" * 60
    run(write({"0": words, "1": chinese}, []))
    first, second = Proposal.objects.order_by("source_id")
    assert first.outcome_wanted == words
    assert first.title.endswith("word…")
    assert len(first.title) <= 120
    assert (len(second.title), second.outcome_wanted) == (120, chinese)


def test_a_statement_is_answered_and_not_backed(client: Client, db: None, write: Write) -> None:
    run(write())
    statement = Proposal.objects.get(source_id="7abc-0")
    page = client.get(statement.get_absolute_url()).content.decode()
    assert "1 of 2 people agrees, 1 disagrees" in page
    for wrong in ("Back this", "neighbours back this", "What we want to happen", "Why it matters", "Gathering backing"):
        assert wrong not in page
    rows = client.get("/c/bins/proposals/").content.decode()
    assert "A statement to agree or disagree with" in rows
    assert "more neighbour" not in rows
    assert "ann" not in [row for row in page.split() if row == "ann"]
    assert client.get("/c/bins/").status_code == client.get("/c/bins/proposals/common-ground/").status_code == 200


@pytest.mark.parametrize("option", [{"community": "a b"}, {"batch": 0}, {"batch": 1001}])
def test_wrong_options_are_refused(db: None, write: Write, option: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        run(write(), **option)


def test_another_folder_is_refused_before_anything_is_made(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path)
    assert not Community.objects.exists()


@pytest.mark.once
@real
def test_a_real_conversation_comes_in_whole(client: Client, db: None) -> None:
    said = run(DATA / "brexit-consensus")
    assert "Statements: 50 new" in said
    ground = CommonGround.objects.get(community__slug="bins")
    assert (len(ground.groups), sum(ground.groups), ground.people) == (2, 189, 189)
    assert ground.stability >= 0.8
    text = client.get("/c/bins/proposals/common-ground/").content.decode()
    assert "They fall into 2 groups" in text
    assert len(text) < 60_000
