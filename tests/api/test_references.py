"""A row by what people call it: what is not there is refused, since an empty list would make a wrong story."""

import pytest

from api.v1 import RESOURCES
from communities.models import Community
from decisions.models import Decision
from tests.api.conftest import Get

REFERENCED = [resource.name for resource in RESOURCES if any(item.name == "reference" for item in resource.filters)]


@pytest.mark.parametrize("name", REFERENCED)
def test_the_reference_of_a_row_finds_that_row_alone(get: Get, name: str, decision: Decision) -> None:
    row = get(name).json()["results"][0]
    assert [found["id"] for found in get(name, reference=row["reference"]).json()["results"]] == [row["id"]]


def test_every_list_whose_rows_have_a_reference_takes_it_as_a_filter() -> None:
    with_column = {resource.name for resource in RESOURCES if any(one.name == "reference" for one in resource.columns)}
    assert with_column == set(REFERENCED)


@pytest.mark.parametrize("form", ["json", "csv", "ndjson"])
@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("decisions", "D-2026-9999"),
        ("decisions", "D-2026-35"),
        ("decisions", "D-26-0035"),
        ("decisions", "P-2026-0001"),
        ("proposals", "D-2026-0001"),
        ("proposals", "PP-2026-0001"),
        ("responses", "C-2026-0001"),
        ("commitments", "R-2026-0001"),
        ("ballots", "D-2026-0001"),
        ("communities", "nowhere"),
        ("communities", "larkfield/lighting"),
        ("organisations", "nobody"),
        ("topics", "lighting"),
        ("topics", "larkfield/nothing"),
        ("topics", "larkfield/lighting/x"),
        ("topics", "/"),
        ("topics", "a\x00/b"),
    ],
)
def test_a_reference_that_is_not_there_is_refused(
    get: Get, decision: Decision, name: str, reference: str, form: str
) -> None:
    response = get(name, reference=reference, format=form)
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == ["reference"]


def test_a_reference_that_another_filter_leaves_out_is_an_empty_list(get: Get, decision: Decision) -> None:
    response = get("decisions", reference=decision.reference, overruled="true")
    assert (response.status_code, response.json()["results"]) == (200, [])


@pytest.mark.parametrize(("name", "reference"), [("communities", "marrow-ward"), ("topics", "marrow-ward/lighting")])
def test_what_is_private_is_as_unknown_as_what_never_was(
    get: Get, community: Community, private_community: Community, name: str, reference: str
) -> None:
    private, unknown = get(name, reference=reference), get(name, reference=reference.replace("marrow", "arrow"))
    assert private.status_code == unknown.status_code == 400
    assert private.content == unknown.content
