"""What residents table, what neighbours make of it, what organisations answer, and what is promised."""

from proposals.models.answer import Ask, Response, ResponseDraft, Verdict
from proposals.models.commitment import Check, Commitment, CommitmentAsk, CommitmentChange
from proposals.models.opinion import CommonGround, Opinion
from proposals.models.proposal import Proposal, ProposalLink, Support
from proposals.models.talk import Comment, Offer

__all__ = [
    "Ask",
    "Check",
    "Comment",
    "Commitment",
    "CommitmentAsk",
    "CommitmentChange",
    "CommonGround",
    "Offer",
    "Opinion",
    "Proposal",
    "ProposalLink",
    "Response",
    "ResponseDraft",
    "Support",
    "Verdict",
]
