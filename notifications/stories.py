"""What an event speaks of, fetched once and put into words once for each language, not once for each person."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ballots.models import Ballot
from communities.models import Community, Organisation
from decisions.models import Decision
from notifications import ballot_words
from notifications.kinds import KINDS
from proposals.models import Ask, Comment, Commitment, Proposal, Response
from record.models import Event
from words import dates, text

LONGEST_TITLE = 200
LONGEST_BODY = 400


@dataclass
class Story:
    """The rows that one event is about."""

    event: Event
    community: Community | None = None
    proposal: Proposal | None = None
    proposal_ids: list[UUID] = field(default_factory=list)  # whose followers hear of it
    into: Proposal | None = None
    organisations: list[Organisation] = field(default_factory=list)
    ask: Ask | None = None
    response: Response | None = None
    decision: Decision | None = None
    commitment: Commitment | None = None
    comment: Comment | None = None
    ballot: Ballot | None = None


@dataclass(frozen=True)
class Words:
    """A notification in one language. Plain text: escaped where it is shown."""

    title: str
    body: str


def story_of(event: Event) -> Story | None:
    """What the event is about, or None where nobody is to be told (any more)."""
    if event.kind not in KINDS:
        return None
    facts = event.payload
    story = Story(event, community=Community.objects.filter(pk=event.community_id).first())  # type: ignore[misc]  # NULL finds none
    story.proposal = _proposal(facts.get("proposal"))
    story.into = _proposal(facts.get("into"))
    story.proposal_ids = [UUID(str(pk)) for pk in facts.get("proposals") or [facts.get("proposal")] if pk]
    story.organisations = _organisations(event)
    match event.subject_type:
        case "ask":
            story.ask = Ask.objects.get(pk=event.subject_id)
        case "response":
            story.response = Response.objects.get(pk=event.subject_id)
        case "decision":
            story.decision = Decision.objects.get(pk=event.subject_id)
        case "commitment":
            story.commitment = Commitment.objects.select_related("decision").get(pk=event.subject_id)
        case "comment":
            story.comment = Comment.objects.select_related("organisation", "parent").get(pk=event.subject_id)
        case "ballot":
            story.ballot = Ballot.objects.select_related("community").get(pk=event.subject_id)
        case "commitmentask":
            story.ballot = Ballot.objects.select_related("community").get(reference=facts["ballot"])
    return story if _is_still_news(story) else None


def words_of(story: Story) -> Words:
    """The story in the language that is active."""
    kind = KINDS[story.event.kind]
    facts = _facts(story)
    title = text.clean_line(str(kind.title) % facts)
    body = text.clean_line(str(kind.body) % facts) if kind.body else ""
    return Words(Truncator(title).chars(LONGEST_TITLE), Truncator(body).chars(LONGEST_BODY))


def path_of(story: Story) -> str:
    """The page to read it on."""
    if story.event.kind == "agreement.changed" and story.community is not None:
        return reverse("communities:agreement", args=[story.community.slug])
    if story.decision is not None:
        return story.decision.get_absolute_url()
    if story.ballot is not None:
        return story.ballot.get_absolute_url()
    proposal = story.into or story.proposal
    if proposal is not None:
        return proposal.get_absolute_url()
    if story.commitment is not None and story.commitment.decision is not None:
        return story.commitment.decision.get_absolute_url()
    return story.community.get_absolute_url() if story.community is not None else "/"


def _is_still_news(story: Story) -> bool:
    """A relay that comes late must not say what has stopped being true."""
    match story.event.kind:
        case "comment.added":
            comment = story.comment
            return comment is not None and comment.removed_at is None and comment.parent_id is not None
        case "response.contested":
            return bool(story.event.payload.get("first_time", True))
        case "ask.due_soon":
            return story.ask is not None and story.ask.is_open
        case "commitment.due_soon":
            return story.commitment is not None and story.commitment.is_open
        case "decision.recorded":
            return story.decision is not None and not ballot_words.tells_of(story.decision)
    return story.ballot is None or ballot_words.is_still_news(story.event.kind, story.ballot)


def _proposal(pk: str | None) -> Proposal | None:
    return Proposal.objects.select_related("community").filter(pk=pk).first() if pk else None


def _organisations(event: Event) -> list[Organisation]:
    """Those that the event names; where a proposal is taken back, those that were asked about it."""
    facts = event.payload
    ids = [ask["organisation"] for ask in facts.get("asks") or []] + list(facts.get("organisations") or [])
    if facts.get("organisation"):
        ids.append(facts["organisation"])
    if event.kind == "proposal.withdrawn":
        ids += Ask.objects.filter(proposal=facts["proposal"]).values_list("organisation_id", flat=True)
    return list(Organisation.objects.filter(pk__in=ids).order_by("name")) if ids else []


def _facts(story: Story) -> dict[str, str]:
    """Everything that a template of kinds.py may name."""
    payload = story.event.payload
    organisation = ", ".join(row.name for row in story.organisations)
    due = payload.get("due_on")
    facts = {
        "community": story.community.name if story.community else "",
        "proposal": story.proposal.title if story.proposal else "",
        "into": story.into.title if story.into else "",
        "organisation": organisation or _("An organisation"),
        "promiser": organisation or _("A resident"),
        "due": dates.long_date(date.fromisoformat(due)) if due else "",
        "until": dates.until_due(max(int(payload.get("days", 0)), 0)),
        "what_next": _what_next(payload, organisation),
        "speaker": _speaker(story.comment),
        "promise": story.commitment.text if story.commitment else "",
        "confirmed_how": _confirmed_how(story.commitment),
        "decision": story.decision.title if story.decision else "",
        "decided": story.decision.in_words if story.decision else "",
    }
    if story.ballot is not None:
        facts |= ballot_words.facts_of(story.ballot, organisation)
    said = story.response or story.decision
    facts["outcome"] = str(story.response.get_outcome_display()) if story.response else ""
    facts["summary"] = said.summary if said else ""
    return facts


def _what_next(payload: dict[str, Any], organisation: str) -> str:
    """What follows from enough backing, or from calling in."""
    asks = payload.get("asks") or []
    if not asks:
        return _("Residents decide this. It goes to the next vote.")
    day = dates.long_date(date.fromisoformat(min(ask["due_on"] for ask in asks)))
    return _("%(organisation)s must answer by %(day)s.") % {"organisation": organisation, "day": day}


def _speaker(comment: Comment | None) -> str:
    """Who spoke, by their side of the table. The page shows the name."""
    if comment is not None and comment.organisation is not None:
        return _("Somebody from %(organisation)s") % {"organisation": comment.organisation.name}
    if comment is not None and comment.role == "facilitator":
        return _("A facilitator")
    return _("A neighbour")


def _confirmed_how(commitment: Commitment | None) -> str:
    if commitment is None or not commitment.confirmed_how:
        return ""
    if commitment.confirmed_how == Commitment.ConfirmedHow.UNDISPUTED:
        return _("Nobody said within 14 days that it is not done.")
    return _("Residents agree that it is done.")
