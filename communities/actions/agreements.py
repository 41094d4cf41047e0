"""The power-sharing agreement: each change is a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.exceptions import NotAllowed, NotValid
from communities.guards import locked_community
from communities.models import Agreement, Community, Organisation, Rule, Topic
from communities.seats import actor_in
from record import clock
from record.announcements import announce


@dataclass(frozen=True)
class RuleTerms:
    """What a new version says of one topic, by the topic's name."""

    topic: str
    who_decides: str
    support_threshold: int
    response_working_days: int
    organisation: Organisation | None = None


@transaction.atomic
def change_agreement(
    *,
    community: Community,
    acting_user: User,
    terms: Sequence[RuleTerms],
    agreed_on: date,
    how_agreed: str,
    why: str = "",
    days_to_gather: int = 90,
) -> Agreement:
    """Bring the next version into force. What is on the table goes on under the rule it was tabled under.

    A topic that `terms` does not name leaves the agreement: nothing new can be tabled about it.
    """
    community = locked_community(community.pk)
    if not permissions.can_change_agreement(acting_user, community):
        raise NotAllowed(_("Only a facilitator can record a new agreement."))
    _require_whole(terms, agreed_on, how_agreed, days_to_gather)
    last = community.agreements.order_by("-version").first()
    agreement = Agreement.objects.create(
        community=community,
        version=last.version + 1 if last else 1,
        agreed_on=agreed_on,
        how_agreed=how_agreed.strip()[:200],
        why=why.strip(),
        days_to_gather=days_to_gather,
    )
    topics = [_topic_under(community, agreement, term) for term in terms]
    for topic in community.topics.exclude(pk__in=[topic.pk for topic in topics]):
        topic.rule = None
        topic.save(update_fields=["rule"])
    community.touch()  # in the open API it names the version that is in force
    announce(
        "agreement.changed",
        subject=agreement,
        community=community,
        actor=actor_in(acting_user, community),
        payload={
            "version": agreement.version,
            "agreed_on": agreed_on.isoformat(),
            "days_to_gather": days_to_gather,
            "rules": [
                {
                    "topic": term.topic,
                    "who_decides": term.who_decides,
                    "support_threshold": term.support_threshold,
                    "response_working_days": term.response_working_days,
                }
                for term in terms
            ],
        },
        texts={"how_agreed": agreement.how_agreed, "why": agreement.why},
    )
    return agreement


def _require_whole(terms: Sequence[RuleTerms], agreed_on: date, how_agreed: str, days_to_gather: int) -> None:
    if not terms:
        raise NotValid(_("An agreement names at least one topic."), field="terms")
    if len({slugify(term.topic) for term in terms}) != len(terms) or not all(slugify(term.topic) for term in terms):
        raise NotValid(_("Name each topic once."), field="terms")
    for term in terms:
        if term.who_decides not in Rule.WhoDecides.values:
            raise NotValid(_("Say who decides about %(topic)s.") % {"topic": term.topic}, field="terms")
        if not 1 <= term.support_threshold <= 1_000_000 or not 1 <= term.response_working_days <= 250:
            raise NotValid(_("The numbers for %(topic)s do not fit.") % {"topic": term.topic}, field="terms")
    if not how_agreed.strip():
        raise NotValid(_("Say how it was agreed."), field="how_agreed")
    if agreed_on > clock.today():
        raise NotValid(_("It cannot have been agreed on a day that is still to come."), field="agreed_on")
    if not 7 <= days_to_gather <= 730:
        raise NotValid(_("Give between 7 and 730 days to gather backing."), field="days_to_gather")


def _topic_under(community: Community, agreement: Agreement, term: RuleTerms) -> Topic:
    topic, _made = Topic.objects.get_or_create(
        community=community, slug=slugify(term.topic)[:60], defaults={"name": term.topic}
    )
    if term.organisation is not None:
        topic.organisation = term.organisation
    topic.rule = Rule.objects.create(
        agreement=agreement,
        topic=topic,
        who_decides=term.who_decides,
        support_threshold=term.support_threshold,
        response_working_days=term.response_working_days,
    )
    topic.save()
    return topic
