"""Proposals on the table that may ask for the same as a draft: shown before it is tabled, so that neighbours
stand together behind one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from typing import TYPE_CHECKING

from proposals.models import Proposal
from proposals.search import sharing_a_stem
from words.stems import stems

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

OPEN = (
    Proposal.State.TABLED,
    Proposal.State.AWAITING_RESPONSE,
    Proposal.State.RESPONDED,
    Proposal.State.DECIDING,
)
READ_AT_MOST = 200  # candidates that the database gives to be compared
SHOWN_AT_MOST = 5
ALIKE = 0.22  # from here on it is worth a look; 1 is the same words


def similar_proposals(draft: Proposal, user: "User | AnonymousUser") -> list[Proposal]:
    """Open proposals of the draft's community that share what matters in its words, the most alike first. One query."""
    wanted = stems(f"{draft.title} {draft.outcome_wanted}")
    if not wanted:
        return []
    there = (
        Proposal.objects.visible_to(user)
        .filter(community_id=draft.community_id, state__in=OPEN)
        .exclude(pk=draft.pk)
        .select_related("topic")
    )
    found = list(
        sharing_a_stem(there, wanted).defer("case", "we_can", "need_help_with", "only_they_can")[:READ_AT_MOST]
    )
    by_pk = {proposal.pk: stems(f"{proposal.title} {proposal.outcome_wanted}") for proposal in found}
    weights = rarity(by_pk.values())
    scored = [(likeness(wanted, by_pk[proposal.pk], weights), proposal) for proposal in found]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], -pair[1].supports_count))
    return [proposal for _score, proposal in alike[:SHOWN_AT_MOST]]


def rarity(texts: Iterable[frozenset[str]]) -> dict[str, float]:
    """How much each stem tells: one that stands in every text tells little."""
    all_texts = list(texts)
    counts = Counter(one for text in all_texts for one in text)
    return {one: log(1 + (len(all_texts) + 1) / count) for one, count in counts.items()}


def likeness(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """From 0 (nothing shared) to 1 (the same stems), by what is shared against the geometric mean of both.

    A single shared stem is never enough, unless one of the texts has no more than one.
    """
    shared = one & other
    if len(shared) < min(2, len(one), len(other)):
        return 0.0
    most = max(weights.values(), default=1.0)

    def weight(text: frozenset[str]) -> float:
        return sum(weights.get(part, most) for part in text)

    both = weight(one) * weight(other)
    return weight(shared) / both**0.5 if both else 0.0
