"""Topics: what the agreement of a community says of each matter."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, address_in, community_of, named
from api.pagination import Ordering
from api.resources import Resource, names
from communities.models import Rule, Topic


def _rows() -> QuerySet[Any]:
    return Topic.objects.visible_to(AnonymousUser())


def _of_rule(name: str) -> Any:
    """A column of the rule in force; None once the agreement no longer names the topic."""

    def value(topic: Topic) -> Any:
        return getattr(topic.rule, name) if topic.rule is not None else None

    return value


def _version(topic: Topic) -> int | None:
    return topic.rule.agreement.version if topic.rule is not None else None


COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column(
        "reference",
        "text",
        _("The short name of its community, and its own."),
        lambda row: f"{row.community.slug}/{row.slug}",
    ),
    Column("url", "url", _("Its address in this API."), address_in("topics")),
    Column(
        "html_url",
        "url",
        _("The agreement that names it."),
        lambda row: settings.SITE_URL + reverse("communities:agreement", args=[row.community.slug]),
    ),
    Column("title", "text", _("Its name."), "name"),
    Column("community", "ref", _("Whose agreement it is."), community_of()),
    Column("organisation", "ref", _("Who usually answers."), named("organisations", "organisation"), nullable=True),
    Column(
        "who_decides",
        "text",
        _("Who decides, by the agreement in force."),
        _of_rule("who_decides"),
        nullable=True,
        choices=tuple(Rule.WhoDecides.values),
    ),
    Column(
        "support_threshold",
        "integer",
        _("How many residents must back a proposal."),
        _of_rule("support_threshold"),
        nullable=True,
    ),
    Column(
        "response_working_days",
        "integer",
        _("The time for an answer, in working days."),
        _of_rule("response_working_days"),
        nullable=True,
    ),
    Column("agreement_version", "integer", _("The version of the agreement."), _version, nullable=True),
    Column("created", "datetime", _("When it was first named."), "created_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)

TOPICS = Resource(
    name="topics",
    one="topic",
    meaning=_(
        "What an agreement is about, one topic a row. Each says who decides, how many must back it, and how long an "
        "answer may take."
    ),
    model=Topic,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.short_name("larkfield/lighting", _rows, "community__slug", "slug"),
        filters.community(_("Of one community: its id or short name.")),
        filters.organisation(_("Usually answered by one organisation: its id or short name.")),
        filters.choice("who_decides", _("Who decides."), Rule.WhoDecides.values, "rule__who_decides"),
        filters.updated_since(_("Changed at this moment or later.")),
        filters.words(_("Words in the name."), "name"),
    ),
    orderings=(
        Ordering("title", "name"),
        Ordering("-title", "name"),
        Ordering("updated", "updated_at"),
        Ordering("-updated", "updated_at"),
    ),
    stamps=("pk", "updated_at", "rule_id", "community__updated_at", "organisation__name"),
    joined=("community", "organisation", "rule__agreement"),
    settled=names("reference title community organisation who_decides support_threshold response_working_days created"),
    settled_with=(
        ("organisation", "agreement_version"),
        ("who_decides", "agreement_version"),
        ("support_threshold", "agreement_version"),
        ("response_working_days", "agreement_version"),
    ),
)
