"""What may be the same proposal, and what is not."""

from typing import Any

import pytest

from accounts.models import User
from proposals.models import Proposal
from proposals.similar import likeness, rarity, similar_proposals
from words.stems import stem, stems


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("lights", "light"),
        ("Lighting", "light"),
        ("benches", "bench"),
        ("stopped", "stop"),
        ("bus", "bus"),
        ("lit", "lit"),
        ("1100", "1100"),
        ("D-2026-0033", "d-2026-0033"),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_stems_leave_out_what_says_nothing() -> None:
    assert stems("The people should have 3 benches, and a bench!") == {"bench"}


def test_likeness_runs_from_nothing_to_the_same() -> None:
    one, other = stems("light the dark path"), stems("mend the lift door")
    weights = rarity([one, other])
    assert likeness(one, one, weights) == pytest.approx(1)
    assert likeness(one, other, weights) == 0
    assert likeness(one, stems("light bulbs for everyone's kitchen window"), weights) == 0  # one word is not enough
    assert likeness(frozenset(), one, weights) == 0


def test_the_likest_comes_first(make_draft: Any, make_proposal: Any, neighbour: User) -> None:
    same = make_proposal(author=neighbour, title="Street lights on the path to the bus stop", outcome_wanted="See.")
    make_proposal(author=neighbour, title="Longer opening hours for the laundry", outcome_wanted="Clean clothes.")
    draft = make_draft(title="Lighting for the bus stop path", outcome_wanted="Nobody falls.")
    assert similar_proposals(draft, draft.author) == [same]


def test_only_what_is_open_here_and_seen(
    make_draft: Any, make_proposal: Any, neighbour: User, private_community: Any
) -> None:
    words = {"title": "Lighting for the bus stop path", "outcome_wanted": "Nobody falls."}
    make_draft(author=neighbour, **words)
    ended = make_proposal(author=neighbour, **words)
    Proposal.objects.filter(pk=ended.pk).update(state="withdrawn")
    draft = make_draft(**words)
    assert similar_proposals(draft, draft.author) == []


def test_an_empty_draft_is_like_nothing(make_draft: Any, tabled: Proposal) -> None:
    draft = make_draft(title="", outcome_wanted="")
    assert similar_proposals(draft, draft.author) == []
