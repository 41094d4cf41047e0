"""A proposal that residents or an organisation send to a vote goes to the next one by itself."""

from ballots.actions.preparing import collecting_ballot, new_option
from ballots.models import Ballot, Option
from proposals.models import Proposal
from record.announcements import SYSTEM, announce


def gather_proposal(proposal: Proposal) -> None:
    """Put it on the draft that collects. A step of the actions that send it, with the proposal's row locked. Nobody is
    asked for leave, and twice puts it there once."""
    waiting = Option.objects.filter(proposal=proposal, ballot__state=Ballot.State.DRAFT)
    if waiting.exists():
        return
    ballot = collecting_ballot(proposal.community)
    new_option(ballot, title=proposal.title, proposal=proposal)
    Ballot.objects.filter(pk=ballot.pk).update(options_count=ballot.options.count())
    announce(
        "proposal.sent_to_vote",
        subject=proposal,
        community=proposal.community,
        actor=SYSTEM,
        payload={"proposal": str(proposal.pk), "ballot": ballot.reference},
        public=False,
    )
