from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from communities.models import Organisation
from proposals.models import Proposal


def run(*args):
    out = StringIO()
    call_command("check_counts", *args, stdout=out)
    return out.getvalue()


def test_the_actions_keep_every_count(decided):
    assert "right" in run()


def test_a_wrong_count_is_named_and_put_right(decided):
    Proposal.objects.filter(pk=decided.pk).update(supports_count=99)
    Organisation.objects.update(answers_on_time_count=7)
    with pytest.raises(CommandError, match="wrong"):
        run()
    assert "proposal.supports_count" in run("--fix")
    decided.refresh_from_db()
    assert decided.supports_count == 3
    assert "right" in run()


def test_the_open_api_has_the_right_number_at_once(client, decided):
    """Also where only that number was wrong, so that its row was kept as it is."""
    Proposal.objects.filter(pk=decided.pk).update(supports_count=99)
    before = client.get("/api/v1/proposals/")
    assert before.json()["results"][0]["supports"] == 99
    run("--fix")
    after = client.get("/api/v1/proposals/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["results"][0]["supports"] == 3
