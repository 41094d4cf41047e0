"""Ballots, their options, the roll, the papers and the count."""

from ballots.models.ballot import Ballot, Option
from ballots.models.box import BallotKey, Paper, PaperBatch, PaperEntry, UnfinishedVote
from ballots.models.count import Count
from ballots.models.roll import Elector

__all__ = [
    "Ballot",
    "BallotKey",
    "Count",
    "Elector",
    "Option",
    "Paper",
    "PaperBatch",
    "PaperEntry",
    "UnfinishedVote",
]
