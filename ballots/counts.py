"""The counts that this room keeps, for `manage.py check_counts`. How many voted is not among them: the papers are gone,
and the number stands in the record."""

from collections.abc import Iterator

from django.db.models import Q

from ballots.models import Ballot, Elector, Option
from proposals.counts import KeptColumn

HELD_HERE = Q(source_id="")  # what was brought in from another site has no roll of ours


def kept_columns() -> Iterator[KeptColumn]:
    """Options on the ballot, and lines of the roll."""
    yield KeptColumn(Ballot, "options_count", Option.objects.all(), "ballot")
    yield KeptColumn(Ballot, "eligible_count", Elector.objects.all(), "ballot", owners=HELD_HERE)
