"""What the schema says, asked in many ways by schemathesis: no fault of ours, and every answer true to the schema."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, checks, openapi
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.v1 import RESOURCES
from ballots.models import Ballot
from decisions.models import Decision
from tests.api.conftest import Get

CHECKS: list[Any] = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 6  # of each question; all are tried in each run of CI, other ones each time


@pytest.fixture
def real_ids(get: Get, decision: Decision, certified: Ballot) -> dict[str, str]:
    """An id that is there for each list, so that not all the questions end in a 404."""
    return {resource.name: get(resource.name).json()["results"][0]["id"] for resource in RESOURCES}


@pytest.fixture
def schema(settings: Any, real_ids: dict[str, str]) -> Iterator[Any]:
    """The whole API beside a story that has a row in each list. Requests go through WSGI, as in life; they must not
    close the connection in whose transaction the test is."""
    settings.API_RATE = "100000/min"
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_answer_is_true_to_the_schema(schema: Any, real_ids: dict[str, str]) -> None:
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        name = operation.path.removeprefix("/api/v1/").split("/")[0]
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _ask(operation.as_strategy(generation_mode=mode), real_ids.get(name))
        asked += 1
    assert asked > 20


def _ask(cases: Any, real: str | None) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case: schemathesis.Case) -> None:
        if real is not None and case.path_parameters and hash(str(case.query)) % 2:
            case.path_parameters["id"] = real
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    ask()
