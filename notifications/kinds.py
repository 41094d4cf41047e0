"""What people are told of: each kind of event, its group, who hears of it, and in which words.

Words carry no person's name, so an inbox and a mailbox keep nothing that an erased person would want back.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Who(StrEnum):
    """A reason to hear of something. notifications.audiences turns each into people."""

    ANSWERED = "answered"  # the author of the comment that is answered
    PROMISER = "promiser"  # the resident who promised
    DUTY = "duty"  # the officers of the organisation that must act
    PROPOSAL = "proposal"  # those who follow the proposal: its author, backers, who spoke
    ORGANISATION = "organisation"  # those who follow the organisation
    COMMUNITY = "community"  # those who follow the community
    OPTIONS = "options"  # those who follow a proposal that is on the ballot
    ROLL = "roll"  # those who may vote in it
    NOT_VOTED = "not_voted"  # of these, those who have not voted yet
    VOTER = "voter"  # the one for whom a vote was entered


@dataclass(frozen=True)
class Group:
    """Kinds that a person switches on and off together."""

    name: "StrOrPromise"
    hint: "StrOrPromise"


@dataclass(frozen=True)
class Kind:
    """One kind of event. The first reason in `hears` that fits a person is the one they are given."""

    group: str
    hears: tuple[Who, ...]
    title: "StrOrPromise"
    body: "StrOrPromise" = ""
    even_if_muted: bool = False  # about the person more than about the community: a mute does not silence it


GROUPS: dict[str, Group] = {
    "replies": Group(_("Answers to what you said"), _("Somebody answered a comment of yours.")),
    "progress": Group(
        _("What becomes of a proposal"),
        _("It got enough backing, was joined to another, was taken back, or ran out of time."),
    ),
    "clocks": Group(_("Waiting for an answer"), _("An answer is due soon or late, or more time was asked for.")),
    "answers": Group(_("Answers"), _("An organisation answered, or backers say that it did not answer it.")),
    "votes": Group(
        _("Votes"),
        _("A vote is announced, opens, closes soon, is called off, or has a result. It never says who voted."),
    ),
    "entered": Group(
        _("Votes entered for you"), _("A facilitator typed in a vote that came from you on paper or by phone.")
    ),
    "decisions": Group(_("Decisions"), _("Something was decided or overruled, or the agreement changed.")),
    "promises": Group(_("Promises"), _("A promise was made, is due, is said to be done, was kept, or was not.")),
    "new": Group(_("New proposals"), _("A neighbour tabled a proposal in a community that you follow.")),
}

_EVERYBODY = (Who.DUTY, Who.PROPOSAL, Who.ORGANISATION, Who.COMMUNITY)
_FOLLOWERS = (Who.PROPOSAL, Who.ORGANISATION)

KINDS: dict[str, Kind] = {
    "proposal.tabled": Kind(
        "new",
        (Who.COMMUNITY,),
        _("New on the table: %(proposal)s"),
        _("Read it, and back it if you want it too."),
    ),
    "proposal.threshold_reached": Kind(
        "progress",
        _EVERYBODY,
        _("Enough neighbours back it: %(proposal)s"),
        "%(what_next)s",
    ),
    "proposal.called_in": Kind(
        "progress",
        _EVERYBODY,
        _("A facilitator asked for an answer: %(proposal)s"),
        "%(what_next)s",
    ),
    "proposal.withdrawn": Kind(
        "progress",
        (Who.DUTY, Who.PROPOSAL),
        _("Taken off the table: %(proposal)s"),
        _("Its author took it back. The page says why."),
    ),
    "proposal.merged": Kind(
        "progress",
        (Who.PROPOSAL,),
        _("Joined to another proposal: %(proposal)s"),
        _("It goes on as “%(into)s”. All its backing went there with it."),
    ),
    "proposal.lapsed": Kind(
        "progress",
        (Who.PROPOSAL,),
        _("Not enough backing in time: %(proposal)s"),
        _("It stays for everyone to read. Any resident can table it again."),
    ),
    "comment.added": Kind(
        "replies",
        (Who.ANSWERED,),
        _("%(speaker)s answered what you said"),
        _("It is about “%(proposal)s”."),
    ),
    "ask.due_soon": Kind(
        "clocks",
        (Who.DUTY,),
        _("An answer is due %(until)s: %(proposal)s"),
        _("%(organisation)s must answer by %(due)s."),
    ),
    "ask.overdue": Kind(
        "clocks",
        (Who.DUTY, Who.PROPOSAL, Who.ORGANISATION),
        _("The answer is late: %(proposal)s"),
        _("%(organisation)s had to answer by %(due)s and has not."),
    ),
    "ask.long_overdue": Kind(
        "clocks",
        (Who.DUTY, Who.PROPOSAL, Who.ORGANISATION),
        _("Still no answer after twice the time: %(proposal)s"),
        _("%(organisation)s had to answer by %(due)s and has not."),
    ),
    "ask.extended": Kind(
        "clocks",
        _FOLLOWERS,
        _("%(organisation)s asked for more time: %(proposal)s"),
        _("The answer is now due by %(due)s. The first date and the reason stay on the page."),
    ),
    "response.published": Kind(
        "answers",
        (Who.PROPOSAL, Who.ORGANISATION, Who.COMMUNITY),
        _("%(organisation)s answered: %(proposal)s"),
        "%(outcome)s. %(summary)s",
    ),
    "response.contested": Kind(
        "answers",
        (Who.DUTY, Who.PROPOSAL, Who.ORGANISATION),
        _("Most who spoke say this is no answer: %(proposal)s"),
        _("It is about the answer of %(organisation)s. The proposal is now on the list that scrutiny looks at."),
    ),
    "decision.recorded": Kind(
        "decisions",
        (Who.PROPOSAL, Who.ORGANISATION, Who.COMMUNITY),
        _("Decided: %(decision)s"),
        "%(decided)s. %(summary)s",
    ),
    "decision.overruled": Kind(
        "decisions",
        (Who.PROPOSAL, Who.ORGANISATION, Who.COMMUNITY),
        _("%(organisation)s overruled residents: %(decision)s"),
        "%(summary)s",
    ),
    "commitment.promised": Kind(
        "promises",
        _FOLLOWERS,
        _("%(promiser)s promised: %(promise)s"),
        _("It is to be done by %(due)s."),
    ),
    "commitment.due_soon": Kind(
        "promises",
        (Who.DUTY, Who.PROMISER),
        _("A promise is due %(until)s: %(promise)s"),
        _("It is to be done by %(due)s."),
    ),
    "commitment.late": Kind(
        "promises",
        (Who.DUTY, Who.PROMISER, *_FOLLOWERS),
        _("A promise is late: %(promise)s"),
        _("%(promiser)s promised it by %(due)s."),
    ),
    "commitment.claimed": Kind(
        "promises",
        _FOLLOWERS,
        _("%(promiser)s says it is done: %(promise)s"),
        _("If you backed it, you can say whether it is."),
    ),
    "commitment.disputed": Kind(
        "promises",
        (Who.DUTY, Who.PROMISER, *_FOLLOWERS),
        _("Residents say it is not done: %(promise)s"),
        _("%(promiser)s had said that it was."),
    ),
    "commitment.confirmed": Kind(
        "promises",
        (Who.DUTY, Who.PROMISER, *_FOLLOWERS),
        _("Promise kept: %(promise)s"),
        "%(confirmed_how)s",
    ),
    "commitment.changed": Kind(
        "promises",
        _FOLLOWERS,
        _("%(promiser)s changed a promise: %(promise)s"),
        _("It is now to be done by %(due)s. The old promise and the reason stay on the page."),
    ),
    "commitment.dropped": Kind(
        "promises",
        _FOLLOWERS,
        _("%(promiser)s dropped a promise: %(promise)s"),
        _("The page says why. It counts as broken."),
    ),
    "commitment.broken": Kind(
        "promises",
        (Who.DUTY, Who.PROMISER, *_FOLLOWERS),
        _("Promise broken: %(promise)s"),
        _("%(promiser)s promised it by %(due)s. It is twenty working days late."),
    ),
    "ballot.announced": Kind(
        "votes",
        (Who.OPTIONS, Who.COMMUNITY),
        _("A vote is coming: %(ballot)s"),
        _("It opens on %(opens)s and closes on %(closes)s. Look what there is to choose from."),
    ),
    "ballot.opened": Kind(
        "votes",
        (Who.ROLL, Who.COMMUNITY),
        _("A vote is open: %(ballot)s"),
        _("It closes on %(closes)s. The page says who may vote."),
    ),
    "ballot.closing_soon": Kind(
        "votes",
        (Who.NOT_VOTED,),
        _("A vote closes soon: %(ballot)s"),
        _("It closes on %(closes)s. You are on the roll."),
    ),
    "ballot.certified": Kind(
        "votes",
        (Who.DUTY, Who.OPTIONS, Who.ROLL, Who.ORGANISATION, Who.COMMUNITY),
        _("The result of the vote: %(ballot)s"),
        "%(result)s",
    ),
    "ballot.cancelled": Kind(
        "votes",
        (Who.OPTIONS, Who.ROLL, Who.COMMUNITY),
        _("A vote was called off: %(ballot)s"),
        _("The page says why. Proposals that were on it go to the next vote."),
    ),
    "commitments.overdue": Kind(
        "votes",
        (Who.DUTY, Who.OPTIONS, Who.COMMUNITY),
        _("%(organisation)s has not said what it will do: %(ballot)s"),
        _("Residents voted, and it had to say by %(due)s what it will do about the result."),
    ),
    "vote.entered": Kind(
        "entered",
        (Who.VOTER,),
        _("A vote was entered for you: %(ballot)s"),
        "%(entered)s",
        even_if_muted=True,
    ),
    "agreement.changed": Kind(
        "decisions",
        (Who.COMMUNITY,),
        _("A new agreement in %(community)s"),
        _("Look who decides what from now on."),
    ),
}


def group_of(kind: str) -> str:
    """The group of a kind; "progress" for a kind that is no longer in the table."""
    return KINDS[kind].group if kind in KINDS else "progress"
