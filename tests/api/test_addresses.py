"""Addresses of pages in many rows at once are those that the site map gives one by one."""

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from api.columns import page_of

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
