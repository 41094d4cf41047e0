"""Version 1 of the open API: one file for each resource."""

from api.resources import Resource
from api.v1.asks import ASKS
from api.v1.ballots import BALLOTS
from api.v1.commitment_asks import COMMITMENT_ASKS
from api.v1.commitments import COMMITMENTS
from api.v1.communities import COMMUNITIES
from api.v1.decisions import DECISIONS
from api.v1.organisations import ORGANISATIONS
from api.v1.proposals import PROPOSALS
from api.v1.responses import RESPONSES
from api.v1.topics import TOPICS

RESOURCES: tuple[Resource, ...] = (
    DECISIONS,
    PROPOSALS,
    ASKS,
    RESPONSES,
    COMMITMENT_ASKS,
    COMMITMENTS,
    BALLOTS,
    COMMUNITIES,
    ORGANISATIONS,
    TOPICS,
)
