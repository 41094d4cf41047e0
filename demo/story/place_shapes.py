"""The shapes of the place: who lives and works there, what was agreed, what was announced."""

from dataclasses import dataclass

from demo.story.shapes import Promise, When


@dataclass(frozen=True)
class Notice:
    """What an organisation decided alone, and said so."""

    ago: When
    who: str
    topic: str
    title: str
    summary: str
    reasons: str
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What one version of the agreement says of one topic."""

    topic: str
    who_decides: str
    threshold: int
    working_days: int
    organisation: str


@dataclass(frozen=True)
class Version:
    """One version of the agreement and how it was agreed."""

    ago: float
    how: str
    why: str
    residents: int
    professionals: int
    votes_for: int
    votes_against: int
    terms: tuple[Terms, ...]


@dataclass(frozen=True)
class Resident:
    """Somebody who lives there. `joined` is days before today; None: with the first letters."""

    key: str
    name: str
    area: str
    email: str = ""
    joined: float | None = None


@dataclass(frozen=True)
class Officer:
    """Somebody who works there. With no organisation, the facilitator."""

    key: str
    name: str
    job: str
    organisation: str = ""
    email: str = ""


@dataclass(frozen=True)
class Body:
    """An organisation."""

    key: str
    name: str
    sector: str
    summary: str
    second_pair_of_eyes: bool = False
