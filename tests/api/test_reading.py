"""Long lists are read without objects, and what is made in bulk is what would be made one by one."""

import csv
import io
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from django.urls import NoReverseMatch, reverse
from django.urls.base import set_script_prefix
from hypothesis import given
from hypothesis import strategies as st

from api.columns import Column, page_address
from api.reading import bare_fields
from api.resources import Resource
from api.tables import FORMULA_MARKS, csv_writer
from api.v1 import RESOURCES
from config.postgresql.base import UtcLoader

pytestmark = pytest.mark.pure

LONG = ("decisions", "proposals", "asks", "responses", "commitment-asks", "commitments", "organisations")


@pytest.mark.parametrize("resource", [one for one in RESOURCES if one.name in LONG], ids=lambda one: one.name)
def test_a_long_list_makes_no_object_of_a_row(resource: Resource) -> None:
    wrong = [column.name for column in resource.columns if "" in column.paths]
    assert not wrong, "These take the whole object; say what they are Made of."
    assert bare_fields(resource)


@pytest.mark.parametrize("resource", [one for one in RESOURCES if one.name in LONG], ids=lambda one: one.name)
def test_each_order_of_a_long_list_has_an_index(resource: Resource) -> None:
    """Without one each page, the first and the deepest, sorts all that there is."""
    meta = resource.model._meta
    served = {tuple(one.fields[:1]) for one in meta.indexes if one.condition is None}
    served |= {(field.name,) for field in meta.concrete_fields if field.db_index or field.unique}
    served = {name.removeprefix("-") for names in served for name in names}
    assert {ordering.field for ordering in resource.orderings} <= served


@given(st.lists(st.tuples(*[st.text("a ,;\"'\r\n\t€=", max_size=6)] * 3), max_size=4))
def test_a_table_is_what_the_csv_module_would_write(rows: list[tuple[str, str, str]]) -> None:
    rows = [row for row in rows if not any(text.lstrip("'").startswith(FORMULA_MARKS) for text in row)]
    columns = tuple(Column(name, "text", "What somebody wrote.") for name in ("one", "two", "three"))
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    assert csv_writer(columns)([list(texts) for texts in zip(*rows, strict=True)]) == file.getvalue()


def test_an_empty_cell_alone_is_still_a_row() -> None:
    assert csv_writer((Column("one", "text", "It."),))([["a", "", None]]) == 'a\r\n""\r\n""\r\n'


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("decisions:detail", ("D-2026-0001",)),
        ("proposals:detail", ("acorn_court", 47, "a-lift-that-works")),
        ("ballots:detail", ("acorn-court", "B-2026-0003")),
    ],
)
@pytest.mark.parametrize("prefix", ["/", "/table/"])
def test_an_address_is_what_the_resolver_says(name: str, parts: tuple[str | int, ...], prefix: str) -> None:
    odd = (*parts[:-1], "no slug")  # quoted by the one, refused by the others

    def resolver(*of: str | int) -> str:
        return reverse(name, args=of)

    def asked(address: Callable[..., str], *of: object) -> str:
        try:
            return address(*of)
        except NoReverseMatch:
            return "no such page"

    set_script_prefix(prefix)
    try:
        assert page_address(name, *parts) == settings.SITE_URL + reverse(name, args=parts)
        assert asked(page_address, name, *odd).removeprefix(settings.SITE_URL) == asked(resolver, *odd)
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    "text",
    ["2026-07-03 04:05:06.123456+00", "2026-07-03 04:05:06.5+00", "2026-07-03 04:05:06+00", "0001-01-01 00:00:00+00"],
)
def test_a_moment_is_read_as_django_reads_it(text: str) -> None:
    class Slow(BaseTzLoader):
        timezone = UtcLoader.timezone

    mine, theirs = (loader(0, None).load(text.encode()) for loader in (UtcLoader, Slow))
    assert (mine, mine.tzinfo) == (theirs, theirs.tzinfo)
