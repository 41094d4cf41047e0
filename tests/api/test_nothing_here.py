"""An address that is nearly right leads on; one that is wrong says what there is."""

import pytest
from django.test import Client

from decisions.models import Decision

BASE = "http://127.0.0.1:8000/api/v1"


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("/api/v1", "/api/v1/"),
        ("/api/v1/decisions", "/api/v1/decisions/"),
        ("/api/v1/decisions?format=csv&q=a%20b", "/api/v1/decisions/?format=csv&q=a%20b"),
        ("/api/v1/Decisions/", "/api/v1/decisions/"),
        ("/api/v1/record/5", "/api/v1/record/5/"),
        ("/api/v1/record/consistency?from=1&to=2", "/api/v1/record/consistency/?from=1&to=2"),
        ("/api/v1/schema", "/api/v1/schema/"),
        ("/api/webhooks", "/api/webhooks/"),
    ],
)
@pytest.mark.parametrize("accept", ["*/*", "text/csv"])
def test_a_missing_slash_leads_on_and_says_so(client: Client, db: None, address: str, right: str, accept: str) -> None:
    response = client.get(address, headers={"Accept": accept})
    assert (response.status_code, response["Location"]) == (301, right)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    said = response.json()
    assert said["type"].endswith("/api/#moved")
    assert "end with a slash" in said["detail"]
    assert "http://127.0.0.1:8000" + right.partition("?")[0] in said["detail"]
    assert client.head(address).status_code == 301
    assert client.post(address, "{}", content_type="application/json").status_code == 405


def test_an_id_in_capitals_is_found(client: Client, decision: Decision) -> None:
    for address in (f"/api/v1/decisions/{str(decision.pk).upper()}/", f"/api/v1/decisions/{decision.pk}"):
        assert client.get(client.get(address)["Location"]).json()["id"] == str(decision.pk)


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("decisions/D-2026-0035/", "decisions/?reference=D-2026-0035"),
        ("decisions/d-2026-0035", "decisions/?reference=d-2026-0035"),
        ("decisions/D-2026-0035/?format=csv", "decisions/?reference=D-2026-0035"),
        ("communities/larkfield/", "communities/?reference=larkfield"),
        ("topics/larkfield/lighting/", "topics/?reference=larkfield/lighting"),
        ("decisions/P-2026-0001/", ""),
        ("decisions/%0d%0aX-Evil:1", ""),
        ("decisions/<b>/", ""),
        ("nothing/", ""),
        ("x" * 2000, ""),
        ("//evil.example", ""),
    ],
)
def test_what_is_not_there_says_what_there_is(client: Client, db: None, address: str, hint: str) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].endswith(f"{BASE}/{hint}")
