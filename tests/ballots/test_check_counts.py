"""manage.py check_counts knows what this room keeps, and is blind to votes."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from ballots.actions.voting import cast_vote
from ballots.models import Ballot
from tests.ballots.conftest import counted


def run(*args: str) -> str:
    out = StringIO()
    call_command("check_counts", *args, stdout=out)
    return out.getvalue()


def test_the_actions_keep_options_and_the_roll(open_vote: Ballot, neighbours: list[User]) -> None:
    cast_vote(ballot=open_vote, acting_user=neighbours[0], choices={"1": 1})
    assert "right" in run()
    counted(open_vote)
    assert "right" in run()


def test_a_wrong_count_is_named_and_put_right(open_vote: Ballot) -> None:
    Ballot.objects.update(options_count=99, eligible_count=1)
    with pytest.raises(CommandError, match="2 counts"):
        run()
    said = run("--fix")
    assert "ballot.options_count" in said
    assert "ballot.eligible_count" in said
    open_vote.refresh_from_db()
    assert (open_vote.options_count, open_vote.eligible_count) == (4, 6)


def test_a_vote_from_another_site_has_no_roll_here(open_vote: Ballot) -> None:
    open_vote.electors.all().delete()
    Ballot.objects.update(source_id="assen-2024", eligible_count=61_000)
    assert "right" in run()
