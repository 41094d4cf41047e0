"""The community that is measured: its people, organisations, agreement and topics."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from communities.actions.communities import touch_organisations
from communities.models import Agreement, Community, Membership, Organisation, Rule, Topic
from record import clock

BATCH = 2000
AREAS = ("North Row", "South Row", "Mill Court", "Canal House", "Orchard House")
ORGANISATIONS = (("Measured Homes", "housing"), ("Measured Council", "council"), ("Measured NHS Trust", "health"))
TOPICS = (
    ("Repairs", Rule.WhoDecides.TOGETHER),
    ("Green space", Rule.WhoDecides.RESIDENTS),
    ("Lighting and paths", Rule.WhoDecides.ORGANISATION),
    ("Rents and charges", Rule.WhoDecides.ORGANISATION),
    ("Health visits", Rule.WhoDecides.ORGANISATION),
)


@dataclass(frozen=True)
class Place:
    """Everything that a proposal hangs on."""

    community: Community
    topics: list[Topic]
    organisations: list[Organisation]
    residents: list[User]
    officers: list[User]


@transaction.atomic
def make_place(*, slug: str, users: int, threshold: int) -> Place:
    """The community of this slug with at least `users` residents. What is there is used again."""
    community, _made = Community.objects.get_or_create(
        slug=slug, defaults={"name": f"Measured place {slug}", "summary": "Made up, for measuring.", "place": "Nowhere"}
    )
    organisations = [
        Organisation.objects.get_or_create(
            name=name, defaults={"slug": name.lower().replace(" ", "-"), "sector": sector}
        )[0]
        for name, sector in ORGANISATIONS
    ]
    community.organisations.set(organisations)
    touch_organisations(community, [organisation.pk for organisation in organisations])
    topics = _topics(community, organisations, threshold)
    residents = _residents(community, users)
    officers = [_officer(community, organisation) for organisation in organisations]
    Community.objects.filter(pk=community.pk).update(residents_count=len(residents), updated_at=clock.now())
    community.refresh_from_db()
    return Place(community, topics, organisations, residents, officers)


def _topics(community: Community, organisations: list[Organisation], threshold: int) -> list[Topic]:
    agreement, _made = Agreement.objects.get_or_create(
        community=community, version=1, defaults={"agreed_on": clock.today(), "how_agreed": "for measuring"}
    )
    topics = []
    for number, (name, who) in enumerate(TOPICS):
        topic, is_new = Topic.objects.get_or_create(
            community=community,
            slug=f"topic-{number}",
            defaults={"name": name, "organisation": organisations[number % len(organisations)]},
        )
        if is_new:
            topic.rule = Rule.objects.create(
                agreement=agreement,
                topic=topic,
                who_decides=who,
                support_threshold=threshold,
                response_working_days=20,
            )
            topic.save(update_fields=["rule"])
        topics.append(topic)
    return topics


def _residents(community: Community, users: int) -> list[User]:
    seated = Membership.objects.filter(community=community, role="resident")
    there = list(User.objects.filter(pk__in=seated.values("user_id")).only("pk").order_by("pk"))
    nobody_signs_in = make_password(None)
    new = [
        User(
            email=f"resident-{number}@{community.slug}.example",
            display_name=f"Resident {number}",
            password=nobody_signs_in,
        )
        for number in range(len(there), users)
    ]
    User.objects.bulk_create(new, batch_size=BATCH)
    Membership.objects.bulk_create(
        (
            Membership(
                user=user,
                community=community,
                role="resident",
                area=AREAS[number % len(AREAS)],
                verified_at=clock.now(),
            )
            for number, user in enumerate(new)
        ),
        batch_size=BATCH,
    )
    return there + new


def _officer(community: Community, organisation: Organisation) -> User:
    seat = Membership.objects.filter(community=community, organisation=organisation).select_related("user").first()
    if seat is not None:
        return seat.user
    name = f"officer@{organisation.slug}.{community.slug}.example"
    officer = User.objects.create(
        email=name, display_name=f"Officer of {organisation.name}", password=make_password(None)
    )
    Membership.objects.create(
        user=officer, community=community, role="professional", organisation=organisation, job_title="officer"
    )
    return officer
