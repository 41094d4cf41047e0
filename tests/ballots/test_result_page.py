"""The result of a vote, for each method, and the files with which anybody counts it again."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ballots.actions.announcing import cancel_ballot
from ballots.actions.certifying import certify_ballot
from ballots.models import Ballot, Count, Option
from ballots.papers_file import digest
from ballots.recount import SCRIPT
from ballots.result.parts import Dots
from tests.ballots.conftest import MakeBallot, counted

MakeUser = Callable[..., User]
METHODS: list[dict[str, Any]] = [
    {"method": "budget"},
    {"method": "budget", "budget_rule": "greedy"},
    {"method": "approval", "seats": 2},
    {"method": "approval", "seats": 9, "min_share": 50},
    {"method": "score", "seats": 2},
    {"method": "ranked", "seats": 1},
    {"method": "ranked", "seats": 2},
]


def address(ballot: Ballot, name: str) -> str:
    return reverse(f"ballots:{name}", args=[ballot.community.slug, ballot.reference])


@pytest.fixture
def voters(make_user: MakeUser, announced: Ballot) -> list[User]:
    """Fourteen residents, the cast's six among the others on the roll."""
    return [make_user(f"Voter {n}", announced.community) for n in range(14)]


@pytest.fixture
def held(
    make_ballot: MakeBallot, make_open: Callable[[Ballot], Ballot], vote: Callable[..., None], voters: list[User]
) -> Callable[..., Ballot]:
    """held(method=…): a vote with fourteen papers, counted."""

    def hold(papers: int = 14, **terms: Any) -> Ballot:
        ballot = make_open(make_ballot(**terms))
        codes, chance = [option.code for option in ballot.options.all()], Random(7)
        for person in voters[:papers]:
            named = chance.sample(codes, chance.randint(1, len(codes)))
            if ballot.method == "ranked":
                vote(person, {code: place for place, code in enumerate(named, start=1)}, ballot=ballot)
            elif ballot.method == "score":
                vote(person, {code: chance.randint(0, 5) for code in named}, ballot=ballot)
            else:
                vote(person, *named, ballot=ballot)
        return counted(ballot)

    return hold


@pytest.mark.parametrize("terms", METHODS)
def test_the_page_names_the_winners_first(terms: dict[str, Any], held: Callable[..., Ballot], client: Client) -> None:
    ballot = held(**terms)
    winners = Option.objects.filter(ballot=ballot).winners()
    assert winners
    response = client.get(ballot.get_absolute_url())
    assert response.status_code == 200
    main = response.text[response.text.index("<main") :]
    assert "Counted, and not final yet" in main
    assert "14 of 20 residents voted" in " ".join(main.split())
    assert "14 online, 0 on paper, 0 by phone" in " ".join(main.split())
    for option in winners:
        assert option.title in main
    steps = client.get(address(ballot, "steps"))
    assert steps.status_code == 200
    assert winners[0].title in steps.text


@pytest.mark.parametrize("terms", METHODS)
def test_anybody_counts_it_again_from_the_files(
    terms: dict[str, Any], held: Callable[..., Ballot], client: Client, tmp_path: Path
) -> None:
    ballot = held(**terms)
    papers, rules = tmp_path / "papers.csv", tmp_path / "count.json"
    papers.write_bytes(client.get(address(ballot, "papers_csv")).content)
    rules.write_bytes(client.get(address(ballot, "count_json")).content)
    script = tmp_path / "recount.py"
    script.write_bytes(client.get("/recount.py").content)
    assert script.read_bytes() == SCRIPT.read_bytes()

    def run() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-I", str(script), str(rules), str(papers)], capture_output=True, text=True
        )

    same = run()
    assert same.returncode == 0, same.stdout + same.stderr
    assert "the same" in same.stdout
    lines = papers.read_text().splitlines()
    papers.write_text("\n".join(lines[:-1]) + "\n")  # one paper is gone
    assert run().returncode == 2


def test_the_papers_are_the_bytes_whose_digest_is_published(held: Callable[..., Ballot], client: Client) -> None:
    ballot = held()
    response = client.get(address(ballot, "papers_csv"))
    assert digest(response.content.decode()) == ballot.count.papers_sha256
    assert (
        json.loads(client.get(address(ballot, "count_json")).content)["papers"]["sha256"] == ballot.count.papers_sha256
    )
    again = client.get(address(ballot, "papers_csv"), headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert ballot.count.papers_sha256 in client.get(ballot.get_absolute_url()).text
    assert client.get(address(ballot, "papers_pb")).text.startswith("META")


@pytest.mark.parametrize("terms", METHODS)
def test_of_nine_papers_nothing_is_published_but_totals(
    terms: dict[str, Any], held: Callable[..., Ballot], client: Client
) -> None:
    """Pairs, rounds, spreads and who-got-a-pick of nine papers give papers away, so they are kept nowhere."""
    ballot = held(papers=9, **terms)
    for name in ("papers_csv", "papers_pb"):
        response = client.get(address(ballot, name))
        assert response.status_code == 404
        assert "Fewer than ten people voted" in response.text
    count = Count.objects.get(ballot=ballot)
    assert (count.papers, count.papers_sha256, count.working) == ("", "", {})
    page = " ".join(client.get(ballot.get_absolute_url()).text.split())
    assert "Fewer than ten people voted" in page
    for option in ballot.options.all():
        assert option.title in page
    for given_away in ("Round 1", "Stage by stage", "Who gave how much", "voters got something", "got at least one"):
        assert given_away not in page + client.get(address(ballot, "steps")).text
    document = json.loads(client.get(address(ballot, "count_json")).content)
    assert document["working"] == {}
    assert document["totals"] == count.totals
    assert client.get(f"/api/v1/ballots/{ballot.pk}/count/").json()["working"] == {}
    assert client.get(f"/api/v1/ballots/{ballot.pk}/papers/").status_code == 404


def test_a_missed_quorum_calls_nobody_a_winner(held: Callable[..., Ballot], client: Client) -> None:
    for terms in METHODS:
        ballot = held(quorum_percent=90, **terms)
        page = " ".join(client.get(ballot.get_absolute_url()).text.split())
        main = page[page.index("<main") :]
        assert "nothing is decided" in main
        for claim in (">Won<", "Wins:", "Where the money goes"):
            assert claim not in main, (terms, claim)


def test_a_result_cannot_be_made_unseen_by_cancelling(
    held: Callable[..., Ballot], client: Client, facilitator: User
) -> None:
    ballot = cancel_ballot(ballot=held(), acting_user=facilitator, reason="The roll was wrong.")
    page = " ".join(client.get(ballot.get_absolute_url()).text.split())
    assert "Cancelled after it was counted" in page
    assert "The roll was wrong." in page
    assert "Where the money would have gone" in page
    assert ">Won<" not in page
    assert client.get(address(ballot, "papers_csv")).status_code == 200
    assert client.get(f"/api/v1/ballots/{ballot.pk}/papers/").status_code == 200


@pytest.mark.parametrize(("got", "voters"), [(999, 1000), (1, 1000), (0, 1000), (1000, 1000), (3, 4)])
def test_the_dots_hide_nobody(got: int, voters: int) -> None:
    kinds = [kind for _x, _y, kind in Dots(got, voters).points]
    assert ("y" in kinds) == (got > 0)
    assert ("z" in kinds) == (got < voters)


def test_a_receipt_is_found_however_it_is_typed(held: Callable[..., Ballot], client: Client) -> None:
    ballot = held()
    receipts = client.get(address(ballot, "receipts_txt")).text.split()
    assert len(receipts) == 14
    typed = receipts[3].lower().replace("-", " ")
    assert "was counted" in client.get(address(ballot, "receipts"), {"code": typed}).text
    for wrong in ("AAAA-AAAA-AA", "<script>", "\x00", "x" * 5000):
        response = client.get(address(ballot, "receipts"), {"code": wrong})
        assert response.status_code == 200
        assert "was counted" not in response.text
        assert "<script>" not in response.text


def test_before_it_is_counted_there_is_nothing_to_get(open_vote: Ballot, client: Client) -> None:
    for name in ("steps", "receipts", "papers_csv", "papers_pb", "count_json", "receipts_txt"):
        assert client.get(address(open_vote, name)).status_code == 404


def test_what_follows_is_on_the_page(held: Callable[..., Ballot], client: Client, facilitator: User) -> None:
    ballot = certify_ballot(ballot=held(), acting_user=facilitator)
    text = client.get(ballot.get_absolute_url()).text
    assert "Residents decided" in text
    assert "Penhale Homes" in text
    assert str(ballot.decision.reference) in text


def test_too_few_voters_and_an_overruled_result_are_said_loudly(
    held: Callable[..., Ballot], client: Client, facilitator: User
) -> None:
    few = certify_ballot(ballot=held(quorum_percent=90), acting_user=facilitator)
    assert "Too few people voted" in client.get(few.get_absolute_url()).text
    decided = certify_ballot(ballot=held(), acting_user=facilitator)
    decided.decision.is_overruled = True
    decided.decision.save()
    assert "overruled this result" in client.get(decided.get_absolute_url()).text


def test_hostile_titles_are_only_words(held: Callable[..., Ballot], client: Client) -> None:
    ballot = held(options=[("<script>alert(1)</script>", 1000), ("=cmd()", 2000), ("“Quoted”; \n x", 3000)])
    for name in ("detail", "steps"):
        assert "<script>alert" not in client.get(address(ballot, name)).text


@pytest.mark.parametrize("count", [2, 20])
@pytest.mark.parametrize("method", ["budget", "ranked"])
def test_the_page_takes_the_same_number_of_queries(
    count: int, method: str, held: Callable[..., Ballot], client: Client, django_assert_num_queries: Any
) -> None:
    ballot = held(method=method, options=[(f"Option {n}", 1000) for n in range(count)])
    with django_assert_num_queries(4):
        client.get(ballot.get_absolute_url())


def test_the_result_of_a_private_community_does_not_exist_outside(
    held: Callable[..., Ballot], client: Client, outsider: User
) -> None:
    ballot = held()
    ballot.community.is_public = False
    ballot.community.save()
    client.force_login(outsider)
    for name in ("detail", "steps", "receipts", "papers_csv", "papers_pb", "count_json", "receipts_txt"):
        assert client.get(address(ballot, name)).status_code == 404
        assert client.get(address(ballot, name), headers={"if-none-match": "*"}).status_code == 404


@pytest.mark.parametrize("terms", METHODS)
def test_a_vote_without_a_paper_has_a_page_too(
    terms: dict[str, Any], held: Callable[..., Ballot], client: Client
) -> None:
    ballot = held(papers=0, **terms)
    for name in ("detail", "steps", "receipts", "count_json"):
        assert client.get(address(ballot, name)).status_code == 200
    assert "Nothing had enough votes to win" in client.get(ballot.get_absolute_url()).text
