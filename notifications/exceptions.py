"""What the actions of this room refuse."""

from record.exceptions import Refusal


class NotFound(Refusal):
    """It is not there, or this person may not see it: both look the same."""

    code = "not_found"
    status = 404
