"""A decision that overrules residents says what it overruled, and what was overruled says by what."""

import json
from uuid import uuid4

from accounts.models import User
from communities.models import Community, Topic
from decisions.actions import overrule_decision
from proposals.actions.deciding import decide_at_meeting
from record import clock
from tests.api.conftest import Get, Table
from tests.api.test_files import text


def test_an_overruling_says_what_it_overruled(
    get: Get, table: Table, professional: User, facilitator: User, community: Community
) -> None:
    proposal = table(topic=Topic.objects.select_related("rule", "community").get(community=community, slug="green"))
    decided = decide_at_meeting(
        proposal=proposal,
        acting_user=facilitator,
        held_on=clock.today(),
        meeting_label="Meeting",
        outcome="accepted",
        summary="Plant two trees.",
        reasons="Shade.",
        residents_present=14,
        professionals_present=0,
        votes_for=11,
        votes_against=2,
        submission=uuid4(),
    )
    words = {"title": "No trees", "summary": "We plant none.", "reasons": "Pipes."}
    overruling = overrule_decision(decision=decided, acting_user=professional, submission=uuid4(), **words)
    row = get("decisions", decided_by="organisation_overruling_residents").json()["results"][0]
    assert row == get(f"decisions/{overruling.pk}").json()
    assert [row] == get("decisions", overrules=str(decided.pk)).json()["results"]
    assert json.loads(text(get("decisions", overrules=str(decided.pk), format="ndjson"))) == row
    assert (row["overrules"]["id"], row["overrules"]["title"]) == (str(decided.pk), decided.title)
    assert row["proposals"] == [str(proposal.pk)]
    assert row["overruled_by"] is None
    of_residents = get(f"decisions/{decided.pk}").json()
    assert of_residents["overruled_by"]["id"] == row["id"]
    assert (of_residents["overrules"], of_residents["proposals"]) == (None, [str(proposal.pk)])
    line = get("record", kind="decision.overruled").json()["results"][0]["payload"]
    assert (line["overrules"], line["proposals"]) == (row["overrules"]["id"], row["proposals"])
