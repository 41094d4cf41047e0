"""The clocks, answers and links of one petition. Each function says whether it changed anything."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from communities.models import Community, Organisation
from communities.working_days import add_working_days, working_days_between
from proposals.importing.community import WORKING_DAYS
from proposals.importing.reading import Petition
from proposals.importing.source import petition_url
from proposals.models import Ask, Proposal, ProposalLink, Response
from record import clock
from record.references import next_reference
from words.plain import check


@dataclass
class Counts:
    """What the organisations' kept columns must grow by, added up over a batch."""

    asks: Counter[UUID] = field(default_factory=Counter)
    answers: Counter[UUID] = field(default_factory=Counter)
    on_time: Counter[UUID] = field(default_factory=Counter)

    def keep(self) -> None:
        """Write them, one update for each organisation, in the order of their ids."""
        for pk in sorted(self.asks.keys() | self.answers.keys()):
            Organisation.objects.filter(pk=pk).update(
                asks_count=F("asks_count") + self.asks[pk],
                answers_count=F("answers_count") + self.answers[pk],
                answers_on_time_count=F("answers_on_time_count") + self.on_time[pk],
                updated_at=clock.now(),
            )


def bring_asks(proposal: Proposal, petition: Petition, asked: list[Organisation], counts: Counts) -> bool:
    """One clock for each department from the day the threshold was reached, stopped by the answer."""
    if petition.asked_at is None:
        return False
    there = {ask.organisation_id: ask for ask in proposal.asks.select_related("response")}
    changed = False
    for organisation in asked:
        ask = there.get(organisation.pk)
        if ask is None:
            ask = _ask(proposal, organisation, petition.asked_at)
            counts.asks[organisation.pk] += 1
            changed = True
        if petition.answered_at is not None:
            changed |= _answer(ask, proposal, organisation, petition, petition.answered_at, counts)
    if changed:
        _keep_next_due(proposal)
    return changed


def open_asks_of(proposal: Proposal) -> list[UUID]:
    """The clocks that nobody stopped, whether anybody waits or not."""
    return list(proposal.asks.filter(answered_on=None).values_list("pk", flat=True))


def keep_asks(proposal: Proposal, waited: list[UUID], counts: Counts) -> None:
    """People begin or cease to wait. Clocks that the other site names no more were not stopped: they too say another
    thing now, and an organisation that nobody waits for was not asked."""
    step = 1 if proposal.state == Proposal.State.AWAITING_RESPONSE else -1
    asks = proposal.asks.filter(pk__in=waited, answered_on=None)
    counts.asks.update(dict.fromkeys(asks.values_list("organisation_id", flat=True), step))
    asks.update(updated_at=clock.now())
    _keep_next_due(proposal)


def _keep_next_due(proposal: Proposal) -> None:
    """Keep the columns that lists of waiting proposals sort by."""
    waiting: list[date] = []
    if proposal.state == Proposal.State.AWAITING_RESPONSE:
        waiting += proposal.asks.filter(answered_on=None).order_by("due_on").values_list("due_on", flat=True)
    proposal.open_asks_count, proposal.next_due_on = len(waiting), waiting[0] if waiting else None
    proposal.save(update_fields=["open_asks_count", "next_due_on"])


def bring_links(proposal: Proposal, petition: Petition) -> bool:
    """Where it was first published, and the debate that came of it."""
    wanted: dict[str, tuple[str, str, date | None]] = {
        ProposalLink.Kind.SOURCE: (_("The petition on the Parliament’s site"), petition_url(petition.source_id), None)
    }
    if petition.debated_on is not None:
        wanted[ProposalLink.Kind.DEBATE] = (_("Debate in Parliament"), petition.debate_url, petition.debated_on)
    there = {link.kind: (link.title, link.url, link.happened_on) for link in proposal.links.all()}
    changed = False
    for kind, (title, url, happened_on) in wanted.items():
        if there.get(kind) != (title, url, happened_on):
            ProposalLink.objects.update_or_create(
                proposal=proposal, kind=kind, defaults={"title": title, "url": url, "happened_on": happened_on}
            )
            changed = True
    return changed


def _ask(proposal: Proposal, organisation: Organisation, asked_at: datetime) -> Ask:
    day = clock.local_date(asked_at)
    due_on = add_working_days(day, WORKING_DAYS, proposal.community)
    return Ask.objects.create(
        proposal=proposal,
        organisation=organisation,
        working_days=WORKING_DAYS,
        asked_on=day,
        first_due_on=due_on,
        due_on=due_on,
        long_overdue_on=add_working_days(day, 2 * WORKING_DAYS, proposal.community),
        created_at=asked_at,
    )


def _answer(
    ask: Ask,
    proposal: Proposal,
    organisation: Organisation,
    petition: Petition,
    answered_at: datetime,
    counts: Counts,
) -> bool:
    """The Government answers once for all the departments it names: the same words stop each clock."""
    words = {"summary": petition.summary or petition.reasons[:200], "reasons": petition.reasons}
    response = getattr(ask, "response", None)
    if response is not None:
        if all(getattr(response, name) == text for name, text in words.items()):
            return False
        for name, text in words.items():
            setattr(response, name, text)
        response.reading_age = reading_age(petition)
        response.save(update_fields=[*words, "reading_age"])
        return True
    with clock.at(answered_at):
        reference = next_reference("R")
    Response.objects.create(
        reference=reference,
        ask=ask,
        proposal=proposal,
        organisation=organisation,
        outcome=Response.Outcome.NOT_STATED,  # the data does not say yes or no, and we do not guess
        signed_role=organisation.name,
        published_at=answered_at,
        reading_age=reading_age(petition),
        created_at=answered_at,
        **words,
    )
    _stop_clock(ask, proposal.community, answered_at)
    counts.answers[organisation.pk] += 1
    counts.on_time[organisation.pk] += 0 if ask.was_late else 1
    return True


def _stop_clock(ask: Ask, community: Community, answered_at: datetime) -> None:
    ask.answered_on = clock.local_date(answered_at)
    ask.answered_after_working_days = max(working_days_between(ask.asked_on, ask.answered_on, community), 0)
    ask.save(update_fields=["answered_on", "answered_after_working_days"])


def reading_age(petition: Petition) -> int | None:
    """The age at which a reader can follow the answer."""
    return check(f"{petition.summary}\n\n{petition.reasons}").age or None
