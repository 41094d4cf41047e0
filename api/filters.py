"""The filters of a list. Each knows how to read its value and how to narrow the rows by it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from api import values
from api.problems import BadParameters
from communities.models import Community, Organisation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE_PARAMETERS = frozenset({"cursor", "page_size", "count", "ordering", "format"})


@dataclass(frozen=True)
class Filter:
    """One filter. `exists` tells, once a list turned out empty, whether the thing that was named is there at all, and
    `missing` in what words it is not.
    `beside` names another filter: asked together, the two are about the same thing, and its condition of both values
    takes the place of this one's."""

    name: str
    meaning: "StrOrPromise"
    schema: dict[str, Any]
    read: Callable[[str], Any]
    condition: Callable[[Any], Q]
    exists: Callable[[Any], bool] | None = None
    missing: "StrOrPromise" = ""
    search: Callable[[QuerySet[Any], Any], QuerySet[Any]] | None = None  # where an index needs more than a condition
    beside: tuple[str, Callable[[Any, Any], Q]] | None = None

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows that the filter leaves."""
        return self.search(rows, value) if self.search else rows.filter(self.condition(value))


def choice(name: str, meaning: "StrOrPromise", choices: Iterable[str], field: str = "") -> Filter:
    """Rows whose column is one of the values given, with commas between them."""
    known = frozenset(choices)
    schema = {"type": "string", "examples": [min(known)], "description": f"{', '.join(sorted(known))}"}
    return Filter(
        name,
        meaning,
        schema,
        lambda text: values.read_choices(text, known),
        lambda chosen: Q(**{f"{field or name}__in": chosen}),
    )


def flag(name: str, meaning: "StrOrPromise", condition: Callable[[], Q]) -> Filter:
    """Rows for which `condition` is true, or those for which it is not."""
    return Filter(
        name, meaning, {"type": "boolean"}, values.read_flag, lambda wanted: condition() if wanted else ~condition()
    )


def day(name: str, meaning: "StrOrPromise", lookup: str) -> Filter:
    """Rows by a date."""
    return Filter(
        name, meaning, {"type": "string", "format": "date"}, values.read_date, lambda given: Q(**{lookup: given})
    )


def day_of_moment(field: str, from_meaning: "StrOrPromise", to_meaning: "StrOrPromise") -> tuple[Filter, Filter]:
    """Two filters, `…_from` and `…_to`, on the UTC day of a moment `…_at`."""
    name, schema = field.removesuffix("_at"), {"type": "string", "format": "date"}

    def start(given: date) -> datetime:
        return datetime(given.year, given.month, given.day, tzinfo=UTC)

    return (
        Filter(
            f"{name}_from", from_meaning, schema, values.read_date, lambda given: Q(**{f"{field}__gte": start(given)})
        ),
        Filter(
            f"{name}_to",
            to_meaning,
            schema,
            values.read_date,
            lambda given: Q(**{f"{field}__lt": start(given) + timedelta(days=1)}),
        ),
    )


def updated_since(meaning: "StrOrPromise") -> Filter:
    """Rows that changed at that moment or after it: what a mirror asks for."""
    schema = {"type": "string", "format": "date-time"}
    return Filter("updated_since", meaning, schema, values.read_moment, lambda given: Q(updated_at__gte=given))


def words(
    meaning: "StrOrPromise", *fields: str, search: Callable[[QuerySet[Any], Any], QuerySet[Any]] | None = None
) -> Filter:
    """Rows in which each of the words stands in one of the fields, or as `search` finds them."""

    def condition(wanted: list[str]) -> Q:
        found = Q()
        for word in wanted:
            anywhere = Q()
            for field in fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            found &= anywhere
        return found

    schema = {"type": "string", "maxLength": values.LONGEST_WORDS}
    return Filter("q", meaning, schema, values.read_words, condition, search=search)


def reference(
    letter: str,
    rows: Callable[[], QuerySet[Any]],
    path: str = "reference",
    meaning: "StrOrPromise" = "",
) -> Filter:
    """The row that people call by this name, or with a `path` those that belong to it. One that is not among `rows`
    is refused: an empty list would say that the question was a good one."""
    return _of_reference(
        [f"{letter}-2026-0042"],
        lambda text: values.read_reference(text, letter),
        lambda given: Q(**{path: given}),
        lambda given: rows().filter(reference=given).exists(),
        meaning,
    )


def short_name(example: str, rows: Callable[[], QuerySet[Any]], *paths: str) -> Filter:
    """The same where the reference is a short name, or several with a stroke between them."""

    def condition(given: Any) -> Q:
        return Q(**dict(zip(paths, given, strict=True)))

    return _of_reference(
        [example],
        lambda text: values.read_names(text, len(paths)),
        condition,
        lambda given: rows().filter(condition(given)).exists(),
    )


def _of_reference(
    examples: list[str],
    read: Callable[[str], Any],
    condition: Callable[[Any], Q],
    exists: Callable[[Any], bool],
    meaning: "StrOrPromise" = "",
) -> Filter:
    schema = {"type": "string", "examples": examples}
    return Filter("reference", meaning or _later("The one row of this reference."), schema, read, condition, exists)


def related_id(name: str, meaning: "StrOrPromise", lookup: str, exists: Callable[[Any], bool]) -> Filter:
    """Rows of one other thing, by its id."""
    schema = {"type": "string", "format": "uuid"}
    return Filter(name, meaning, schema, values.read_id, lambda pk: Q(**{lookup: pk}), exists)


def community(meaning: "StrOrPromise", path: str = "community") -> Filter:
    """Rows of one community, by its id or its short name."""

    def exists(given: Any) -> bool:
        return Community.objects.visible_to(AnonymousUser()).filter(named(given, "")).exists()

    def condition(given: Any) -> Q:
        return named(given, path) & Q(**{f"{path}__is_public": True})  # else a row would tell of its private ones

    return Filter("community", meaning, {"type": "string"}, values.read_id_or_slug, condition, exists)


def organisation(meaning: "StrOrPromise", path: str = "organisation") -> Filter:
    """Rows of one organisation, by its id or its short name."""

    def exists(given: Any) -> bool:
        return public_organisations().filter(named(given, "")).exists()

    return Filter(
        "organisation", meaning, {"type": "string"}, values.read_id_or_slug, lambda given: named(given, path), exists
    )


def public_organisations() -> "QuerySet[Organisation]":
    """Organisations that sit in at least one public community, or once did."""
    found: QuerySet[Organisation] = Organisation.objects.visible_to(AnonymousUser())
    return found


def read_filters(filters: Iterable[Filter], given: QueryDict) -> list[tuple[Filter, Any]]:
    """What was asked for. A filter that does not exist, stands there twice or has a bad value is refused by name:
    silence would make a wrong story."""
    known = {item.name: item for item in filters}
    wrong: dict[str, str] = {}
    asked: list[tuple[Filter, Any]] = []
    for name, texts in given.lists():
        if name not in known and name not in PAGE_PARAMETERS:
            wrong[name] = _("There is no such filter. There are: %(known)s.") % {
                "known": ", ".join(sorted([*known, *PAGE_PARAMETERS]))
            }
        elif len(texts) > 1:
            wrong[name] = _("Give it once.")
        elif name in known:
            try:
                asked.append((known[name], known[name].read(texts[0])))
            except values.BadValue as error:
                wrong[name] = str(error)
    wrong |= _ends_before_it_begins({item.name: value for item, value in asked})
    if wrong:
        raise BadParameters(wrong)
    return _together(asked)


def _ends_before_it_begins(given: dict[str, Any]) -> dict[str, str]:
    """Two days the wrong way round find nothing, whatever there is."""
    firsts = (name for name in given if name == "from" or name.endswith("_from"))
    pairs = ((name, name.removesuffix("from") + "to") for name in firsts)
    words = _("This day comes before %(first)s. Swap the two.")
    return {last: words % {"first": first} for first, last in pairs if last in given and given[last] < given[first]}


def _together(asked: list[tuple[Filter, Any]]) -> list[tuple[Filter, Any]]:
    """The same, each filter with what it means beside the others."""
    given = {item.name: value for item, value in asked}

    def meant(item: Filter) -> Filter:
        if item.beside is None or item.beside[0] not in given:
            return item
        other, condition = item.beside
        return replace(item, condition=lambda value: condition(value, given[other]))

    return [(meant(item), value) for item, value in asked]


def refuse_unknown_things(asked: Iterable[tuple[Filter, Any]]) -> None:
    """For a list that turned out empty: refuse a community (or so) that is not there, public or at all."""
    missing = {
        item.name: str(item.missing or _("There is nothing of this name or id."))
        for item, value in asked
        if item.exists is not None and not item.exists(value)
    }
    if missing:
        raise BadParameters(missing)


def named(given: Any, path: str) -> Q:
    """The one of this id or short name, where the path leads to it."""
    start = f"{path}__" if path else ""
    return Q(**{f"{start}slug": given}) if isinstance(given, str) else Q(**{f"{path or 'pk'}": given})
