"""What looks like a person's own details, and what does not."""

import pytest

from proposals.personal_details import personal_details


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to carol.f+x@example.org", "an e-mail address"),
        ("Ring 07700 900123", "a phone number"),
        ("Ring +44 20 7946 0958 now", "a phone number"),
        ("at SW1A 1AA", "a postcode"),
        ("She lives in flat 12b", "somebody’s address"),
        ("knock at 14 Wren Walk", "somebody’s address"),
    ],
)
def test_found(text: str, kind: str) -> None:
    assert kind in [str(found) for found in personal_details(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We asked at 52 doors in Heron House.",
        "It costs £38,000 and takes 14 weeks.",
        "Call 101.",
        "1 or 2 lamps",
        "B2",
    ],
)
def test_not_found(text: str) -> None:
    assert personal_details(text) == []
