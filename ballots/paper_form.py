"""The ballot paper as a form: what was sent, as choices, and the lines of the paper with what stands on them.

Field names: `choice` (a code, many times) for ticks, `score-CODE` for scores, `place-CODE` for places. Each of them
works without JavaScript, and whatever was typed is shown again with what is wrong about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ballots.choices import BEST_SCORE
from ballots.exceptions import NotValid
from ballots.models import Ballot, Option

TICKED = (Ballot.Method.APPROVAL, Ballot.Method.BUDGET)
LONGEST_NUMBER = 4  # digits that somebody types as a place
SCORES = range(BEST_SCORE + 1)


@dataclass(frozen=True, slots=True)
class Nameless:
    """An option of which only the code is known: enough to read a paper, not to show one."""

    code: str
    title: str = ""
    cost: int = 0


@dataclass
class Line:
    """One option on the paper. `typed` is what stands in its box, also where that is nonsense."""

    option: Option | Nameless
    typed: str = ""
    error: str = ""

    @property
    def value(self) -> int | None:
        return int(self.typed) if self.typed.isdecimal() and self.typed.isascii() else None


@dataclass
class PaperForm:
    """The paper of one ballot. Build it with `blank`, `of_choices` or `sent`."""

    ballot: Ballot
    lines: list[Line]
    errors: list[str] = field(default_factory=list)
    strangers: bool = False  # something was sent that is not on this ballot

    @property
    def is_ticked(self) -> bool:
        return self.ballot.method in TICKED

    @property
    def choices(self) -> dict[str, int]:
        """What was chosen. Only where there are no errors."""
        return {line.option.code: line.value for line in self.lines if line.value is not None}

    @property
    def chosen(self) -> list[Line]:
        """The lines that say something: places in order, scores from the best, ticks as on the paper."""
        found = [line for line in self.lines if line.value is not None]
        if self.ballot.method == Ballot.Method.RANKED:
            return sorted(found, key=lambda line: line.value or 0)
        if self.ballot.method == Ballot.Method.SCORE:
            return sorted(found, key=lambda line: -(line.value or 0))
        return found

    @property
    def left_out(self) -> list[Line]:
        return [line for line in self.lines if line.value is None]

    @property
    def total(self) -> int:
        """What the ticked options cost together, in minor units."""
        return sum(line.option.cost for line in self.lines if line.value is not None)

    @property
    def in_order(self) -> list[Line]:
        """For a ranking: the placed ones in their order, then the others as on the paper."""
        return [*self.chosen, *self.left_out] if self.ballot.method == Ballot.Method.RANKED else self.lines

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Names and values for hidden fields that say the same."""
        if self.is_ticked:
            return [("choice", line.option.code) for line in self.chosen]
        name = "place" if self.ballot.method == Ballot.Method.RANKED else "score"
        return [(f"{name}-{line.option.code}", line.typed) for line in self.chosen]

    def move(self, code: str, *, up: bool) -> None:
        """One step up or down in the ranking. Up from nowhere is the last place; down from the last is nowhere."""
        order = [line.option.code for line in self.chosen]
        if code not in {line.option.code for line in self.lines}:
            return
        if code not in order:
            if up:
                order.append(code)
        else:
            at = order.index(code)
            if up and at > 0:
                order[at - 1], order[at] = order[at], order[at - 1]
            elif not up and at < len(order) - 1:
                order[at + 1], order[at] = order[at], order[at + 1]
            elif not up:
                order.remove(code)
        for line in self.lines:
            line.typed = str(order.index(line.option.code) + 1) if line.option.code in order else ""
            line.error = ""
        self.errors = []


def of_choices(ballot: Ballot, options: Iterable[Option], choices: dict[str, int] | None) -> PaperForm:
    """The paper with these choices on it; a blank one for None."""
    held = choices or {}
    return PaperForm(ballot, [Line(option, str(held.get(option.code, ""))) for option in options])


def sent(ballot: Ballot, options: Iterable[Option | Nameless], data: QueryDict) -> PaperForm:
    """The paper as it was sent. What cannot be on it is named, line by line."""
    form = PaperForm(ballot, [Line(option) for option in options])
    if form.is_ticked:
        ticked = set(data.getlist("choice"))
        for line in form.lines:
            line.typed = "1" if line.option.code in ticked else ""
        form.strangers = bool(ticked - {line.option.code for line in form.lines})
    else:
        name = "place" if ballot.method == Ballot.Method.RANKED else "score"
        for line in form.lines:
            line.typed = data.get(f"{name}-{line.option.code}", "").strip()[:12]
            _check_number(form, line)
    if form.strangers:
        form.errors.append(_("This choice is not on the ballot. Look at the page again."))
    return form


def choices_sent(ballot: Ballot, data: QueryDict) -> dict[str, int]:
    """What was sent, for a ballot with its `codes`. NotValid where it cannot be read: `sent` says line by line why."""
    form = sent(ballot, map(Nameless, ballot.codes), data)
    if form.errors:
        raise NotValid(form.errors[0])
    return form.choices


def _check_number(form: PaperForm, line: Line) -> None:
    if not line.typed:
        return
    if line.value is None or len(line.typed) > LONGEST_NUMBER:
        line.error = _("Use a whole number, such as 1, or leave it empty.")
    elif form.ballot.method == Ballot.Method.SCORE and line.value not in SCORES:
        line.error = _("Give each a score from 0 to 5, or none.")
    elif form.ballot.method == Ballot.Method.RANKED and line.value < 1:
        line.error = _("Number your choices from 1. Leave the rest empty.")
    else:
        _check_twice(form, line)
    if line.error:
        form.errors.append(f"{line.option.title}: {line.error}")


def _check_twice(form: PaperForm, line: Line) -> None:
    if form.ballot.method != Ballot.Method.RANKED:
        return
    same: list[Any] = [other for other in form.lines if other is not line and other.value == line.value]
    if same:
        line.error = _("“%(other)s” has the same number. Give each its own.") % {"other": same[0].option.title}
