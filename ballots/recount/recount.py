#!/usr/bin/env python3
"""Count a ballot of Top Table again, from its published papers, without trusting the site.

    python3 recount.py count.json papers.csv

You need Python 3.9 or newer and nothing else. Download both files from the page of the ballot’s result.
count.json says what was asked, by which rule it was counted, and what came out. papers.csv holds every paper that
was cast, without names: one line a paper, one column an option.

The script
  1. checks that papers.csv is, byte for byte, the file that count.json names (by its SHA-256),
  2. checks that every paper is filled in as the method allows,
  3. counts by the rule that count.json states,
  4. compares its winners, in order, and its totals with those that count.json states.

What it cannot know is whether count.json itself is genuine: compare the SHA-256 that it prints, and the winners, with
the entry about this count in the public record.

It ends with 0 when the result is the same, 1 when it is different, 2 when papers.csv is not the file that was counted,
and 3 when a file cannot be read. All numbers are whole numbers or exact fractions: nothing is rounded by chance.
The budget of a whole city, with many thousand papers, can take a few minutes; everything else takes seconds.

How to read this file: the methods of counting come first, one after the other; reading, comparing and telling follow.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import heapq
import io
import json
import math
import re
import sys
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

SAME, DIFFERENT, NOT_THE_FILE, UNREADABLE = 0, 1, 2, 3


class CannotRead(Exception):
    """What is wrong with a file, as a sentence for the person who gave it to us."""


@dataclass
class Ballot:
    """The rule, as count.json states it, and the two things that are read off the papers."""

    method: str
    options: list[str]  # the codes, as they stand on the paper
    titles: dict[str, str]
    costs: dict[str, int]  # in minor units: pence, cents
    rule: dict[str, Any]
    seed: str
    about: dict[str, Any]  # reference, question, currency: only to be told

    def lot(self, code: str) -> str:
        """Where an option stands in the lot that was drawn before anybody voted: the smallest comes first."""
        return hashlib.sha256(f"{self.seed}:{code}".encode()).hexdigest()


@dataclass
class Papers:
    """All papers. The same choices made by several people are kept once, with how many they were."""

    merged: list[tuple[dict[str, int], int]]
    number: int

    def naming(self, code: str) -> int:
        """How many papers name an option at all."""
        return sum(how_many for choices, how_many in self.merged if code in choices)


@dataclass
class Result:
    """What came out, and in one sentence how."""

    winners: list[str]
    totals: dict[str, int]
    how: str


def many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def enough_papers(votes: int, ballot: Ballot, papers: Papers) -> bool:
    """Whether at least one paper, and the least share of papers that the rule asks for, stands behind an option."""
    return votes >= 1 and votes * 100 >= ballot.rule["min_share"] * papers.number


# ── Approval: tick all that you would back ────────────────────────────────────────────────────────────────────────────


def count_approval(ballot: Ballot, papers: Papers) -> Result:
    """Most ticks first. A tie goes to the cheaper option, then by lot."""
    ticks = {code: papers.naming(code) for code in ballot.options}
    able = [code for code in ballot.options if enough_papers(ticks[code], ballot, papers)]
    able.sort(key=lambda code: (-ticks[code], ballot.costs[code], ballot.lot(code)))
    return Result(able[: ballot.rule["seats"]], ticks, "The options with the most ticks won.")


# ── Score: give each option 0 to 5 ────────────────────────────────────────────────────────────────────────────────────


def count_score(ballot: Ballot, papers: Papers) -> Result:
    """Highest mean among those who scored the option. A tie goes to more fives, then more fours …, then by lot."""
    given = {code: [0] * 6 for code in ballot.options}  # given["a"][5]: how many people gave option a a five
    for choices, how_many in papers.merged:
        for code, score in choices.items():
            given[code][score] += how_many
    sums = {code: sum(score * people for score, people in enumerate(given[code])) for code in ballot.options}

    def order(code: str) -> tuple[Fraction, list[int], str]:
        fives_first = [-people for people in reversed(given[code])]
        return -Fraction(sums[code], sum(given[code])), fives_first, ballot.lot(code)

    able = [
        code
        for code in ballot.options
        if sums[code] > 0  # what everybody gave a 0 never wins
        and sum(given[code]) >= ballot.rule["min_sample"]
        and enough_papers(sum(given[code]), ballot, papers)
    ]
    able.sort(key=order)
    return Result(able[: ballot.rule["seats"]], sums, "The options with the highest mean score won.")


# ── Ranked: put options in order ──────────────────────────────────────────────────────────────────────────────────────

# A paper as a list of codes, the first choice first, with how many people handed in just this one.
Rankings = list[tuple[list[str], int]]


def count_ranked(ballot: Ballot, papers: Papers) -> Result:
    """One seat: who beats all others one against one, else instant run-off. Several: single transferable vote."""
    rankings = [(sorted(choices, key=lambda code: choices[code]), n) for choices, n in papers.merged if choices]
    firsts = dict.fromkeys(ballot.options, 0)
    for ranking, how_many in rankings:
        firsts[ranking[0]] += how_many
    if not rankings:
        return Result([], firsts, "No paper names an option, so nothing won.")
    if ballot.rule["seats"] > 1:
        winners, how = transferable_vote(ballot, rankings)
        return Result(winners, firsts, how)
    for code in ballot.options:
        if beats_all_others(code, ballot.options, rankings):
            return Result([code], firsts, "One option beats each other one when only those two are compared.")
    winners, how = instant_runoff(ballot, rankings)
    return Result(winners, firsts, how)


def beats_all_others(code: str, options: list[str], rankings: Rankings) -> bool:
    """Whether, against each other option, more papers put this one higher. What a paper leaves out comes last."""
    for other in options:
        if other == code:
            continue
        lead = 0
        for ranking, how_many in rankings:
            first = next((named for named in ranking if named in (code, other)), None)
            if first is not None:
                lead += how_many if first == code else -how_many
        if lead <= 0:
            return False
    return True


def history(code: str, stages: list[dict[str, int]]) -> list[int]:
    """The votes of an option, now first, then one stage back after the other: that is how ties are looked at."""
    return [stage[code] for stage in reversed(stages)]


def best_first(codes: list[str], stages: list[dict[str, int]], ballot: Ballot) -> list[str]:
    """Most votes now, then at the last stage where they differed, then by lot. The one to leave stands last."""
    return sorted(codes, key=lambda code: ([-votes for votes in history(code, stages)], ballot.lot(code)))


def instant_runoff(ballot: Ballot, rankings: Rankings) -> tuple[list[str], str]:
    """The option with the fewest first places goes out, until one has more than half of the papers still in play."""
    left = list(ballot.options)
    rounds: list[dict[str, int]] = []
    while True:
        votes = dict.fromkeys(left, 0)
        for ranking, how_many in rankings:
            first = next((code for code in ranking if code in votes), None)
            if first is not None:
                votes[first] += how_many
        rounds.append(votes)
        order = best_first(left, rounds, ballot)
        if votes[order[0]] * 2 > sum(votes.values()):
            return [
                order[0]
            ], f"No option beats all others, so the instant run-off decided, in {many(len(rounds), 'round')}."
        left.remove(order[-1])


@dataclass
class Parcel:
    """Equal papers that lie with one option. `value` is what each is worth, in hundred-thousandths of a vote."""

    ranking: list[str]
    how_many: int
    value: int


ONE_VOTE = 100_000  # votes are kept to five decimals, as the Scottish rules say; what is beyond is cut off


class Transfers:
    """A count by the rules of Scottish council elections, at one stage after the other."""

    def __init__(self, ballot: Ballot, rankings: Rankings) -> None:
        self.ballot = ballot
        named = {code for ranking, _ in rankings for code in ranking}
        self.continuing = [code for code in ballot.options if code in named]  # what no paper names never wins
        self.elected: list[str] = []
        self.votes = dict.fromkeys(ballot.options, 0)
        self.parcels: dict[str, list[Parcel]] = {code: [] for code in ballot.options}
        self.stages: list[dict[str, int]] = []
        number = sum(how_many for _, how_many in rankings)
        self.quota = (number // (ballot.rule["seats"] + 1) + 1) * ONE_VOTE
        for ranking, how_many in rankings:
            self.hand_on(Parcel(ranking, how_many, ONE_VOTE))

    def hand_on(self, parcel: Parcel) -> None:
        """Give papers to the next option on them that is neither elected nor out; if there is none, they rest."""
        for code in parcel.ranking:
            if code in self.continuing:
                self.parcels[code].append(parcel)
                self.votes[code] += parcel.how_many * parcel.value
                return

    def elect(self, codes: list[str]) -> None:
        for code in best_first(codes, self.stages, self.ballot):
            self.elected.append(code)
            self.continuing.remove(code)

    def finished(self) -> bool:
        """Elect whoever has the quota, and fill the last seats when no more options than seats are left."""
        self.stages.append(dict(self.votes))
        self.elect([code for code in self.continuing if self.votes[code] >= self.quota])
        seats_left = self.ballot.rule["seats"] - len(self.elected)
        if 0 < len(self.continuing) <= seats_left:
            self.elect(list(self.continuing))
        return seats_left <= 0 or not self.continuing

    def next_stage(self) -> None:
        """Hand on the largest surplus; if there is none, exclude the option with the fewest votes."""
        over = [code for code in self.elected if self.votes[code] > self.quota]
        if over:
            giver = best_first(over, self.stages, self.ballot)[0]
            surplus, had = self.votes[giver] - self.quota, self.votes[giver]
        else:
            giver = best_first(self.continuing, self.stages, self.ballot)[-1]
            self.continuing.remove(giver)
            surplus, had = 1, 1  # papers of an excluded option go on at their full value
        self.votes[giver] = self.quota if over else 0
        parcels, self.parcels[giver] = self.parcels[giver], []
        for parcel in parcels:
            self.hand_on(Parcel(parcel.ranking, parcel.how_many, surplus * parcel.value // had))


def transferable_vote(ballot: Ballot, rankings: Rankings) -> tuple[list[str], str]:
    """Winners in the order in which they were elected."""
    count = Transfers(ballot, rankings)
    while not count.finished():
        count.next_stage()
    quota = count.quota // ONE_VOTE
    return (
        count.elected,
        f"Single transferable vote: the quota is {quota:,}, and it took {many(len(count.stages), 'stage')}.",
    )


# ── Budget: each option costs money ───────────────────────────────────────────────────────────────────────────────────


def count_budget(ballot: Ballot, papers: Papers) -> Result:
    """Free options first, then by Equal Shares or by greedy, whichever the rule says."""
    ticks = {code: papers.naming(code) for code in ballot.options}
    able = [code for code in ballot.options if enough_papers(ticks[code], ballot, papers)]
    free = [code for code in most_ticked(able, ticks, ballot) if ballot.costs[code] == 0]
    priced = [code for code in able if ballot.costs[code] > 0]
    if ballot.rule["budget_rule"] == "greedy":
        bought = greedy(priced, [], ticks, ballot)
        return Result(free + bought, ticks, "Greedy: most ticks first, passing over what no longer fits.")
    if not priced:
        return Result(free, ticks, "Nothing that costs money could be bought.")
    bought, raises = EqualShares(ballot, papers, priced, ticks).count()
    how = f"Method of Equal Shares: everybody’s share was raised {many(raises, 'time')}."
    if ballot.rule["completion"] == "add1u":
        rest = greedy(priced, bought, ticks, ballot)
        bought += rest
        how += f" From what was left, greedy then added {many(len(rest), 'option')}."
    return Result(free + bought, ticks, how)


def most_ticked(codes: list[str], ticks: dict[str, int], ballot: Ballot) -> list[str]:
    return sorted(codes, key=lambda code: (-ticks[code], ballot.costs[code], ballot.lot(code)))


def greedy(codes: list[str], bought: list[str], ticks: dict[str, int], ballot: Ballot) -> list[str]:
    """What greedy buys from the money that is left when some options are bought already."""
    left = ballot.rule["budget"] - sum(ballot.costs[code] for code in bought)
    more = []
    for code in most_ticked([code for code in codes if code not in bought], ticks, ballot):
        if ballot.costs[code] <= left:
            more.append(code)
            left -= ballot.costs[code]
    return more


class EqualShares:
    """Everybody gets the same share of the budget, and an option is bought by those who ticked it.

    Supporters pay alike; who has less left pays what is left. An option’s *price* is what a full payer gives for it,
    divided by its cost: the fewer must carry it, the higher. The option with the lowest price is bought, again and
    again, until no option’s supporters have enough.

    All money is kept in whole numbers of a tiny unit. A minor unit of the currency is `papers` such units at first, so
    that the first share comes out whole; whenever a payment would not come out whole, all purses are converted to a
    smaller unit (`unit` says how much smaller).
    """

    def __init__(self, ballot: Ballot, papers: Papers, codes: list[str], ticks: dict[str, int]) -> None:
        self.ballot, self.codes, self.number = ballot, codes, papers.number
        self.cost = {code: ballot.costs[code] * papers.number for code in codes}
        # What decides between equal prices: lowest cost, then most ticks, then the lot.
        self.tie = {code: (ballot.costs[code], -ticks[code], ballot.lot(code)) for code in codes}
        self.ticks = ticks
        groups: dict[tuple[str, ...], int] = {}  # people who ticked the same options, and how many they are
        for choices, how_many in papers.merged:
            ticked = tuple(code for code in codes if code in choices)
            if ticked:
                groups[ticked] = groups.get(ticked, 0) + how_many
        self.size = list(groups.values())
        self.supporters: dict[str, list[int]] = {code: [] for code in codes}
        for group, ticked in enumerate(groups):
            for code in ticked:
                self.supporters[code].append(group)

    def count(self) -> tuple[list[str], int]:
        """The options bought, in order, and how often the share was raised (add1)."""
        rule = self.ballot.rule
        step = rule["step"] or default_step(rule["budget"], self.number)
        share = rule["budget"]  # budget ÷ papers, counted in units of which `papers` make one minor unit
        best, raises = self.buy(share) or [], 0
        while rule["completion"] != "none" and not self.complete(best):
            share += step * self.number
            bought = self.buy(share)
            if bought is None:  # it would cost more than there is: the last outcome that could be paid stands
                break
            best, raises = bought, raises + 1
        return best, raises

    def complete(self, bought: list[str]) -> bool:
        """Whether the share need not grow further."""
        missing = [code for code in self.codes if code not in bought]
        if self.ballot.rule["stop"] == "overspend":
            return not missing
        left = self.ballot.rule["budget"] - sum(self.ballot.costs[code] for code in bought)
        return all(self.ballot.costs[code] > left for code in missing)

    def buy(self, share: int) -> list[str] | None:
        """One run with one share. None if the options bought would cost more than the real budget."""
        purse = [share] * len(self.size)
        unit = 1
        left = self.ballot.rule["budget"]
        bought: list[str] = []
        # Purses only get emptier, so a price only ever rises: the last known price is a lower bound. We look at the
        # lowest bound, work out its true price, and buy if that is still the lowest; else it goes back into the queue.
        queue = [(Fraction(1, self.ticks[code]), *self.tie[code], code) for code in self.codes]
        heapq.heapify(queue)
        while queue:
            code = heapq.heappop(queue)[-1]
            payers = [group for group in self.supporters[code] if purse[group]]
            shared = self.split(self.cost[code] * unit, payers, purse)
            if shared is None:
                continue  # too little money left among its supporters, and there will never be more
            rest, people = shared
            price = (Fraction(rest, people * self.cost[code] * unit), *self.tie[code], code)
            if queue and price > queue[0]:
                heapq.heappush(queue, price)
                continue
            finer = people // math.gcd(rest, people)
            if finer > 1:
                purse = [money * finer for money in purse]
                unit, rest = unit * finer, rest * finer
            each = rest // people
            for group in payers:
                purse[group] = max(purse[group] - each, 0)
            bought.append(code)
            left -= self.ballot.costs[code]
            if left < 0:
                return None
        return bought

    def split(self, cost: int, payers: list[int], purse: list[int]) -> tuple[int, int] | None:
        """Who has too little gives all. The others pay (first number ÷ second number) each. None: not enough."""
        size = self.size
        if sum(purse[group] * size[group] for group in payers) < cost:
            return None
        people = sum(size[group] for group in payers)
        while True:
            each = -(-cost // people)  # rounded up: a purse below it cannot pay an equal part
            poor = [group for group in payers if purse[group] < each]
            if not poor:
                return cost, people
            payers = [group for group in payers if purse[group] >= each]
            cost -= sum(purse[group] * size[group] for group in poor)
            people -= sum(size[group] for group in poor)


def default_step(budget: int, number: int) -> int:
    """By how many minor units the share grows if the rule names none.

    One unit of currency (100 minor units), or 1 % of the first share, in whole minor units, where that share is more
    than 10,000 units of currency.
    """
    return budget // number // 100 if budget > 1_000_000 * number else 100


# ── Reading count.json ────────────────────────────────────────────────────────────────────────────────────────────────

METHODS = {"approval": count_approval, "score": count_score, "ranked": count_ranked, "budget": count_budget}
# What the rule of each method must state: the least and the most that makes sense.
NUMBERS = {
    "approval": {"seats": (1, 40_000), "min_share": (0, 100)},
    "score": {"seats": (1, 40_000), "min_share": (0, 100), "min_sample": (0, 10**10)},
    "ranked": {"seats": (1, 40_000)},
    "budget": {"budget": (0, 10**19), "min_share": (0, 100)},
}
WORDS = {
    "budget_rule": ("equal_shares", "greedy"),
    "completion": ("none", "add1", "add1u"),
    "stop": ("exhaustive", "overspend"),
}


def must(truth: bool, otherwise: str) -> None:
    if not truth:
        raise CannotRead(otherwise)


def is_number(value: object, least: int, most: int) -> bool:
    """A whole number within bounds. In JSON true and false are not numbers; in Python they would be."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_text(value: object) -> bool:
    """Text that can be written as UTF-8: half a character pair cannot, and no lot could be drawn with it."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def member(whole: dict[str, Any], name: str, kind: type, where: str) -> Any:
    must(name in whole, f"count.json: “{name}” is missing in {where}.")
    right = is_text(whole[name]) if kind is str else isinstance(whole[name], kind)
    words = "text" if kind is str else "a list" if kind is list else "an object"
    must(right, f"count.json: “{name}” in {where} must be {words}.")
    return whole[name]


def read_statement(data: bytes) -> dict[str, Any]:
    """count.json as a dictionary, with everything that is compared later in the right shape."""
    try:
        stated: Any = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise CannotRead("count.json is not text in UTF-8.") from None
    except (ValueError, RecursionError) as problem:
        raise CannotRead(f"count.json is not JSON: {str(problem)[:120]}.") from None
    if not isinstance(stated, dict):
        raise CannotRead("count.json must hold one JSON object.")
    papers = member(stated, "papers", dict, "the file")
    member(stated, "ballot", dict, "the file")
    must(papers.get("published") is not False, "The papers of this ballot were not published, so nobody can recount.")
    must(is_number(papers.get("count"), 0, 10**9), "count.json: the number of papers must be a whole number.")
    seal = papers.get("sha256")
    must(isinstance(seal, str) and bool(re.fullmatch("[0-9a-f]{64}", seal)), "count.json: “sha256” is not a SHA-256.")
    winners = member(stated, "winners", list, "the file")
    must(all(is_text(code) for code in winners), "count.json: “winners” must be a list of codes.")
    totals = member(stated, "totals", dict, "the file")
    whole = all(is_text(code) and is_number(votes, 0, 10**12) for code, votes in totals.items())
    must(whole, "count.json: “totals” must give each code a whole number.")
    return stated


def read_ballot(ballot: dict[str, Any]) -> Ballot:
    method = member(ballot, "method", str, "the ballot")
    must(method in METHODS, f"count.json: there is no method “{printable(method)}”.")
    options = member(ballot, "options", list, "the ballot")
    must(0 < len(options) <= 10_000, "count.json: the ballot must have at least one option, and at most 10,000.")
    titles: dict[str, str] = {}
    costs: dict[str, int] = {}
    for option in options:
        must(isinstance(option, dict), "count.json: each option must be an object.")
        code = member(option, "code", str, "an option")
        must(code not in titles, f"count.json: two options have the code “{printable(code)}”.")
        titles[code] = member(option, "title", str, "an option")
        costs[code] = option.get("cost")
        must(is_number(costs[code], 0, 10**19), "count.json: the cost of an option must be a whole number.")
    about = {name: ballot[name] for name in ("reference", "question", "currency") if is_text(ballot.get(name))}
    seed = member(ballot, "seed", str, "the ballot")
    return Ballot(method, list(titles), titles, costs, read_rule(ballot, method), seed, about)


def read_rule(ballot: dict[str, Any], method: str) -> dict[str, Any]:
    rule = {}
    for name, (least, most) in NUMBERS[method].items():
        rule[name] = ballot.get(name)
        must(
            is_number(rule[name], least, most),
            f"count.json: “{name}” must be a whole number from {least:,} to {most:,}.",
        )
    if method == "budget":
        for name, allowed in WORDS.items():
            rule[name] = ballot.get(name)
            must(rule[name] in allowed, f"count.json: “{name}” must be one of: {', '.join(allowed)}.")
        rule["step"] = ballot.get("step")
        right = rule["step"] is None or is_number(rule["step"], 1, 10**19)
        must(right, "count.json: “step” must be null or a whole number of 1 or more.")
    return rule


# ── Reading papers.csv ────────────────────────────────────────────────────────────────────────────────────────────────


def read_papers(data: bytes, ballot: Ballot) -> Papers:
    """All papers, each checked: right columns, numbered from 1, and filled in as the method allows."""
    try:
        lines = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
        header = next(lines, None)
        must(header is not None, "papers.csv is empty.")
        must(header == ["paper", *ballot.options], "papers.csv: the first line must name the options of this ballot.")
        many: dict[tuple[str, ...], int] = {}
        number = 0
        for number, cells in enumerate(lines, start=1):
            right = len(cells) == len(ballot.options) + 1 and cells[0] == str(number)
            must(right, f"papers.csv, line {number + 1}: this is not paper {number} with a cell for each option.")
            choices = tuple(cells[1:])
            if choices not in many:
                check_paper(choices, ballot.method, number)
            many[choices] = many.get(choices, 0) + 1
    except UnicodeDecodeError:
        raise CannotRead("papers.csv is not text in UTF-8.") from None
    except csv.Error as problem:
        raise CannotRead(f"papers.csv is not a table of comma-separated values: {str(problem)[:120]}.") from None
    merged = [
        ({code: int(cell) for code, cell in zip(ballot.options, cells) if cell}, people)  # noqa: B905 (Python 3.9)
        for cells, people in many.items()
    ]
    return Papers(merged, number)


ALLOWED = {
    "approval": (re.compile("1"), "1 for a tick, or nothing"),
    "budget": (re.compile("[1-9][0-9]{0,8}"), "1 for a tick, a number of points, or nothing"),
    "score": (re.compile("[0-5]"), "a score from 0 to 5, or nothing"),
    "ranked": (re.compile("[1-9][0-9]{0,8}"), "a place (1, 2, 3 …), or nothing"),
}


def check_paper(cells: tuple[str, ...], method: str, number: int) -> None:
    pattern, words = ALLOWED[method]
    filled = [cell for cell in cells if cell]
    for cell in filled:
        if not pattern.fullmatch(cell):
            wrong = printable(cell[:20])
            raise CannotRead(f"papers.csv, line {number + 1}: “{wrong}” is not allowed; a cell must hold {words}.")
    twice = method == "ranked" and len(set(filled)) < len(filled)
    must(not twice, f"papers.csv, line {number + 1}: two options are given the same place.")


# ── Comparing and telling ─────────────────────────────────────────────────────────────────────────────────────────────


def printable(text: str) -> str:
    """Text from a file must not steer the terminal: what is not a plain sign becomes a question mark."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def name_of(code: str, ballot: Ballot) -> str:
    return f"{printable(ballot.titles.get(code, 'no option of this ballot'))} ({printable(code)})"


def differences(stated: dict[str, Any], result: Result, papers: Papers, ballot: Ballot) -> list[str]:
    """One sentence for each thing that count.json states and that does not come out."""
    found = []
    if stated["papers"]["count"] != papers.number:
        found.append(f"count.json says {many(stated['papers']['count'], 'paper')}; papers.csv holds {papers.number:,}.")
    if stated["winners"] != result.winners:
        theirs = "; ".join(name_of(code, ballot) for code in stated["winners"]) or "nobody"
        ours = "; ".join(name_of(code, ballot) for code in result.winners) or "nobody"
        found.append(f"The winners, in order, were published as: {theirs}. Counted again they are: {ours}.")
    for code in [*ballot.options, *(code for code in stated["totals"] if code not in ballot.titles)]:
        said, is_now = stated["totals"].get(code, "no number"), result.totals.get(code, "no number")
        if said != is_now:
            found.append(f"{name_of(code, ballot)}: the total was published as {said}; counted again it is {is_now}.")
    return found


def recount(statement: bytes, sheet: bytes) -> dict[str, Any]:
    """Check and count both files. The answer says everything; `lines` says it in English, `exit` as a number."""
    stated = read_statement(statement)
    ballot = read_ballot(stated["ballot"])
    seal = hashlib.sha256(sheet).hexdigest()
    answer: dict[str, Any] = {"exit": SAME, "file_matches": seal == stated["papers"]["sha256"], "sha256": seal}
    lines = [f"Ballot {ballot.about.get('reference', '')}: {ballot.about.get('question', '')}", "", "Checked:"]
    if answer["file_matches"]:
        lines.append(f"  papers.csv is the file that count.json names. Its SHA-256 is {seal};")
        lines.append("  the public record’s entry about this count must say the same, or both files were changed.")
    else:
        lines.append("  papers.csv is NOT the file that was counted: a byte or more is different.")
        lines.append(f"  Its SHA-256 is {seal}, and the published one is {stated['papers']['sha256']}.")
        answer["exit"] = NOT_THE_FILE
    try:
        papers = read_papers(sheet, ballot)
    except CannotRead as problem:
        if answer["file_matches"]:
            raise
        return {**answer, "same_result": None, "lines": [*lines, f"  It cannot be counted either. {problem}"]}
    result = METHODS[ballot.method](ballot, papers)
    found = differences(stated, result, papers, ballot)
    lines += [
        f"  It holds {many(papers.number, 'paper')}, each filled in as this method ({ballot.method}) allows.",
        f"  The papers were counted again by the rule in count.json. {result.how}",
        "",
        "Winners:" if result.winners else "Nothing won.",
        *(f"  {place}. {told(code, ballot, result)}" for place, code in enumerate(result.winners, start=1)),
        "",
        *found,
        verdict(answer["file_matches"], not found),
    ]
    if found and answer["file_matches"]:
        answer["exit"] = DIFFERENT
    answer.update(same_result=not found, papers=papers.number, winners=result.winners, totals=result.totals)
    return {**answer, "differences": found, "lines": lines}


def told(code: str, ballot: Ballot, result: Result) -> str:
    """One line about a winner."""
    what = {"score": "point", "ranked": "first place"}.get(ballot.method, "tick")
    line = f"{name_of(code, ballot)}: {many(result.totals[code], what)}"
    if ballot.method == "budget":
        units, minor = divmod(ballot.costs[code], 100)
        line += f", costs {units:,}.{minor:02} {ballot.about.get('currency', '')}".rstrip()
    return line


def verdict(file_matches: bool, same: bool) -> str:
    if file_matches:
        return "The result is the same." if same else "THE RESULT IS DIFFERENT from the published one."
    would = "would be the same" if same else "would be DIFFERENT"
    return f"This is not the file that was counted. Counted from this file the result {would}."


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Command(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """argparse would end with 2, which here means that the papers were changed."""
        self.print_usage(sys.stderr)
        self.exit(UNREADABLE, f"{message}\n")


def read(path: str, name: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as problem:
        raise CannotRead(f"{name} cannot be opened: {getattr(problem, 'strerror', None) or problem}.") from None


def main(arguments: list[str] | None = None) -> int:
    command = Command(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("count", metavar="count.json", help="the rule and the published result")
    command.add_argument("papers", metavar="papers.csv", help="all papers, exactly as downloaded")
    command.add_argument("--json", action="store_true", help="answer in JSON, for other programs")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter must not stop the count
    chosen = command.parse_args(arguments)
    try:
        answer = recount(read(chosen.count, "count.json"), read(chosen.papers, "papers.csv"))
    except CannotRead as problem:
        answer = {"exit": UNREADABLE, "same_result": None, "lines": [str(problem)]}
    text = json.dumps(answer, indent=1) if chosen.json else "\n".join(printable(line) for line in answer["lines"])
    sys.stdout.write(text + "\n")
    return int(answer["exit"])


if __name__ == "__main__":
    sys.exit(main())
