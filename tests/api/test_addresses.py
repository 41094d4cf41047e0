"""Addresses of pages in many rows at once are those that the site map gives one by one; and each thing has one."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from api.columns import page_of
from tests.record.conftest import Grow, Sign, grow, sign

__all__ = ["grow", "sign"]  # fixtures of the record, for this room too

NAME = "communities:organisation"


def addresses(*parts: object) -> list[str]:
    return list(page_of(NAME, "slug").values(lambda path: parts))


def test_they_are_those_of_the_site_map() -> None:
    assert addresses("larkfield", "heron-house") == [
        settings.SITE_URL + reverse(NAME, args=[slug]) for slug in ("larkfield", "heron-house")
    ]


@pytest.mark.parametrize("missing", ["", "no such/slug"])
def test_a_part_that_no_page_has_is_refused_among_good_ones_too(missing: str) -> None:
    with pytest.raises(NoReverseMatch):
        addresses("larkfield", missing)


@pytest.mark.parametrize("address", ["/api/v1/record/{}/", "/api/v1/record/checkpoints/{}/", "/record/{}/"])
def test_a_number_is_written_in_one_way(client: Client, grow: Grow, sign: Sign, address: str) -> None:
    grow(10)
    sign(0)
    grow(1)
    assert client.get(address.format(10)).status_code == 200
    assert client.get(address.format(0)).status_code == (404 if "checkpoints" in address else 200)
    for other in ("010", "00", "000000010", "+10", "1_0", "\u0661\u0660"):
        assert client.get(address.format(other)).status_code == 404
