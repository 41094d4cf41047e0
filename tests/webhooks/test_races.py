"""An owner’s press and the sweep at once, with real threads on PostgreSQL. Fails without its guard: the sweep asks
again under the lock of the row."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from record import clock
from tests.races import Act, held, waits_or_ends
from tests.webhooks.conftest import MakeEndpoint
from webhooks.actions.managing import resume
from webhooks.actions.subscribing import confirm
from webhooks.actions.sweeping import sweep
from webhooks.models import Endpoint

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("state", "press"), [("paused", resume), ("unconfirmed", confirm)])
def test_a_press_that_is_not_committed_yet_wins(
    state: str, press: Callable[..., Endpoint], make_endpoint: MakeEndpoint
) -> None:
    old = clock.now() - timedelta(days=91)
    endpoint = make_endpoint(state=state, state_at=old, created_at=old, confirmed_at=None)
    with held(lambda: press(endpoint=endpoint)):
        sweeping = Act(sweep)
        waits_or_ends(sweeping)
    assert sweeping.ends() is None
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.email) == ("active", "sub@example.org")
