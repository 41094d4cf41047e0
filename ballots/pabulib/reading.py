"""Read a .pb file. Rows that cannot be understood are named and the others are kept."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path

from ballots.counting.shapes import BudgetRule, Completion, Rule, Stop
from ballots.counting.steps import MINOR_UNITS, default_step
from ballots.pabulib.sections import Row, rows
from ballots.pabulib.shapes import VOTE_TYPES, BadFile, BadRow, Election, PaperList, Project, VoteType

__all__ = ["BadFile", "BadRow", "Election", "PaperList", "Project", "read_pb"]

MOST_MONEY = Decimal(10) ** 13
MOST_DECIMALS = 6


def read_pb(path: Path) -> Election:
    """The election in the file. BadFile where it has no budget, no projects or no votes to be read."""
    bad: list[BadRow] = []
    meta: dict[str, str] = {}
    drafts: dict[str, tuple[Row, Decimal]] = {}
    papers: PaperList | None = None
    for section, found in groupby(rows(path), key=lambda row: row.section):
        if section == "META":
            meta |= {row.cells["key"]: row.cells["value"] for row in found}
        elif section == "PROJECTS":
            _read_projects(found, drafts, bad)
        else:
            papers = _read_votes(found, {code: code for code in drafts}, meta, bad)
    budget = _money(meta.get("budget", ""))
    if budget is None or not drafts or papers is None:
        missing = "budget" if budget is None else "projects" if not drafts else "votes"
        raise BadFile(f"{path.name} has no {missing} that can be read. Is it a Pabulib file?")
    scale = _scale([budget, *(cost for _row, cost in drafts.values())])
    projects = tuple(_project(code, row, int(cost * scale)) for code, (row, cost) in drafts.items())
    rule = _rule(meta, int(budget * scale), scale, len(papers))
    return Election(meta, projects, papers, _vote_type(meta), int(budget * scale), scale, rule, bad)


def _read_projects(found: Iterator[Row], drafts: dict[str, tuple[Row, Decimal]], bad: list[BadRow]) -> None:
    for row in found:
        code, cost = row.cells.get("project_id", ""), _money(row.cells.get("cost", ""))
        if not code:
            bad.append(BadRow(row.line, "project_id", "it is empty", kept=False))
        elif code in drafts:
            bad.append(BadRow(row.line, "project_id", f"{code} is there twice; the first one stays", kept=False))
        elif cost is None:
            bad.append(BadRow(row.line, "cost", f"{row.cells.get('cost', '')!r} is not an amount", kept=False))
        else:
            drafts[code] = (row, cost)


def _read_votes(found: Iterator[Row], codes: dict[str, str], meta: dict[str, str], bad: list[BadRow]) -> PaperList:
    papers = PaperList(_vote_type(meta))
    papers.keeps_zeros = meta.get("method") == "score"  # a file of our own
    voters: set[str] = set()
    for row in found:
        if "vote" not in row.cells and len(row.cells) > 1:
            raise BadFile("The votes have no column “vote”.")
        papers.add(*_vote(row, codes, papers, bad))
        voter = row.cells.get("voter_id", "")
        if voter and voter in voters:
            bad.append(BadRow(row.line, "voter_id", f"{voter} is there twice; both votes count", kept=True))
        voters.add(voter)
    return papers


def _vote(
    row: Row, codes: dict[str, str], papers: PaperList, bad: list[BadRow]
) -> tuple[tuple[str, ...], tuple[int, ...] | None]:
    """The projects named, each once, and their points. An unknown one, or one with no points, is left out."""
    named = [code.strip() for code in row.cells.get("vote", "").split(",")]
    named = [code for code in named if code]
    points = _points(row, named, papers, bad)
    known = tuple([codes[code] for code in dict.fromkeys(named) if code in codes])
    if len(known) != len(named):
        strangers = sorted({code for code in named if code not in codes})
        if strangers:
            problem = f"there is no project {', '.join(strangers)}; the rest of the vote counts"
            bad.append(BadRow(row.line, "vote", problem, kept=True))
    if points is None:
        return known, None
    given = dict(zip(reversed(named), reversed(points), strict=True))  # of two entries the first one counts
    known = tuple([code for code in known if given[code] > 0 or papers.keeps_zeros])
    return known, tuple([given[code] for code in known])


def _points(row: Row, named: list[str], papers: PaperList, bad: list[BadRow]) -> list[int] | None:
    """The points beside the votes, where the file has them. A part of a point counts as a whole one."""
    written = row.cells.get("points", "")
    if papers.ordinal or not written:
        return None
    try:
        points = [int(Decimal(part.strip()).to_integral_value("ROUND_CEILING")) for part in written.split(",")]
    except (InvalidOperation, ValueError, OverflowError):
        points = []
    if len(points) != len(named):
        bad.append(BadRow(row.line, "points", f"{written!r} does not go with the vote; 1 each", kept=True))
        return None
    return points


def _project(code: str, row: Row, cost: int) -> Project:
    title = row.cells.get("name") or code
    return Project(code, cost, title, row.cells.get("selected", "") not in ("", "0"), row.cells)


def _vote_type(meta: dict[str, str]) -> VoteType:
    return VOTE_TYPES.get(meta.get("vote_type", "").lower(), "approval")


def _money(text: str) -> Decimal | None:
    """An amount as people write it: 1070000, 1 070 000.50, 1070000,5 or 1,070,000."""
    digits = "".join(text.split()).replace("\N{NO-BREAK SPACE}", "")
    head, comma, tail = digits.rpartition(",")
    if comma and "." not in digits and "," not in head and len(tail) != 3:
        digits = f"{head}.{tail}"
    try:
        amount = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None
    fits = amount.is_finite() and 0 <= amount <= MOST_MONEY and round(amount, MOST_DECIMALS) == amount
    return amount if fits else None


def _scale(amounts: list[Decimal]) -> int:
    """Minor units in one unit of currency: 100, or more where an amount is finer than that."""
    scale = MINOR_UNITS
    while any(amount * scale % 1 for amount in amounts):
        scale *= 10
    return scale


def _rule(meta: dict[str, str], budget: int, scale: int, papers: int) -> Rule:
    """The rule that the file names. Our own files say also what Pabulib has no word for."""
    named = meta.get("rule", "").lower().replace("-", "").replace("_", "").replace(" ", "")
    shares: BudgetRule = "equal_shares" if "equalshares" in named else "greedy"
    completion: Completion = "add1u" if "add1u" in named else "add1" if "add1" in named else "none"
    stop: Stop = "overspend" if meta.get("stop") == "overspend" else "exhaustive"
    step = _money(meta.get("step", ""))
    least = meta.get("min_share", "")
    return Rule(
        method="budget",
        budget=budget,
        budget_rule=shares,
        completion=completion if shares == "equal_shares" else "add1u",
        stop=stop,
        step=max(int(step * scale), 1) if step else default_step(budget, max(papers, 1), scale),
        min_share=int(least) if least.isdecimal() and int(least) <= 100 else 0,
        seed=meta.get("seed", ""),
    )
