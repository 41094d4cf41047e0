"""The moment of an erasure must not tell what the person had agreed with or backed."""

import json

import pytest
from django.test import Client

from accounts.actions import erase_user
from accounts.models import User
from proposals.actions.backing import back_proposal
from proposals.actions.mapping import find_all_common_ground
from proposals.actions.opinions import give_opinion
from proposals.models import Opinion
from tests.api.conftest import Table


@pytest.mark.django_db
def test_two_downloads_around_an_erasure_do_not_tell_the_answers(
    table: Table, neighbours: list[User], client: Client
) -> None:
    """Their own proposal is marked as changed, since its name goes. One that they only agreed with, or backed, looks
    to the byte as it did, also when the map of the community was worked out again."""
    leaver, own, others = neighbours[0], table(author=neighbours[0]), [table(title=f"Lamp {n}") for n in range(3)]
    for at, proposal in enumerate(others):
        for neighbour in neighbours:
            value = Opinion.Value.DISAGREE if neighbour == leaver else Opinion.Value.AGREE
            give_opinion(proposal=proposal, acting_user=neighbour, value=value)
        if at:
            back_proposal(proposal=proposal, acting_user=leaver)
    before = _downloaded(client)
    erase_user(user=leaver, acting_user=leaver)
    after = _downloaded(client)
    changed = {reference for reference, line in after.items() if before[reference] != line}
    assert changed == {own.reference}


def _downloaded(client: Client) -> dict[str, str]:
    find_all_common_ground()
    lines: str = client.get("/api/v1/proposals/?format=ndjson").getvalue().decode()  # type: ignore[attr-defined]
    return {json.loads(line)["reference"]: line for line in lines.splitlines()}
