"""Which events a subscriber can choose, grouped in words. Only what stands in the public record is ever sent."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Group:
    """Kinds of the record that are chosen together."""

    name: "StrOrPromise"
    kinds: tuple[str, ...]


GROUPS: dict[str, Group] = {
    "proposals": Group(
        _("Proposals: tabled, enough backing, joined, taken back, or out of time"),
        (
            "proposal.tabled",
            "proposal.threshold_reached",
            "proposal.called_in",
            "proposal.withdrawn",
            "proposal.merged",
            "proposal.lapsed",
            "proposal.delivered",
            "petition.imported",
            "statement.imported",
        ),
    ),
    "answers": Group(
        _("Answers: given, late, put off, or found to be no answer"),
        (
            "ask.extended",
            "ask.overdue",
            "ask.long_overdue",
            "response.published",
            "response.contested",
            "response.uncontested",
        ),
    ),
    "decisions": Group(_("Decisions, and decisions that were overruled"), ("decision.recorded", "decision.overruled")),
    "promises": Group(
        _("Promises: made, late, kept, broken or dropped"),
        (
            "commitment.promised",
            "commitment.started",
            "commitment.claimed",
            "commitment.confirmed",
            "commitment.disputed",
            "commitment.changed",
            "commitment.dropped",
            "commitment.late",
            "commitment.broken",
            "commitments.overdue",
        ),
    ),
    "votes": Group(
        _("Votes: announced, open, closed, counted, with a result, or called off"),
        (
            "ballot.announced",
            "ballot.opened",
            "ballot.closed",
            "ballot.counted",
            "ballot.certified",
            "ballot.cancelled",
            "ballot.imported",
        ),
    ),
    "talk": Group(
        _("Comments and offers of help: that there was one, not its words"),
        ("comment.added", "comment.removed", "offer.made", "offer.withdrawn"),
    ),
    "communities": Group(
        _("Communities: new ones, their agreement, seats and invitations"),
        (
            "community.created",
            "agreement.changed",
            "membership.joined",
            "membership.appointed",
            "membership.ended",
            "invitation.created",
            "invitation.revoked",
        ),
    ),
}

TEST = "webhook.test"  # what the button of the page sends; it stands in no record


def kinds_of(groups: list[str]) -> list[str]:
    """The kinds of these groups. No group, or every group, means everything, also what is added later: []."""
    if not groups or set(groups) >= set(GROUPS):
        return []
    return [kind for name in groups for kind in GROUPS[name].kinds]


def groups_of(kinds: list[str]) -> list[Group]:
    """The groups from which these kinds were chosen; none of them means everything."""
    return [group for group in GROUPS.values() if set(group.kinds) & set(kinds)]
