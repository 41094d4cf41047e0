"""The page and the open API find the same decisions by the same words."""

import pytest
from django.db import connection
from django.test import Client

from communities.models import Community
from decisions.models import Decision
from decisions.search import searched

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(community: Community) -> Decision:
    def make(number: int, title: str, summary: str = "Yes.", reasons: str = "Because.") -> Decision:
        return Decision.objects.create(
            community=community,
            reference=f"D-2026-{number:04d}",
            title=title,
            summary=summary,
            reasons=reasons,
            outcome="accepted",
            decided_on="2026-01-01",
            decided_by="organisation_alone",
            basis_kind="notice",
        )

    make(43, "A bench on the green")
    return make(42, "Lighting the long path", "Two lamps by January.", "Neighbours fell in the dark.")


@pytest.mark.parametrize(
    ("question", "is_found"),
    [
        ("lights", True),
        ("LAMP january", True),
        ("path dark", True),
        ("neighbour falls", False),
        ("bench dark", False),
        ("meadow", False),
        ("{reference}", True),
        ("{lower}", True),
        ('lamp" (path', True),
        ("% _", False),
    ],
)
def test_the_page_and_the_api_find_the_same(client: Client, story: Decision, question: str, is_found: bool) -> None:
    question = question.format(reference=story.reference, lower=story.reference.lower())
    page = client.get("/decisions/", {"q": question}).text
    answer = client.get("/api/v1/decisions/", {"q": question})
    assert ("Lighting the long path" in page) is is_found
    if answer.status_code == 200:  # the API takes no question without a letter
        assert bool(answer.json()["results"]) is is_found


def test_a_reference_finds_none_that_only_begins_like_it(client: Client, story: Decision) -> None:
    Decision.objects.exclude(pk=story.pk).update(reference="D-2026-0033")
    Decision.objects.filter(pk=story.pk).update(reference="D-2026-0034")
    answer = client.get("/api/v1/decisions/", {"q": "D-2026-0033"}).json()["results"]
    assert [row["title"] for row in answer] == ["A bench on the green"]


def test_postgresql_uses_its_index(story: Decision) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no index of words")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "decisions_words" in searched(Decision.objects.all(), "lamps").explain()
