"""The lock that actions of a community begin with, in this room and in those above."""

from uuid import UUID

from communities.models import Community


def locked_community(pk: UUID) -> Community:
    """The row as it is now, until the transaction ends: of two taps of one form the second finds what the first made.

    But not its key: whatever belongs to a community refers to it. Somebody who makes such a thing, and has the next
    number of a reference that we wait for, would wait for us."""
    return Community.objects.select_for_update(no_key=True).get(pk=pk)
