"""Who may vote: the electorate rule of a ballot, as a query."""

from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ballots.models import Ballot
from communities.models import Membership


def electors_now(ballot: Ballot) -> QuerySet[Any]:
    """The seats that would be on the roll if it were taken now: verified residents whom the rule names."""
    seats = Membership.objects.residents().filter(community_id=ballot.community_id, user__is_active=True)
    if ballot.electorate == Ballot.Electorate.AREA:
        return seats.filter(area__iexact=ballot.electorate_area.strip())
    if ballot.electorate == Ballot.Electorate.MEMBERS_SINCE and ballot.electorate_since is not None:
        end_of_day = timezone.make_aware(datetime.combine(ballot.electorate_since, time.max))
        return seats.filter(joined_at__lte=end_of_day)
    return seats
