"""The place that imported petitions live in: a public community with an agreement that says how that site works."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from communities.actions.communities import touch_organisations
from communities.models import Agreement, Community, Organisation, Rule, Topic
from proposals.importing.source import Source
from record import clock
from record.announcements import SYSTEM, announce

THRESHOLD = 10_000  # signatures; https://petition.parliament.uk/help
WORKING_DAYS = 15  # "usually within 3 weeks", the same page
DAYS_TO_GATHER = 183  # petitions are open for six months
TOPIC_SLUG = "petitions"


@transaction.atomic
def open_petitions_community(*, slug: str, name: str, source: Source) -> Community:
    """The community of this slug, made where there is none, with the topic that petitions belong to.

    Where the community is somebody else's, its agreement is left alone: the topic stands outside it.
    """
    community = Community.objects.select_for_update().filter(slug=slug).first()
    if community is None:
        community = _create(slug, name, source)
    _topic(community)
    return community


def petitions_topic(community: Community) -> Topic:
    """The topic of imported petitions, with its rule."""
    return Topic.objects.select_related("rule").get(community=community, slug=TOPIC_SLUG)


def _create(slug: str, name: str, source: Source) -> Community:
    community = Community.objects.create(
        slug=slug,
        name=name,
        summary=_(
            "Petitions to the UK Government, brought in from the Parliament’s own site with their dates and answers. "
            "The signatures were given there. Nobody here gave them."
        ),
        place=_("United Kingdom"),
        country="GB",
        subdivision="ENG",
        source_name=source.name,
        source_url=source.url,
        source_licence=source.licence,
        source_licence_url=source.licence_url,
    )
    agreement = Agreement.objects.create(
        community=community,
        version=1,
        agreed_on=clock.today(),
        how_agreed=_("by taking over the rules of the Parliament’s petitions site"),
        why=_(
            "On that site the Government answers a petition that 10,000 people have signed. It says that it usually "
            "does so within three weeks, which we count as 15 working days. A petition is open for six months."
        ),
        days_to_gather=DAYS_TO_GATHER,
    )
    topic = _topic(community)
    topic.rule = Rule.objects.create(
        agreement=agreement,
        topic=topic,
        who_decides=Rule.WhoDecides.ORGANISATION,
        support_threshold=THRESHOLD,
        response_working_days=WORKING_DAYS,
    )
    topic.save(update_fields=["rule"])
    announce(
        "community.created",
        subject=community,
        community=community,
        actor=SYSTEM,
        payload={"slug": slug, "source": source.url, "agreement": str(agreement.pk), "version": 1},
        texts={"name": name},
    )
    return community


def _topic(community: Community) -> Topic:
    topic, _made = Topic.objects.get_or_create(
        community=community, slug=TOPIC_SLUG, defaults={"name": _("Petitions to the Government")}
    )
    return topic


def seat_departments(community: Community, names: set[str]) -> dict[str, Organisation]:
    """The organisations of these names, made where there are none, at this community's table. By name."""
    known = {row.name: row for row in Organisation.objects.filter(name__in=names)}
    for name in sorted(names - set(known)):
        known[name] = Organisation.objects.create(
            name=name, slug=_free_slug(name), sector=Organisation.Sector.GOVERNMENT
        )
    there = set(community.organisations.values_list("pk", flat=True))
    came = [row for row in known.values() if row.pk not in there]
    if came:
        community.organisations.add(*came)
        community.touch()
        touch_organisations(community, [row.pk for row in came])
    return known


def _free_slug(name: str) -> str:
    start = slugify(name)[:76].strip("-") or "department"
    slug, number = start, 1
    while Organisation.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{start}-{number}"
    return slug
