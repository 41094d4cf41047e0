"""Organisations: who must answer, and how they do."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, Made, address_in, gathered_path, ids_of, page_of
from api.gathering import Gather
from api.pagination import Ordering
from api.resources import Resource, names
from communities.models import Organisation

LEFT = "left_the_last_public_community"


def _is_withdrawn(communities: list[Any]) -> bool:
    return not communities


def _reason(communities: list[Any]) -> str | None:
    return LEFT if _is_withdrawn(communities) else None


COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("Its short name, which filters take too."), "slug"),
    Column("url", "url", _("Its address in this API."), address_in("organisations")),
    Column("html_url", "url", _("The address of its page."), page_of("communities:organisation", "slug")),
    Column("title", "text", _("Its name."), "name"),
    Column("sector", "text", _("What kind of organisation it is."), choices=tuple(Organisation.Sector.values)),
    Column("summary", "text", _("What it says of itself.")),
    Column("communities", "ids", _("The public communities in which it sits."), ids_of("communities")),
    Column(
        "withdrawn",
        "boolean",
        _("Whether it left the last public community in which it sat. The row stays, as what it did there does."),
        Made((gathered_path("communities"),), _is_withdrawn),
    ),
    Column(
        "reason",
        "text",
        _("Why it is withdrawn."),
        Made((gathered_path("communities"),), _reason),
        nullable=True,
        choices=(LEFT,),
    ),
    Column("asks_count", "integer", _("How often it was asked for an answer.")),
    Column("answers_count", "integer", _("How often it answered.")),
    Column("answers_on_time_count", "integer", _("How often it answered by the date.")),
    Column("commitments_open", "integer", _("Its promises that are open.")),
    Column("commitments_kept", "integer", _("Its promises that were kept.")),
    Column("commitments_broken", "integer", _("Its promises dropped, or twenty working days late.")),
    Column("created", "datetime", _("When it came to the site."), "created_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)


def _rows() -> QuerySet[Any]:
    return filters.public_organisations()


ORGANISATIONS = Resource(
    name="organisations",
    one="organisation",
    meaning=_("The landlords, councils, health services and others at the table. Each row says how well they answer."),
    model=Organisation,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.short_name("penhale-homes", _rows, "slug"),
        filters.community(_("In one community: its id or short name."), "communities"),
        filters.choice("sector", _("What kind of organisation."), Organisation.Sector.values),
        filters.updated_since(_("Changed at this moment or later.")),
        filters.words(_("Words in the name or the summary."), "name", "summary"),
    ),
    orderings=(
        Ordering("title", "name"),
        Ordering("-title", "name"),
        Ordering("updated", "updated_at"),
        Ordering("-updated", "updated_at"),
    ),
    stamps=("pk", "updated_at", "asks_count", "answers_count", "commitments_open"),
    gathered=(Gather("communities", where=Q(communities__is_public=True)),),
    settled=names("reference title sector summary created"),
)
