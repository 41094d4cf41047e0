"""What stands in each feed. Only what everybody may see, whoever asks: a feed is read without signing in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from communities.models import Community, Organisation
from decisions.linked_data import deciders
from decisions.models import Decision
from front.feeds.items import Item
from front.waiting_rows import waiting_rows
from proposals.clocks import with_clocks
from proposals.models import Ask, CommitmentAsk
from record import clock
from record.models import Checkpoint
from words import dates, markdown

MOST = 50
ANYBODY = AnonymousUser()


@dataclass(frozen=True)
class Scope:
    """Whose feed it is: the whole site's, one community's or one organisation's."""

    community: Community | None = None
    organisation: Organisation | None = None

    @property
    def name(self) -> str:
        """As a title says it."""
        return str(self.community or self.organisation or settings.SITE_NAME)

    def of(self, community: str, organisation: str) -> Q:
        """A condition on rows whose community and organisation are at these paths."""
        found = Q(**{community: self.community}) if self.community else Q()
        return found & (Q(**{organisation: self.organisation}) if self.organisation else Q())


def decisions(scope: Scope) -> list[Item]:
    """The newest decisions, with who really decided."""
    rows = Decision.objects.visible_to(ANYBODY).filter(scope.of("community", "organisations"))
    rows = (
        rows.select_related("community", "topic", "overruled_by")
        .prefetch_related("organisations")
        .order_by("-decided_on", "-id")
    )
    return [_decision(row) for row in rows[:MOST]]


def waiting(scope: Scope) -> list[Item]:
    """Everything that waits for a public answer, what was asked last first."""
    return _asked(scope, late=False)


def overdue(scope: Scope) -> list[Item]:
    """What is past its date and not answered, what became late last first."""
    return _asked(scope, late=True)


def checkpoints(scope: Scope) -> list[Item]:
    """The newest checkpoints of the record, each with its exact text and signature: copies lie with whoever reads."""
    return [_checkpoint(row) for row in Checkpoint.objects.order_by("-sequence_count")[:MOST]]


FEEDS: dict[str, Callable[[Scope], list[Item]]] = {
    "decisions": decisions,
    "waiting": waiting,
    "overdue": overdue,
    "checkpoints": checkpoints,
}
OF_THE_SITE_ALONE = {"checkpoints"}


def _decision(row: Decision) -> Item:
    who = str(row.get_decided_by_display())
    words = f"<p><strong>{escape(row.in_words)}</strong></p>{_overruled(row)}{markdown.render(row.summary)}"
    if row.reasons:
        words += f"<h3>{escape(_('Why'))}</h3>{markdown.render(row.reasons)}"
    tags = tuple(tag for tag in (who, row.outcome_words, row.community.name) if tag)
    return Item(
        id=f"urn:uuid:{row.pk}",
        url=settings.SITE_URL + row.get_absolute_url(),
        title=row.title,
        html=words,
        published=row.created_at,
        updated=row.updated_at,
        authors=tuple(deciders(row, row.organisations.all())),
        tags=(*tags, row.topic.name) if row.topic else tags,
    )


def _overruled(row: Decision) -> str:
    """Said first of all: the entry is news once more on the day it was overruled."""
    over = row.overruling
    if over is None:
        return ""
    words = _("Overruled on %(day)s") % {"day": dates.long_date(over.decided_on, with_year=True)}
    return f'<p><strong><a href="{settings.SITE_URL}{over.get_absolute_url()}">{escape(words)}</a></strong></p>'


def _checkpoint(row: Checkpoint) -> Item:
    page = settings.SITE_URL + reverse("record:checkpoints")
    note = f"<pre>{escape(row.note)}</pre><p>{escape(_('Signature:'))} <code>{escape(row.signature)}</code></p>"
    return Item(
        id=f"{page}#{row.sequence_count}",
        url=page,
        title=_("The record has %(n)d lines") % {"n": row.sequence_count},
        html=note,
        published=row.at,
        updated=row.at,
        authors=(settings.SITE_NAME,),
        tags=(row.root,),
    )


def _asked(scope: Scope, *, late: bool) -> list[Item]:
    today = clock.today()
    order = "-due_on" if late else "-asked_on"
    asks = Ask.objects.visible_to(ANYBODY).open().filter(scope.of("proposal__community", "organisation"))
    votes = CommitmentAsk.objects.visible_to(ANYBODY).open().filter(scope.of("community", "organisation"))
    if late:
        asks, votes = asks.filter(due_on__lt=today), votes.filter(due_on__lt=today)
    rows: list[Any] = with_clocks(waiting_rows(asks.order_by(order, "-id"))[:MOST], today)
    rows += with_clocks(votes.select_related("organisation", "community").order_by(order, "-id")[:MOST], today)
    rows.sort(key=lambda ask: (ask.due_on if late else ask.asked_on, ask.pk), reverse=True)
    return [_ask(ask, late) for ask in rows[:MOST]]


def _ask(ask: Ask | CommitmentAsk, late: bool) -> Item:
    """It becomes news on the day it was asked, says something else once more time was taken, and is news once more
    when its date is over."""
    extended_at = None
    if isinstance(ask, Ask):
        what, community, page = ask.proposal.title, ask.proposal.community, ask.proposal.get_absolute_url()
        extended_at = ask.extended_at
    else:
        what = ask.question or ask.ballot_reference
        community = ask.community
        page = f"/c/{community.slug}/ballots/{ask.ballot_reference}/"
    facts = {"who": ask.organisation.name, "what": what, "day": dates.long_date(ask.due_on)}
    if late:
        title = _("%(who)s has not answered: %(what)s") % facts
        words = _("%(who)s had to answer by %(day)s.") % facts
    else:
        title = _("%(who)s must answer by %(day)s: %(what)s") % facts
        words = _("%(who)s must answer in public by %(day)s.") % facts
    news = _midnight(ask.due_on, time(23, 59)) if late else _midnight(ask.asked_on)
    return Item(
        id=f"urn:uuid:{ask.pk}{'#overdue' if late else ''}",
        url=settings.SITE_URL + page,
        title=title,
        html=f"<p>{escape(words)}</p>",
        published=news,  # of the overdue ones it is news that the date is over
        updated=max(news, extended_at or news),
        authors=(community.name,),
        tags=(ask.organisation.name, community.name),
    )


def _midnight(day: Any, at: time = time(0)) -> datetime:
    return datetime.combine(day, at, tzinfo=UTC)
