"""Filters and tags of every template: a builtin, so no template loads it. Parameters are plain values, never models.

docs/look.md shows each with an example.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from words import dates, fields, markdown, marks, money, text
from words.drawn import drawn_once

register = template.Library()

# ── Filters ─────────────────────────────────────────────────────────────────


@register.filter
def long_date(day: date | datetime | None, when: str = "") -> str:
    """`{{ day|long_date }}`: "Tuesday 24 November"; `|long_date:"year"` always with the year. Empty for None."""
    return dates.long_date(day, with_year=when == "year") if day else ""


@register.filter
def date_and_time(moment: datetime | None) -> str:
    """Such as "Sunday 29 November at 8 in the evening". Empty for None."""
    return dates.date_and_time(moment) if moment else ""


@register.filter
def next_time(moment: datetime) -> str:
    """Such as "at 9:40 in the evening", "on Sunday 29 November at 8 in the morning", or "soon"."""
    return dates.next_time(moment)


@register.filter
def lately(moment: datetime | None) -> str:
    """Such as "today at 10:42 in the morning", "yesterday", or the day. Empty for None."""
    return dates.lately(moment) if moment else ""


@register.filter
def working_days(days: int) -> str:
    """Such as "6 working days"."""
    return dates.working_days(days)


@register.filter
def until_due(days: int) -> str:
    """Such as "in 3 working days", "today", "6 working days overdue" (for a number below 0)."""
    return dates.until_due(days)


@register.filter
def days_late(days: int) -> str:
    """Such as "2 working days late", for what came in the end."""
    return dates.late(days)


@register.filter(name="markdown")
def markdown_filter(value: str | None) -> SafeString:
    """What people wrote, as safe HTML. Put it inside `<div class="prose">`."""
    return markdown.render(value or "")


@register.filter
def plain(value: str | None) -> str:
    """The words of Markdown alone, on one line."""
    return text.clean_line(markdown.plain(value or ""))


@register.filter(is_safe=True)
def one_line(value: str) -> str:
    """What a block gave, on one line: `{% filter one_line %}{% block title %}…{% endblock %}{% endfilter %}`."""
    return text.clean_line(value)


@register.filter
def things(value: str | None) -> list[str]:
    """A text with one thing a line, as a list."""
    return text.lines_of(value or "")


@register.filter
def number(value: int) -> str:
    """Such as "1,240"."""
    return dates.number(value)


@register.filter
def thousands(number: int | None) -> str:
    """Such as "123,456". Empty for None."""
    return "" if number is None else f"{number:,}"


@register.filter(name="money")
def money_filter(pence: int | None, currency: str = "GBP") -> str:
    """`{{ option.cost|money:ballot.currency }}`: "£4,200", "£67.74". Empty for None."""
    return "" if pence is None else money.money(pence, currency)


@register.filter
def neighbours(count: int) -> str:
    """Such as "1 neighbour", "34 neighbours"."""
    return ngettext("%(count)s neighbour", "%(count)s neighbours", count) % {"count": dates.number(count)}


# ── Tags: marks with words ──────────────────────────────────────────────────


@register.simple_tag
def day(value: date | datetime | None, when: str = "") -> str:
    """`<time>` with the long date inside. `{% day proposal.tabled_at %}`, `{% day decided_on "year" %}`."""
    if not value:
        return ""
    words = dates.long_date(value, with_year=when == "year")
    return format_html('<time datetime="{}">{}</time>', dates.day_of(value).isoformat(), words)


@register.simple_tag
def clock(state: marks.ClockState, size: str = "only", detail: str = "") -> SafeString:
    """The waiting clock. `size="only"`: the ring (words stand beside it: `clock_words`); "row" or "big": with words,
    and `detail` (escaped unless safe) below them."""
    # Built here and not by a template of its own: a list shows twenty of them.
    face, classes = marks.clock_face(state), marks.clock_classes(state, size)
    if size == "only":
        return format_html('<div class="{}">{}</div>', classes, face)
    about = format_html("<p>{}</p>", detail) if detail else ""
    return format_html('<div class="{}">{}<div><b>{}</b>{}</div></div>', classes, face, marks.clock_words(state), about)


@register.simple_tag
def clock_words(state: marks.ClockState) -> SafeString:
    """The clock's words as the line of a row: `<p class="wait wait--late">6 working days overdue</p>`."""
    return format_html('<p class="wait{}">{}</p>', " wait--late" if state.is_late else "", marks.clock_words(state))


@register.simple_tag
def role(name: str, role: str, place: str = "", job_title: str = "") -> SafeString:
    """A name with its shape, role, job and place or employer."""
    return marks.role(name, role, place=place, job_title=job_title)


@register.simple_tag
def decided_by(value: str) -> SafeString:
    """The mark and words of `Decision.decided_by`."""
    return marks.decided_by(value)


@register.simple_tag
def ladder(who_decides: str) -> SafeString:
    """The mark and words of `Rule.who_decides`."""
    return marks.ladder(who_decides)


@register.simple_tag
def outcome_mark(value: str, words: str) -> SafeString:
    """The mark and words of `Response.outcome`."""
    return marks.outcome(value, words)


@register.simple_tag
def promise_mark(state: str, late: bool = False) -> SafeString:
    """The shape of a promise's state; the word stands beside it."""
    return marks.promise(state, late=late)


@register.simple_tag
@drawn_once
def support_bar(count: int, needed: int, note: str = "") -> SafeString:
    """How many back it, how many are needed, and the bar. `note` replaces "30 were needed"."""
    if not note:
        left = needed - count
        if left > 0:
            note = ngettext("%(left)s more needed", "%(left)s more needed", left) % {"left": dates.number(left)}
        else:
            note = ngettext("%(needed)s was needed", "%(needed)s were needed", needed) % {
                "needed": dates.number(needed)
            }
    words = ngettext("%(count)s neighbour backs this", "%(count)s neighbours back this", count)
    context = {
        "words": words % {"count": dates.number(count)},
        "note": note,
        "bar": marks.support_bar(count, needed),
    }
    return render_to_string("includes/support.html", context)


@register.simple_tag
def support_line(count: int, needed: int) -> SafeString:
    """The bar of `support_bar` alone, for a row that says the numbers itself."""
    return marks.support_bar(count, needed)


@register.inclusion_tag("includes/story.html")
def story(steps: Iterable[Mapping[str, Any]], organisations: int = 1) -> dict[str, Any]:
    """The story line. For each step see `marks.story`."""
    return {"steps": marks.story(steps), "organisations": organisations}


@register.simple_tag
def verdict_bar(yes: int, no: int) -> SafeString:
    """Yes against no, with the tick at half. Nothing where nobody spoke."""
    return marks.verdict_bar(yes, no)


@register.inclusion_tag("includes/plain_meter.html")
def plain_meter(age: int | None, note: str = "") -> dict[str, Any]:
    """The plain-words meter of an official text. Nothing where `age` is None."""
    return {"age": age, "note": note, "meter": marks.plain_meter(age) if age else "", "aim": marks.AIM}


@register.simple_tag
def brand_mark() -> SafeString:
    """The table from above."""
    return marks.BRAND


@register.simple_tag
def empty_table() -> SafeString:
    """The empty table of `includes/empty.html`."""
    return marks.EMPTY_TABLE


# ── Tags: forms and pages ───────────────────────────────────────────────────


@register.inclusion_tag("includes/errors.html")
def errors(*all_forms: forms.BaseForm | list[forms.BaseForm] | None) -> dict[str, Any]:
    """The error summary of one or more forms, or lists of them. Nothing where all is well."""
    flat = (form for given in all_forms for form in (given if isinstance(given, list) else [given]))
    found = fields.summary(form for form in flat if isinstance(form, forms.BaseForm))
    count = len(found)
    title = _("One thing to put right")
    if count > 1:
        title = ngettext("%(count)d thing to put right", "%(count)d things to put right", count) % {"count": count}
    return {"found": found, "title": title}


@register.inclusion_tag("includes/field.html")
def field(bound: forms.BoundField, seen_by: str = "", small: bool = False, **attrs: Any) -> dict[str, Any]:
    """One field in our markup: label, hint (`help_text`), error, character count, and "who sees this?" (`seen_by`).

    More attributes go to the input: `{% field form.email autocomplete="email" %}` (`_` becomes `-` in names).
    """
    return fields.parts(bound, seen_by=seen_by, small=small, attrs=attrs)


@register.inclusion_tag("includes/pages.html")
def pages(next_url: str | None = "", previous_url: str | None = "", name: str = "") -> dict[str, Any]:
    """Earlier and later pages of a list: `{% pages next_url previous_url %}`. Nothing where there is one page."""
    return {"next_url": next_url, "previous_url": previous_url, "name": name or _("Pages")}


class Keep(template.Node):
    """Written where it stands, and kept for later on the page: a block can stand in a page only once."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> SafeString:
        written = self.nodelist.render(context)
        context[self.name] = written
        return written


@register.tag
def keep(parser: Any, token: Any) -> Keep:
    """`{% keep page_title %}…{% endkeep %}`, and later `{{ page_title }}`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(name, nodelist)
