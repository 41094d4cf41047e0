"""Who decided, worked out from facts (domain.md). Pure: no database, nothing typed by hand."""

from dataclasses import dataclass

RESIDENTS = "residents"
TOGETHER = "together"
AFTER_CONSULTING = "organisation_after_consulting"
ALONE = "organisation_alone"
OVERRULING = "organisation_overruling_residents"


@dataclass(frozen=True)
class Facts:
    """What a decision rests on.

    basis: "response", "meeting", "ballot", "sign_off" or "notice".
    who_decides: the rule of the topic, "" where there is none.
    supports, threshold: backing of the proposal and what the agreement asks for.
    advisory: the ballot was advice to an organisation, which then decided.
    residents_present, professionals_present: people in the room, for a meeting.
    """

    basis: str
    who_decides: str = ""
    supports: int = 0
    threshold: int | None = None
    residents_present: int = 0
    professionals_present: int = 0
    overrules: bool = False
    advisory: bool = False


def who_decided(facts: Facts) -> str:
    """One of the five values of `decided_by`.

    Raises ValueError where a meeting cannot have decided what the agreement gives to somebody else.
    """
    if facts.overrules:
        return OVERRULING
    if facts.basis == "sign_off":
        return TOGETHER
    if facts.basis == "ballot":
        return AFTER_CONSULTING if facts.advisory else RESIDENTS
    if facts.basis == "meeting":
        return _at_meeting(facts)
    if facts.basis == "response" and facts.threshold is not None and facts.supports >= facts.threshold:
        return AFTER_CONSULTING
    return ALONE


def _at_meeting(facts: Facts) -> str:
    if facts.who_decides == "residents_decide" and facts.residents_present > 0:
        return RESIDENTS
    if facts.who_decides == "decide_together" and facts.residents_present > 0 and facts.professionals_present > 0:
        return TOGETHER
    raise ValueError("This meeting could not decide this")
