"""A conversation of Polis becomes proposals and answers here: each batch in one transaction, whole or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from communities.guards import locked_community
from communities.models import Agreement, Community, Topic
from proposals.common_ground.polis import Conversation
from proposals.counts import OPINION_COLUMNS
from proposals.models import Opinion, Proposal
from record import clock
from record.announcements import SYSTEM, announce
from record.references import next_reference
from record.renaming import tell_renamed
from words.text import clean_line

SITE = "https://pol.is/"
LONGEST_TITLE, LONGEST_NAME = 120, 60


@dataclass(frozen=True)
class Source:
    """The conversation as this site knows it: `key` is put before its numbers, so that two may share a community."""

    key: str
    url: str
    topic: str


@dataclass(frozen=True)
class Brought:
    """What one batch did."""

    new: int
    changed: int
    same: int


def source_of(conversation: Conversation, folder_name: str) -> Source:
    """By the address of the conversation; by the name of the folder where the export does not say it."""
    path = urlsplit(conversation.url).path.strip("/").rpartition("/")[2]
    key = slugify(path or folder_name)[:24].strip("-") or "polis"
    url = conversation.url if conversation.url.startswith(("https://", "http://")) else SITE
    return Source(key, url[:200], clean_line(conversation.topic)[:LONGEST_NAME] or _("A conversation"))


@transaction.atomic
def open_conversation_community(*, slug: str, name: str, licence: str, source: Source) -> Community:
    """The community of this slug, made where there is none, with a topic for the statements of this conversation.

    The topic has no rule: nobody here decides what was talked about elsewhere. Where the community is somebody
    else's, its agreement is left alone.
    """
    community = Community.objects.select_for_update().filter(slug=slug).first()
    if community is None:
        community = _create(slug, name or source.topic, licence, source)
    Topic.objects.get_or_create(community=community, slug=source.key, defaults={"name": source.topic})
    return community


def _create(slug: str, name: str, licence: str, source: Source) -> Community:
    community = Community.objects.create(
        slug=slug,
        name=name,
        summary=_(
            "A conversation that was held with Polis. People there said agree, disagree or pass. "
            "We look for what they agree on."
        ),
        source_name=_("The Computational Democracy Project (Polis)"),
        source_url=source.url,
        source_licence=licence,
        source_licence_url="https://creativecommons.org/licenses/by/4.0/" if licence == "CC BY 4.0" else "",
    )
    Agreement.objects.create(
        community=community, version=1, agreed_on=clock.today(), how_agreed=_("nothing is decided here")
    )
    announce(
        "community.created",
        subject=community,
        community=community,
        actor=SYSTEM,
        payload={"slug": slug, "source": source.url},
        texts={"name": name},
    )
    return community


@transaction.atomic
def bring_statements(*, community: Community, source: Source, conversation: Conversation) -> Brought:
    """Each statement as a proposal. The same is left alone; words that changed are changed."""
    community = locked_community(community.pk)
    topic = Topic.objects.get(community=community, slug=source.key)
    there = {row.source_id: row for row in Proposal.objects.filter(community=community, topic=topic)}
    done: Counter[str] = Counter()
    for key in sorted(conversation.statements, key=lambda key: (conversation.made_at.get(key, 0), key)):
        text, known = conversation.statements[key], there.get(_id(source, key))
        if known is None:
            community.last_proposal_number += 1
            known = _statement(community, topic, source, key, conversation.made_at.get(key, 0))
        elif known.outcome_wanted == text:
            done["same"] += 1
            continue
        changed = known.outcome_wanted != ""
        known.outcome_wanted, known.title = text, _title(text)
        known.slug = known.slug or slugify(known.title)[:80].strip("-") or "statement"
        known.community = community
        if changed:
            tell_renamed(known)
        known.save()
        done["changed" if changed else "new"] += 1
        _announce_statement(known, changed=changed)
    if done["new"]:
        Community.objects.filter(pk=community.pk).update(
            proposals_count=F("proposals_count") + done["new"],
            last_proposal_number=community.last_proposal_number,
            updated_at=clock.now(),
        )
    return Brought(done["new"], done["changed"], done["same"])


def _title(text: str) -> str:
    """The statement, or as many whole words of it as fit; some languages put no spaces between theirs."""
    line = clean_line(text)
    if len(line) <= LONGEST_TITLE:
        return line
    start, _space, _rest = line[: LONGEST_TITLE - 1].rpartition(" ")
    return f"{start or line[: LONGEST_TITLE - 1]}…"


def _id(source: Source, key: str) -> str:
    return f"{source.key}-{key}"[:40]


def _statement(community: Community, topic: Topic, source: Source, key: str, made_at: int) -> Proposal:
    moment = datetime.fromtimestamp(made_at / 1000, tz=UTC) if made_at else clock.now()
    with clock.at(moment):
        reference = next_reference("P")  # of the year in which it was made
    return Proposal(
        community=community,
        number=community.last_proposal_number,
        reference=reference,
        topic=topic,
        state=Proposal.State.TABLED,
        tabled_at=moment,
        created_at=moment,
        needs_nothing_from_them=False,
        source_id=_id(source, key),
        source_url=source.url,
    )


def _announce_statement(proposal: Proposal, *, changed: bool) -> None:
    announce(
        "statement.imported",
        subject=proposal,
        community=proposal.community,
        actor=SYSTEM,
        payload={
            "proposal": str(proposal.pk),
            "number": proposal.number,
            "reference": proposal.reference,
            "source": proposal.source_url,
            "changed": changed,
        },
        texts={"statement": proposal.outcome_wanted},
    )


@transaction.atomic
def bring_opinions(
    *, community: Community, source: Source, votes: Mapping[str, Mapping[str, int]], voters: Sequence[str]
) -> Brought:
    """The answers of some people of the conversation. The community's row is locked: two imports take turns."""
    community = locked_community(community.pk)
    topic = Topic.objects.get(community=community, slug=source.key)
    rows = Proposal.objects.select_for_update(of=("self",)).filter(community=community, topic=topic)
    proposals = dict(rows.order_by("pk").values_list("source_id", "pk"))
    people = {_person(source, voter): voter for voter in voters}
    there = {
        (row.proposal_id, row.source_voter): row
        for row in Opinion.objects.filter(proposal__in=proposals.values(), source_voter__in=people)
    }
    new, changed, same = [], [], 0
    counts: Counter[tuple[UUID, int]] = Counter()
    for person, voter in people.items():
        for key, value in votes[voter].items():
            proposal_id = proposals[_id(source, key)]
            known = there.get((proposal_id, person))
            if known is not None and known.value == value:
                same += 1
                continue
            counts[proposal_id, value] += 1
            if known is None:
                new.append(Opinion(proposal_id=proposal_id, source_voter=person, value=value))
                continue
            counts[proposal_id, known.value] -= 1
            known.value, known.answered_at = value, clock.now()
            changed.append(known)
    Opinion.objects.bulk_create(new, batch_size=1000)
    Opinion.objects.bulk_update(changed, ["value", "answered_at"], batch_size=500)
    _keep_counts(counts)
    if new or changed:
        facts = {"source": source.url, "new": len(new), "changed": len(changed)}
        announce("opinions.imported", subject=community, community=community, actor=SYSTEM, payload=facts)
    return Brought(len(new), len(changed), same)


def _person(source: Source, voter: str) -> str:
    return f"{source.key}-{voter}"[:60]


def _keep_counts(counts: "Counter[tuple[UUID, int]]") -> None:
    """The proposals are locked."""
    for (proposal_id, value), step in sorted(counts.items()):
        column = OPINION_COLUMNS[Opinion.Value(value)]
        if step:
            Proposal.objects.filter(pk=proposal_id).update(**{column: F(column) + step}, updated_at=clock.now())
