"""What residents sent to the next vote, and since when it waits there."""

from dataclasses import dataclass

from ballots.models import Ballot, Option
from communities.models import Community
from communities.working_days import working_days_between
from proposals.models import Proposal
from record import clock

SHOWN = 20


@dataclass(frozen=True)
class Waiting:
    """The lines of drafts that hold a proposal, the longest waiting first. `days` are working days of the first."""

    options: list[Option]
    days: int
    has_more: bool


def waiting_in(place: Community) -> Waiting:
    """Of this community. One query, and one more for its working days where something waits."""
    options = Option.objects.filter(
        ballot__community=place, ballot__state=Ballot.State.DRAFT, proposal__state=Proposal.State.DECIDING
    )
    rows = list(options.select_related("proposal").order_by("proposal__threshold_reached_at", "id")[: SHOWN + 1])
    proposals = [row.proposal for row in rows if row.proposal is not None]
    for proposal in proposals:
        proposal.community = place
    since = [proposal.threshold_reached_at for proposal in proposals if proposal.threshold_reached_at]
    days = working_days_between(clock.local_date(min(since)), clock.today(), place) if since else 0
    return Waiting(rows[:SHOWN], max(days, 0), len(rows) > SHOWN)
