"""Count an election of pabulib.org by any of our rules, without a site and without a database."""

import json
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ballots.counting import count
from ballots.counting.greedy import fill, most_votes_first
from ballots.counting.merging import lot_places
from ballots.counting.shapes import Count, Rule
from ballots.counting.steps import default_step
from ballots.memory import peak_memory
from ballots.pabulib import BadFile, Election, read_pb

RULES = ("equal-shares", "greedy", "approval", "stv", "irv", "condorcet")
NAMED_ROWS = 20
Counting = Callable[..., Count]


class Command(BaseCommand):
    """`manage.py count_pabulib FILE --rule equal-shares`. Rows that cannot be understood are named on stderr."""

    help = "Count a .pb file and print the winners, what they cost, how many voters got a pick, time and memory."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--rule", choices=RULES, default="equal-shares")
        parser.add_argument("--completion", choices=["none", "add1", "add1u"], default="add1u")
        parser.add_argument("--stop", choices=["exhaustive", "overspend"], default="exhaustive")
        parser.add_argument("--step", type=_amount, help="by how much each share grows, in the currency of the file")
        parser.add_argument(
            "--seats",
            type=int,
            help="approval and stv: how many win. Without it as many as the file says were selected, "
            "else as many as greedy would fund",
        )
        parser.add_argument("--seed", default="", help="the lot that decides what nothing else does")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        try:
            election = read_pb(options["file"])
        except BadFile as problem:
            raise CommandError(str(problem)) from problem
        self._name_bad_rows(election)
        method, rule = _method_and_rule(election, options)
        try:
            result = method(election.options, election.papers, rule)
        except ValueError as problem:
            raise CommandError(_("This file cannot be counted so: %(why)s.") % {"why": problem}) from problem
        facts = _facts(election, result, options["rule"])
        facts |= {"seconds": round(time.perf_counter() - started, 3), "peak_mb": peak_memory()}
        if options["json"]:
            self.stdout.write(json.dumps(facts | {"working": result.working}, ensure_ascii=False, indent=1))
        else:
            self._print(facts, election)

    def _name_bad_rows(self, election: Election) -> None:
        for row in election.bad_rows[:NAMED_ROWS]:
            kept = "" if row.kept else _(" (left out)")
            self.stderr.write(f"{_('line')} {row.line}, {row.column}: {row.problem}{kept}")
        more = len(election.bad_rows) - NAMED_ROWS
        if more > 0:
            self.stderr.write(_("… and %(n)d more rows like these.") % {"n": more})

    def _print(self, facts: dict[str, Any], election: Election) -> None:
        titles = {project.code: project for project in election.projects}
        for place, code in enumerate(facts["winners"], start=1):
            cost = _plain(Fraction(titles[code].cost, election.scale))
            self.stdout.write(f"{place:>4}. {code:<12} {cost:>14}  {titles[code].title}")
        for name, value in facts.items():
            if name != "winners":
                self.stdout.write(f"{name:<24} {value}")


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ArgumentTypeError(f"{text!r} is not an amount") from None
    if not amount.is_finite() or amount <= 0:
        raise ArgumentTypeError("a step is more than nothing")
    return amount


def _method_and_rule(election: Election, options: dict[str, Any]) -> tuple[Counting, Rule]:
    """Which function counts, and by which rule. Ranked methods need places, which only an ordinal file has."""
    name = options["rule"]
    rule = Rule("budget", budget=election.budget, step=_step(election, options["step"]), seed=options["seed"])
    if name == "equal-shares":
        return count, replace(rule, completion=options["completion"], stop=options["stop"])
    if name == "greedy":
        return count, replace(rule, budget_rule="greedy", completion="none")
    seats = options["seats"] or len(election.selected) or _funded_by_greedy(election)
    if name == "approval":
        return count, replace(rule, method="approval", seats=seats)
    from ballots.counting import ranked, stv

    if election.vote_type != "ordinal":
        raise CommandError(
            _("Only a file of rankings (vote_type ordinal) can be counted by %(rule)s.") % {"rule": name}
        )
    methods: dict[str, Counting] = {
        "stv": stv.count_stv,
        "irv": ranked.count_irv,
        "condorcet": ranked.count_condorcet,
    }
    return methods[name], replace(rule, method="ranked", seats=seats if name == "stv" else 1)


def _step(election: Election, asked: Decimal | None) -> int:
    if asked is None:
        return default_step(election.budget, max(len(election.papers), 1), election.scale)
    step = asked * election.scale
    if step != int(step):
        raise CommandError(_("The step is finer than the amounts of the file."))
    return int(step)


def _funded_by_greedy(election: Election) -> int:
    """How many options greedy funds: as many as the budget could have carried."""
    votes = dict.fromkeys((project.code for project in election.projects), 0)
    for paper in election.papers:
        for code in paper:
            votes[code] += 1
    costs, ticks = [project.cost for project in election.projects], list(votes.values())
    ticked = [at for at, number in enumerate(ticks) if number]
    ordered = most_votes_first(ticked, ticks, costs, lot_places(election.options, ""))
    return max(len(fill(ordered, costs, election.budget)[0]), 1)


def _facts(election: Election, result: Count, rule: str) -> dict[str, Any]:
    costs = {project.code: project.cost for project in election.projects}
    won = set(result.winners)
    served = sum(not won.isdisjoint(paper) for paper in election.papers)
    facts: dict[str, Any] = {
        "file": election.meta.get("description") or "",
        "rule": rule,
        "voters": result.papers,
        "projects": len(election.projects),
        "budget": _plain(Fraction(election.budget, election.scale)),
        "winners": list(result.winners),
        "cost": _plain(Fraction(sum(costs[code] for code in result.winners), election.scale)),
        "rounds": _rounds(result),
    }
    shares = result.working.get("shares")
    if shares:
        facts["steps"] = shares["raises"]
        facts["steps_tried"] = shares["tried"]
        facts["final_share"] = _plain(Fraction(shares["last"]) / election.scale)
    percent = round(1000 * Fraction(served, max(result.papers, 1))) / 10
    return facts | {"voters_with_a_pick": served, "voters_with_a_pick_pct": percent}


def _rounds(result: Count) -> int:
    """How many rounds the last run had: stages of a ranked count, else one for each winner."""
    for name in ("stages", "rounds"):
        if isinstance(result.working.get(name), Sequence):
            return len(result.working[name])
    return len(result.winners)


def _plain(amount: Fraction) -> int | float:
    return amount.numerator if amount.denominator == 1 else round(float(amount), 6)
