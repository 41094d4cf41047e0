"""When each act of the story happens: one long list of moments, told in order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from demo.story import shapes
from demo.story.agreement import VERSIONS
from demo.story.people import RESIDENTS
from demo.teller.acts import Doing, chance_of
from proposals.models import Comment

FIRST_LETTERS = 287.0  # days before today
Act = Callable[[], object]


@dataclass
class Schedule:
    """Acts with their moments. Those of one moment stay in the order in which the story names them."""

    doing: Doing
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def add(self, moment: datetime, act: Act) -> None:
        self.acts.append((moment, len(self.acts), act))

    def in_order(self) -> list[tuple[datetime, int, Act]]:
        return sorted(self.acts, key=lambda entry: entry[:2])

    def tell(self, told: shapes.Tabled) -> None:
        """Everything that happens to one proposal."""
        moments = self.doing.moments
        tabled_at = moments.moment(told.ago)
        self.add(tabled_at, partial(self.doing.table, told))
        backers = self._back(told, tabled_at)
        for act in told.acts:
            self._act(act, told.key, backers)

    def _act(self, act: shapes.Act, key: str, backers: list[str]) -> None:
        moment = self.doing.moments.moment
        if isinstance(act, shapes.Says):
            self._say(act, key)
        elif isinstance(act, shapes.Verdicts):
            self._verdicts(act, key, backers)
        else:
            self.add(moment(act.ago), partial(self.doing.do, act, key))
            match act:
                case shapes.Answers(promises=promises, who=who):
                    for promise in promises:
                        self._steps(promise, key, who)
                case shapes.Pledges(promise=promise, who=who):
                    self._steps(promise, key, who)

    def _steps(self, promise: shapes.Promise, key: str, who: str) -> None:
        for step in promise.steps:
            self.add(self.doing.moments.moment(step.ago), partial(self.doing.step, step, key, promise, who))

    def _say(self, act: shapes.Says, key: str) -> None:
        said: list[Comment] = []
        self.add(self.doing.moments.moment(act.ago), partial(self.doing.say, act, key, said))
        for reply in act.replies:
            self.add(self.doing.moments.moment(reply.ago), partial(self.doing.say, reply, key, said))

    def _verdicts(self, act: shapes.Verdicts, key: str, backers: list[str]) -> None:
        start, end = self.doing.moments.moment(act.ago), self.doing.moments.moment(act.until)
        words = [True] * act.yes + [False] * act.no
        chance_of(f"{key}/verdicts").shuffle(words)
        speakers = backers[: len(words)]
        for at, (who, answers_it) in enumerate(zip(speakers, words, strict=True)):
            moment = self.doing.moments.between(start, end, (at + 1) / (len(words) + 1))
            self.add(moment, partial(self.doing.verdict, key, act.who, who, answers_it))

    def _back(self, told: shapes.Tabled, tabled_at: datetime) -> list[str]:
        """Schedule the backers; the one who makes the threshold comes at the moment that the story names."""
        backing, moments = told.backing, self.doing.moments
        backers = self._choose(told)
        until = moments.moment(backing.until) if backing.until is not None else tabled_at + timedelta(days=20)
        asked_at = moments.moment(backing.asked) if backing.asked is not None else None
        before = threshold_of(told.topic) - 1 if asked_at is not None else len(backers)
        for at, who in enumerate(backers):
            if at < before:
                end = asked_at or until
                moment = moments.between(tabled_at, end, ((at + 1) / (before + 1)) ** 1.3)
            elif at == before and asked_at is not None:
                moment = asked_at
            else:
                left = len(backers) - before
                moment = moments.between(asked_at or until, until, (at - before) / left)
            self.add(moment, partial(self.doing.back, told.key, who))
        return backers

    def _choose(self, told: shapes.Tabled) -> list[str]:
        """Neighbours who had joined by then, drawn by the proposal's name; the author backs it first."""
        surely = list(dict.fromkeys((told.by, *told.backing.surely)))
        here = [person.key for person in RESIDENTS if (person.joined or FIRST_LETTERS) > told.ago + 1]
        others = [key for key in here if key not in surely]
        chance_of(told.key).shuffle(others)
        chosen = (surely + others)[: told.backing.count]
        if len(chosen) < told.backing.count:
            raise ValueError(f"Not enough neighbours had joined when {told.key} was tabled")
        return chosen


def threshold_of(topic: str) -> int:
    """How many neighbours a topic needs. It is the same in each version that names the topic."""
    found = {terms.threshold for version in VERSIONS for terms in version.terms if terms.topic == topic}
    if len(found) != 1:
        raise ValueError(f"{topic} needs one threshold, it has {sorted(found)}")
    return found.pop()
