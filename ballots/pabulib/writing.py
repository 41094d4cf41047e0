"""Write a .pb file. What Pabulib has no word for is said in rows of META that other programs pass over."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from ballots.counting.shapes import Choices, Rule
from ballots.counting.steps import MINOR_UNITS
from ballots.pabulib.shapes import Project, VoteType


def write_pb(
    meta: Mapping[str, str],
    projects: Sequence[Project],
    papers: Iterable[Choices],
    rule: Rule,
    vote_type: VoteType = "approval",
    scale: int = MINOR_UNITS,
    winners: Collection[str] | None = None,
) -> str:
    """The file. `meta`: description, country, unit, instance and the like. Votes are sorted: their order tells nothing.

    `winners`: the codes for the column “selected”; None leaves the column out.
    """
    votes = sorted(_vote([project.code for project in projects], choices, vote_type) for choices in papers)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"]])
    facts = dict(meta) | {"num_projects": str(len(projects)), "num_votes": str(len(votes))}
    writer.writerows((facts | _rule(rule, scale) | {"vote_type": vote_type}).items())
    counts = _ticks(votes)
    writer.writerows(
        [["PROJECTS"], ["project_id", "cost", "votes", "name", *([] if winners is None else ["selected"])]]
    )
    for project in projects:
        row = [project.code, _amount(project.cost, scale), str(counts.get(project.code, 0)), project.title]
        writer.writerow(row + ([] if winners is None else [str(int(project.code in winners))]))
    pointed = vote_type in ("cumulative", "scoring")
    writer.writerows([["VOTES"], ["voter_id", "vote", *(["points"] if pointed else [])]])
    for number, (codes, points) in enumerate(votes, start=1):
        writer.writerow([str(number), ",".join(codes), *([",".join(map(str, points))] if pointed else [])])
    return text.getvalue()


def _vote(codes: Sequence[str], choices: Choices, vote_type: VoteType) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The options named, in ballot order (ordinal: best first), and what each is given."""
    named = [code for code in codes if code in choices]
    if vote_type == "ordinal":
        named.sort(key=choices.__getitem__)
    return tuple(named), tuple(choices[code] for code in named)


def _ticks(votes: Iterable[tuple[tuple[str, ...], tuple[int, ...]]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for codes, _points in votes:
        for code in codes:
            counts[code] = counts.get(code, 0) + 1
    return counts


def _rule(rule: Rule, scale: int) -> dict[str, str]:
    shares = rule.budget_rule == "equal_shares"
    facts = {"budget": _amount(rule.budget, scale), "rule": "equalshares" if shares else "greedy"}
    if shares:
        facts["rule"] += "" if rule.completion == "none" else f"/{rule.completion}"
        facts["stop"] = rule.stop
    if rule.step is not None:
        facts["step"] = _amount(rule.step, scale)
    if rule.min_share:
        facts["min_share"] = str(rule.min_share)
    return facts | {"seed": rule.seed}


def _amount(minor: int, scale: int) -> str:
    amount = Decimal(minor) / scale
    return f"{amount.normalize():f}"
