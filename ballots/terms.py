"""The terms of a ballot: what is locked at the announcement, as one text with a digest, and as a rule for the count."""

import hashlib
from collections.abc import Iterable
from typing import Any

from ballots.counting import shapes
from ballots.models import Ballot, Option
from record.announcements import canonical


def rule_of(ballot: Ballot) -> shapes.Rule:
    """How the ballot is counted."""
    return shapes.Rule(
        method=ballot.method,  # type: ignore[arg-type]  # the choices are the same words
        seats=ballot.seats,
        budget=ballot.budget,
        budget_rule=ballot.budget_rule,  # type: ignore[arg-type]
        completion=ballot.completion,  # type: ignore[arg-type]
        stop=ballot.stop,  # type: ignore[arg-type]
        step=ballot.step,
        min_share=ballot.min_share,
        min_sample=ballot.min_sample,
        seed=ballot.seed,
    )


def options_of(options: Iterable[Option]) -> list[shapes.Option]:
    """The options as the count takes them, in ballot order."""
    return [shapes.Option(code=option.code, cost=option.cost) for option in options]


def counting_terms(ballot: Ballot, options: Iterable[Option]) -> dict[str, Any]:
    """What anybody needs to count it again: the "ballot" part of count.json."""
    return {
        "id": str(ballot.pk),
        "reference": ballot.reference,
        "question": ballot.question,
        "method": ballot.method,
        "seats": ballot.seats,
        "budget": ballot.budget,
        "currency": ballot.currency,
        "budget_rule": ballot.budget_rule,
        "completion": ballot.completion,
        "stop": ballot.stop,
        "step": ballot.step,
        "min_share": ballot.min_share,
        "min_sample": ballot.min_sample,
        "seed": ballot.seed,
        "options": [{"code": option.code, "title": option.title, "cost": option.cost} for option in options],
    }


def locked_terms(ballot: Ballot, options: Iterable[Option]) -> dict[str, Any]:
    """Everything that may not change from the announcement on."""
    options = list(options)
    return counting_terms(ballot, options) | {
        "about": ballot.about,
        "most_choices": ballot.most_choices,
        "electorate": ballot.electorate,
        "electorate_area": ballot.electorate_area,
        "electorate_since": ballot.electorate_since.isoformat() if ballot.electorate_since else None,
        "quorum_percent": ballot.quorum_percent,
        "is_binding": ballot.is_binding,
        "opens_at": ballot.opens_at.isoformat() if ballot.opens_at else None,
        "closes_at": ballot.closes_at.isoformat() if ballot.closes_at else None,
        "options": [
            {
                "code": option.code,
                "title": option.title,
                "about": option.about,
                "cost": option.cost,
                "proposal": str(option.proposal_id) if option.proposal_id else None,
            }
            for option in options
        ],
    }


def terms_digest(ballot: Ballot, options: Iterable[Option]) -> str:
    """SHA-256 of the locked terms in the record's JSON, as 64 hex digits."""
    return hashlib.sha256(canonical(locked_terms(ballot, options)).encode()).hexdigest()
