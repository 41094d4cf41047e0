"""Communities: who decides together."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, address_in, ids_of, or_none, page_of
from api.gathering import Gather
from api.pagination import Ordering
from api.resources import Resource, names
from communities.models import Agreement, Community


def _rows() -> QuerySet[Any]:
    return Community.objects.visible_to(AnonymousUser())


def _agreement(community: Community) -> Agreement | None:
    return max(community.agreements.all(), key=lambda agreement: agreement.version, default=None)


def _version(community: Community) -> int | None:
    agreement = _agreement(community)
    return agreement.version if agreement else None


def _agreed_on(community: Community) -> Any:
    agreement = _agreement(community)
    return agreement.agreed_on if agreement else None


COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("Its short name, which filters take too."), "slug"),
    Column("url", "url", _("Its address in this API."), address_in("communities")),
    Column("html_url", "url", _("The address of its page."), page_of("communities:community", "slug")),
    Column("title", "text", _("Its name."), "name"),
    Column("summary", "text", _("What it says of itself.")),
    Column("place", "text", _("Where it is.")),
    Column("homes", "integer", _("How many homes it has."), nullable=True),
    Column("country", "text", _("Its country (ISO 3166-1): its bank holidays are not working days.")),
    Column("subdivision", "text", _("The part of the country (ISO 3166-2).")),
    Column("organisations", "ids", _("The organisations at its table."), ids_of("organisations")),
    Column("residents_count", "integer", _("How many have joined who are known to live there.")),
    Column("proposals_count", "integer", _("How many proposals were put on its table.")),
    Column("agreement_version", "integer", _("The version of its agreement."), _version, nullable=True),
    Column("agreed_on", "date", _("When that version was agreed."), _agreed_on, nullable=True),
    Column("source_name", "text", _("The site that its proposals were brought in from.")),
    Column("source_url", "url", _("The address of that site."), or_none("source_url"), nullable=True),
    Column("source_licence", "text", _("The licence of what was brought in.")),
    Column(
        "source_licence_url",
        "url",
        _("The text of that licence."),
        or_none("source_licence_url"),
        nullable=True,
    ),
    Column("created", "datetime", _("When it came to the table."), "created_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)

COMMUNITIES = Resource(
    name="communities",
    one="community",
    meaning=_("The places and groups that decide together, in public."),
    model=Community,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.short_name("larkfield", _rows, "slug"),
        filters.organisation(_("With one organisation at the table: its id or short name."), "organisations"),
        filters.updated_since(_("Changed at this moment or later.")),
        filters.words(_("Words in the name, the place or the summary."), "name", "place", "summary"),
    ),
    orderings=(
        Ordering("title", "name"),
        Ordering("-title", "name"),
        Ordering("updated", "updated_at"),
        Ordering("-updated", "updated_at"),
    ),
    stamps=("pk", "updated_at", "residents_count", "proposals_count"),
    gathered=(Gather("organisations"), "agreements"),
    settled=names(
        "reference title summary place homes country subdivision agreed_on source_name source_url source_licence "
        "source_licence_url created"
    ),
    settled_with=(("agreed_on", "agreement_version"),),
)
