"""Counting: papers in, result and working out. Pure functions over plain values; the rule says which method."""

from collections.abc import Sequence

from ballots.counting.shapes import Count, Option, Papers, Progress, Rule

__all__ = ["count"]


def count(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None = None) -> Count:
    """Count a ballot. The order of the papers never matters; ValueError where a paper cannot be one of this ballot.

    A method is loaded when it is first used, so that none waits for what another needs.
    """
    if rule.method == "approval":
        from ballots.counting.approval import count_approval as method
    elif rule.method == "score":
        from ballots.counting.score import count_score as method
    elif rule.method == "ranked":
        from ballots.counting.ranked import count_ranked as method
    elif rule.method == "budget":
        from ballots.counting.budget import count_budget as method
    else:
        raise ValueError(f"no such method: {rule.method!r}")
    return method(options, papers, rule, progress)
