"""Who is told of an event, as queries: nothing here fetches people one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable, F

from ballots.models import Elector
from communities.models import Membership
from notifications.kinds import KINDS, Who
from notifications.models import Follow, Notification, Preference
from notifications.stories import Story
from proposals.models import Comment, Commitment


@dataclass(frozen=True)
class Audience:
    """People with one reason: each row of `rows` leads to one person by `person`, none to the same one twice."""

    rows: QuerySet[Any]
    person: str
    why: Combinable
    subject_type: str  # what they follow, so that they can mute it
    subject_id: UUID


def audiences_of(story: Story) -> Iterator[Audience]:
    """The people of each reason, the first reason first. Somebody with two reasons is in two of them."""
    for who in KINDS[story.event.kind].hears:
        yield from _FIND[who](story)


def still_to_tell(audience: Audience, story: Story) -> QuerySet[Any]:
    """Its rows without whoever did it, was told already, has left, is erased, muted it or wants none of it;
    in the order of the people's ids, each with `wants_inbox`."""
    person, event = audience.person, story.event
    them = OuterRef(f"{person}_id")
    unwanted = Preference.objects.filter(user=them, group=KINDS[event.kind].group)
    rows = audience.rows.filter(
        ~Exists(Notification.objects.filter(event=event, user=them)),
        ~Exists(unwanted.filter(in_inbox=False, by_email=False)),
        **{f"{person}__is_active": True, f"{person}__erased_at": None},
    )
    if not KINDS[event.kind].even_if_muted:
        rows = rows.filter(~Exists(muted(them, story.event.community_id, story.proposal_ids)))
    if event.actor_id is not None:
        rows = rows.exclude(**{f"{person}_id": event.actor_id})
    if story.community is not None and not story.community.is_public:
        seats = Membership.objects.current().filter(user=them, community=story.community)
        rows = rows.filter(Exists(seats) | Q(**{f"{person}__is_superuser": True}))
    wants_inbox = ~Exists(unwanted.filter(in_inbox=False))
    return rows.annotate(wants_inbox=wants_inbox).order_by(f"{person}_id")


def muted(person: Any, community_id: UUID | None, proposal_ids: list[UUID]) -> QuerySet[Follow]:
    """Mutes that silence an event: of its proposal, or of its community. `person` is an id or an OuterRef."""
    about = Q(subject_type="proposal", subject_id__in=proposal_ids)
    if community_id is not None:
        about |= Q(subject_type="community", subject_id=community_id)
    return Follow.objects.filter(about, user=person, muted_at__isnull=False)


def _followers(subject_type: str, subject_id: UUID) -> Audience:
    rows = Follow.objects.filter(subject_type=subject_type, subject_id=subject_id, muted_at=None)
    return Audience(rows, "user", F("why"), subject_type, subject_id)


def _of_proposal(story: Story) -> Iterator[Audience]:
    for proposal_id in story.proposal_ids:
        yield _followers("proposal", proposal_id)


def _of_organisation(story: Story) -> Iterator[Audience]:
    for organisation in story.organisations:
        yield _followers("organisation", organisation.pk)


def _of_community(story: Story) -> Iterator[Audience]:
    if story.community is not None:
        yield _followers("community", story.community.pk)


def _on_duty(story: Story) -> Iterator[Audience]:
    if story.community is None or not story.organisations:
        return
    officers = Membership.objects.current().filter(
        community=story.community, role=Membership.Role.PROFESSIONAL, organisation__in=story.organisations
    )
    yield Audience(officers, "user", Value(Follow.Why.DUTY.value), *_subject(story))


def _answered(story: Story) -> Iterator[Audience]:
    if story.comment is not None and story.comment.parent_id is not None:
        parents = Comment.objects.filter(pk=story.comment.parent_id)
        yield Audience(parents, "author", Value(Follow.Why.COMMENTED.value), *_subject(story))


def _promiser(story: Story) -> Iterator[Audience]:
    """A promise of an organisation is its officers' duty; a resident's is that resident's."""
    if story.commitment is not None and story.commitment.organisation_id is None:
        promises = Commitment.objects.filter(pk=story.commitment.pk, promised_by__isnull=False)
        yield Audience(promises, "promised_by", Value(Follow.Why.DUTY.value), *_subject(story))


def _of_options(story: Story) -> Iterator[Audience]:
    """The followers of each proposal on the ballot. A mute of one of them silences that one alone."""
    if story.ballot is not None:
        on_it = story.ballot.options.exclude(proposal=None).order_by("position", "id")
        for proposal_id in on_it.values_list("proposal_id", flat=True):
            yield _followers("proposal", proposal_id)


def _on_the_roll(story: Story) -> Iterator[Audience]:
    yield from _electors(story, Elector.objects.filter(ballot=story.ballot))


def _not_voted(story: Story) -> Iterator[Audience]:
    """Worked out at this moment, and kept nowhere but in each one's own inbox."""
    yield from _electors(story, Elector.objects.filter(ballot=story.ballot, channel=""))


def _voter(story: Story) -> Iterator[Audience]:
    yield from _electors(story, Elector.objects.filter(ballot=story.ballot, user=story.event.payload.get("user")))


def _electors(story: Story, lines: QuerySet[Any]) -> Iterator[Audience]:
    if story.ballot is not None:
        yield Audience(lines, "user", Value(Follow.Why.ROLL.value), *_subject(story))


def _subject(story: Story) -> tuple[str, UUID]:
    """What somebody may mute who follows nothing: the proposal, or the community where there is none."""
    if story.proposal is not None:
        return "proposal", story.proposal.pk
    if story.community is None:
        raise ValueError(f"Event {story.event.pk} belongs to no proposal and no community")
    return "community", story.community.pk


_FIND = {
    Who.ANSWERED: _answered,
    Who.PROMISER: _promiser,
    Who.DUTY: _on_duty,
    Who.PROPOSAL: _of_proposal,
    Who.ORGANISATION: _of_organisation,
    Who.COMMUNITY: _of_community,
    Who.OPTIONS: _of_options,
    Who.ROLL: _on_the_roll,
    Who.NOT_VOTED: _not_voted,
    Who.VOTER: _voter,
}
