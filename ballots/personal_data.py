"""What this room holds of a person, and how it is erased. How somebody voted is not in it: nobody can say."""

from typing import Any

from accounts.models import User
from ballots.models import Ballot, Elector, PaperBatch


def export(user: User) -> dict[str, Any]:
    """The rolls that the person stands on, and on which channel they voted."""
    return {
        "rolls": list(
            Elector.objects.filter(user=user).values(
                "ballot__reference", "ballot__question", "number", "area", "channel"
            )
        )
    }


def erase(user: User) -> None:
    """The lines of the rolls stay, since turnout is counted from them, and lead to nobody. A cast vote counts."""
    Elector.objects.filter(user=user).update(user=None, area="")
    Ballot.objects.filter(created_by=user).update(created_by=None)
    PaperBatch.objects.filter(entered_by=user).update(entered_by=None)
    PaperBatch.objects.filter(checked_by=user).update(checked_by=None)
