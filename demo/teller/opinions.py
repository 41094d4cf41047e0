"""How people came to say agree, disagree or pass: yesterday, one after the other. Amina still may."""

from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from communities.models import Membership
from demo.story.opinions import ANSWERED, LEANS, OLDER, OTHERS, OWN, SHARED, YOUNGER
from demo.teller.acts import Doing, chance_of
from demo.teller.votes import DEMO_READER
from proposals import lifecycle
from proposals.actions.mapping import work_out_common_ground
from proposals.actions.opinions import give_opinion
from proposals.models import Opinion, Proposal
from record import clock


def tell_opinions(doing: Doing, now: datetime) -> None:
    """Two loose camps, who share most things."""
    community, chance = doing.cast.community, chance_of("opinions")
    seats = Membership.objects.residents().filter(community=community).exclude(user__email=DEMO_READER)
    people = [seat.user for seat in seats.select_related("user").order_by("user__display_name", "area")]
    chance.shuffle(people)
    tabled = Proposal.objects.filter(community=community, tabled_at__lt=now - timedelta(days=1)).order_by("number")
    proposals = [proposal for proposal in tabled if lifecycle.may(proposal, "give_opinion")]
    with clock.at(now - timedelta(hours=20)):
        for at, person in enumerate(people[: OLDER + YOUNGER]):
            _answer(person, 1 if at < OLDER else -1, proposals, chance)
    with clock.at(now):
        work_out_common_ground(community_id=community.pk)


def _answer(person: User, side: int, proposals: list[Proposal], chance: Random) -> None:
    for proposal in proposals:
        if chance.random() > ANSWERED:
            continue
        lean = LEANS.get(proposal.title, 0)
        agrees, passes = SHARED if not lean else OWN if lean == side else OTHERS
        drawn = chance.random()
        value = Opinion.Value.AGREE if drawn < agrees else Opinion.Value.DISAGREE
        if agrees <= drawn < agrees + passes:
            value = Opinion.Value.PASS
        give_opinion(proposal=proposal, acting_user=person, value=value)
