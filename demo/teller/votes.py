"""How the votes of the story happen: announced, opened, voted in on every channel, closed, counted, certified."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from accounts.models import User
from ballots.actions.announcing import announce_ballot
from ballots.actions.certifying import certify_ballot
from ballots.actions.counting import count_ballot
from ballots.actions.entering import enter_vote
from ballots.actions.preparing import add_option, start_ballot
from ballots.actions.running import close_ballot, open_ballot
from ballots.actions.voting import cast_vote
from ballots.models import Ballot, Elector
from communities.models import Topic
from demo.story.people import FACILITATOR
from demo.story.votes import VOTES, Vote
from demo.teller.acts import Doing, chance_of
from demo.teller.schedule import Schedule
from proposals.actions.promising import make_commitment
from record import clock

DEMO_READER = "resident@demo.toptable.example"  # has not voted yet: whoever tries the demo can


def tell_votes(schedule: Schedule, doing: Doing) -> None:
    """Put every act of every vote into the schedule."""
    for vote in VOTES:
        _tell(schedule, doing, vote)


def _tell(schedule: Schedule, doing: Doing, vote: Vote) -> None:
    moment = doing.moments.moment
    opens, closes = moment(vote.opens), moment(vote.closes)
    schedule.add(moment(vote.announced), partial(_announce, doing, vote, opens, closes))
    if vote.opens < 0:
        return
    schedule.add(opens, partial(_open, schedule.doing, vote))
    until = min(closes, clock.now()) - timedelta(hours=1)
    for part in range(1, 11):  # a tenth of the voters at a time: a vote has no time of its own anyway
        schedule.add(doing.moments.between(opens, until, part / 11), partial(_vote, doing, vote, part))
    if vote.closes < 0:
        return
    schedule.add(closes, partial(_close, vote))
    if vote.certified is not None:
        schedule.add(moment(vote.certified), partial(_certify, doing, vote))
    for officer, words, due in vote.promises:
        schedule.add(
            moment(vote.certified or 0) + timedelta(days=9), partial(_promise, doing, vote, officer, words, due)
        )


def _ballot(vote: Vote) -> Ballot:
    return Ballot.objects.select_related("community", "decision").get(question=vote.question)


def _announce(doing: Doing, vote: Vote, opens: datetime, closes: datetime) -> None:
    community, facilitator = doing.cast.community, doing.user(FACILITATOR.key)
    ballot = start_ballot(
        community=community,
        acting_user=facilitator,
        submission=doing.submission(vote.key),
        question=vote.question,
        about=vote.about,
        topic=Topic.objects.get(community=community, name=vote.topic),
        opens_at=opens,
        closes_at=closes,
        **vote.terms,
    )
    for option in vote.options:
        add_option(
            ballot=ballot, acting_user=facilitator, title=option.title, about=option.about, cost=option.cost * 100
        )
    announce_ballot(ballot=ballot, acting_user=facilitator)


def _open(_doing: Doing, vote: Vote) -> None:
    open_ballot(ballot=_ballot(vote))


def _vote(doing: Doing, vote: Vote, part: int) -> None:
    """A tenth of those who vote: most online, the ones without e-mail on paper or by phone."""
    ballot = _ballot(vote)
    electors = list(Elector.objects.filter(ballot=ballot).select_related("user"))
    electors.sort(key=lambda line: (line.user.display_name if line.user else "", line.area))
    chance_of(vote.key).shuffle(electors)
    voters = [line for line in electors if line.user and line.user.email != DEMO_READER]
    voters = voters[: round(len(electors) * vote.turnout / 100)]
    for at, line in enumerate(voters):
        if at % 10 == part - 1 and line.user is not None:
            _cast(doing, ballot, vote, line, line.user, chance_of(f"{vote.key}/{at}"))


def _cast(doing: Doing, ballot: Ballot, vote: Vote, line: Elector, user: User, chance: Random) -> None:
    choices = _choices(vote, line.area, chance)
    kind = chance.random()
    if kind < 0.66:
        cast_vote(ballot=ballot, acting_user=user, choices=choices)
        return
    enter_vote(
        ballot=ballot,
        acting_user=doing.user(FACILITATOR.key),
        code=line.code,
        channel="paper" if kind < 0.92 else "phone",
        choices=choices,
    )


def _choices(vote: Vote, block: str, chance: Random) -> dict[str, int]:
    """What somebody of this block chooses."""
    numbered = list(enumerate(vote.options, start=1))
    if vote.terms["method"] == "ranked":
        liking = {str(at): option.likes(block) + chance.randint(-45, 45) for at, option in numbered}
        order = sorted(liking, key=lambda code: -liking[code])[: chance.randint(2, len(liking))]
        return {code: place for place, code in enumerate(order, start=1)}
    ticked = {str(at): 1 for at, option in numbered if chance.randint(1, 100) <= option.likes(block)}
    return ticked or {str(chance.randint(1, len(numbered))): 1}


def _close(vote: Vote) -> None:
    ballot = _ballot(vote)
    close_ballot(ballot=ballot)
    count_ballot(ballot.pk)


def _certify(doing: Doing, vote: Vote) -> None:
    certify_ballot(ballot=_ballot(vote), acting_user=doing.user(FACILITATOR.key))


def _promise(doing: Doing, vote: Vote, officer: str, words: str, due: float) -> None:
    make_commitment(
        acting_user=doing.user(officer),
        text=words,
        due_on=doing.moments.day(due),
        decision=_ballot(vote).decision,
        organisation=doing.cast.organisations[doing.cast.officer_of[officer]],
        submission=doing.submission(words),
    )
