"""Find your community."""

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community


def page(client: Client, **query: str) -> str:
    response = client.get("/find/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_by_name_and_by_place(client: Client, community: Community) -> None:
    for question in ("larkfield", "Eastbrook", "LARK east", ""):
        assert f'href="/c/{community.slug}/"' in page(client, q=question)


def test_nothing_found_says_what_to_do(client: Client, community: Community) -> None:
    assert "No community of that name is here yet" in page(client, q="Atlantis")


def test_private_communities_are_not_found_even_by_members(
    client: Client, private_community: Community, make_user: object
) -> None:
    member: User = make_user("Lena", private_community)  # type: ignore[operator]
    client.force_login(member)
    assert "marrow-ward" not in page(client, q="Marrow").replace('href="/c/marrow-ward/', "")
    assert f"<h3>{private_community.name}" not in page(client, q="Marrow")
    assert "No community of that name is here yet" in page(client, q="Marrow")


@pytest.mark.parametrize(
    "question", ["\x00", "%", "_", "'; drop table", "x" * 5000, "<script>alert(1)</script>", "\u202e"]
)
def test_hostile_questions_are_only_words(client: Client, community: Community, question: str) -> None:
    html = page(client, q=question)
    assert "<script>alert" not in html
