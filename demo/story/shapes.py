"""The shapes that the story is written in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkingDays:
    """So many working days before today: for what an office does, and for clocks that must stand where the story says."""

    count: float


# A moment: a number is days before today. The fraction is the time of day: .0 is nine in the morning, .9 is late evening.
When = float | WorkingDays
wd = WorkingDays


def ahead(days: int) -> float:
    """A day that is still to come."""
    return -days


@dataclass(frozen=True)
class Says:
    """A comment, with the answers to it."""

    ago: When
    who: str
    text: str
    replies: "tuple[Says, ...]" = ()


@dataclass(frozen=True)
class Offers:
    """A resident offers help."""

    ago: When
    who: str
    text: str


@dataclass(frozen=True)
class Backing:
    """How many back it in the end, when the one who made the threshold did, and who is surely among them."""

    count: int
    asked: When | None = None
    until: When | None = None
    surely: tuple[str, ...] = ()


@dataclass(frozen=True)
class Starts:
    ago: When


@dataclass(frozen=True)
class Claims:
    ago: When
    note: str = ""


@dataclass(frozen=True)
class Changes:
    ago: When
    text: str
    due: When
    reason: str


@dataclass(frozen=True)
class Drops:
    ago: When
    reason: str


@dataclass(frozen=True)
class Checks:
    """A resident says whether it is done. It must be somebody who backed the proposal."""

    ago: When
    who: str
    done: bool
    note: str = ""


Step = Starts | Claims | Changes | Drops | Checks


@dataclass(frozen=True)
class Promise:
    """One promise and what became of it."""

    text: str
    due: When
    by: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Answers:
    """An organisation's answer. `second_look` is a colleague who read it first."""

    ago: When
    who: str
    outcome: str
    summary: str
    reasons: str
    could_not: str = ""
    next_step: str = ""
    promises: tuple[Promise, ...] = ()
    hard_words_changed: int = 0
    second_look: str = ""


@dataclass(frozen=True)
class Drafts:
    """An answer that is written and not sent."""

    ago: When
    who: str
    outcome: str
    summary: str
    reasons: str


@dataclass(frozen=True)
class Extends:
    """More time, once. `due` is the new date."""

    ago: When
    who: str
    due: When
    reason: str


@dataclass(frozen=True)
class CallsIn:
    ago: When
    reason: str


@dataclass(frozen=True)
class Verdicts:
    """How many backers say that the answer by `who` answers it, and how many that it does not."""

    ago: When
    until: When
    who: str
    yes: int
    no: int


@dataclass(frozen=True)
class Decides:
    """Somebody records the answer as the decision, sooner and in better words than the site would by itself."""

    ago: When
    who: str
    title: str
    summary: str
    reasons: str = ""


@dataclass(frozen=True)
class Meets:
    """A meeting decides."""

    ago: float
    label: str
    outcome: str
    summary: str
    reasons: str
    residents: int
    professionals: int
    votes_for: int
    votes_against: int


@dataclass(frozen=True)
class Pledges:
    """A promise outside an answer: by residents, or by an officer after a meeting."""

    ago: When
    who: str
    promise: Promise


@dataclass(frozen=True)
class Overrules:
    ago: When
    who: str
    title: str
    summary: str
    reasons: str


@dataclass(frozen=True)
class Withdraws:
    ago: When
    reason: str


@dataclass(frozen=True)
class Merges:
    """A facilitator joins it to another."""

    ago: When
    into: str
    reason: str


Act = (
    Says
    | Offers
    | Answers
    | Drafts
    | Extends
    | CallsIn
    | Verdicts
    | Decides
    | Meets
    | Pledges
    | Overrules
    | Withdraws
    | Merges
)


@dataclass(frozen=True)
class Tabled:
    """One proposal and everything that happened to it. `asks` are organisations; empty: who usually answers."""

    key: str
    by: str
    ago: float
    topic: str
    title: str
    outcome: str
    case: str
    we_can: str = ""
    need_help: str = ""
    only_they: str = ""
    backing: Backing = Backing(0)
    asks: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    retables: str = ""
    stays_draft: bool = False
