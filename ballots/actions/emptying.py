"""Emptying the box: everything that could lead from a person to a paper is destroyed."""

from accounts.kept import forget_typing_for
from ballots.models import Ballot, BallotKey, Paper, PaperEntry, UnfinishedVote


def empty_box(ballot: Ballot) -> None:
    """Destroy the papers, the unfinished votes, what is typed of paper votes, forms kept for people who must sign in
    again, and the key. A step of closing and cancelling, which hold the ballot."""
    Paper.objects.filter(ballot=ballot).delete()
    UnfinishedVote.objects.filter(ballot=ballot).delete()
    PaperEntry.objects.filter(batch__ballot=ballot).delete()
    forget_typing_for(ballot.get_absolute_url())
    BallotKey.objects.filter(ballot=ballot).update(key=bytes(32))
    BallotKey.objects.filter(ballot=ballot).delete()
