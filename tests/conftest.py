"""The shared cast: one estate, its landlord and council, and the people around its table."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Agreement, Community, Membership, Organisation, Rule, Topic
from record import clock

MakeUser = Callable[..., User]


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """make_user("Amina", community=…, role="resident", organisation=…): a person, with a seat where named."""

    def make(name: str, community: Community | None = None, role: str = "resident", **seat: Any) -> User:
        user = User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", display_name=name)
        if community is not None:
            if role == "resident":
                seat.setdefault("verified_at", clock.now())
                seat.setdefault("area", "Heron House")
            Membership.objects.create(user=user, community=community, role=role, **seat)
            if role == "resident" and seat.get("verified_at"):
                Community.objects.filter(pk=community.pk).update(residents_count=community.residents_count + 1)
                community.refresh_from_db()
        return user

    return make


def _community(name: str, slug: str, *, is_public: bool, organisations: list[Organisation]) -> Community:
    community = Community.objects.create(name=name, slug=slug, is_public=is_public, place="Eastbrook")
    community.organisations.set(organisations)
    agreement = Agreement.objects.create(
        community=community, version=1, agreed_on=clock.today(), how_agreed="by residents’ vote"
    )
    for topic_slug, topic_name, who, threshold in [
        ("lighting", "Lighting, paths and doors", Rule.WhoDecides.ORGANISATION, 3),
        ("repairs", "How repairs are booked", Rule.WhoDecides.TOGETHER, 3),
        ("green", "Green space and gardens", Rule.WhoDecides.RESIDENTS, 2),
    ]:
        topic = Topic.objects.create(
            community=community, slug=topic_slug, name=topic_name, organisation=organisations[0]
        )
        topic.rule = Rule.objects.create(
            agreement=agreement, topic=topic, who_decides=who, support_threshold=threshold, response_working_days=20
        )
        topic.save()
    return community


@pytest.fixture
def landlord(db: None) -> Organisation:
    return Organisation.objects.create(name="Penhale Homes", slug="penhale-homes", sector="housing")


@pytest.fixture
def council(db: None) -> Organisation:
    return Organisation.objects.create(name="Eastbrook Council", slug="eastbrook-council", sector="council")


@pytest.fixture
def community(landlord: Organisation, council: Organisation) -> Community:
    """Larkfield: public; topics lighting (organisation, 3 backers), repairs (together, 3), green (residents, 2)."""
    return _community("Larkfield Estate", "larkfield", is_public=True, organisations=[landlord, council])


@pytest.fixture
def private_community(landlord: Organisation, council: Organisation) -> Community:
    """Marrow Ward: private, with the same three topics."""
    return _community("Marrow Ward", "marrow-ward", is_public=False, organisations=[council, landlord])


@pytest.fixture
def resident(make_user: MakeUser, community: Community) -> User:
    """Amina: a verified resident of Larkfield."""
    return make_user("Amina Y", community)


@pytest.fixture
def neighbour(make_user: MakeUser, community: Community) -> User:
    return make_user("Joyce A", community)


@pytest.fixture
def neighbours(make_user: MakeUser, community: Community) -> list[User]:
    """Five more verified residents."""
    return [make_user(f"Neighbour {n}", community) for n in range(5)]


@pytest.fixture
def newcomer(make_user: MakeUser, community: Community) -> User:
    """A resident who is not verified yet."""
    return make_user("Nell N", community, verified_at=None)


@pytest.fixture
def professional(make_user: MakeUser, community: Community, landlord: Organisation) -> User:
    return make_user("Priya Nair", community, "professional", organisation=landlord, job_title="housing manager")


@pytest.fixture
def colleague(make_user: MakeUser, community: Community, landlord: Organisation) -> User:
    return make_user("Martin Hale", community, "professional", organisation=landlord, job_title="head of repairs")


@pytest.fixture
def councillor(make_user: MakeUser, community: Community, council: Organisation) -> User:
    """A professional here for the other organisation."""
    return make_user("Owen Pryce", community, "professional", organisation=council, job_title="parks officer")


@pytest.fixture
def facilitator(make_user: MakeUser, community: Community) -> User:
    return make_user("Fay Okoro", community, "facilitator")


@pytest.fixture
def outsider(make_user: MakeUser, private_community: Community) -> User:
    """A verified resident of another, private community."""
    return make_user("Otto B", private_community)


@pytest.fixture
def staff(make_user: MakeUser) -> User:
    """An operator of the site with the admin, and no seat anywhere."""
    user = make_user("Sam Staff")
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """client_of(user): a browser signed in as that person."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def topic(community: Community) -> Topic:
    """Lighting: the organisation decides after 3 residents ask."""
    return Topic.objects.select_related("rule").get(community=community, slug="lighting")
