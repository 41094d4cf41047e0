"""The whole story, in the order in which it happened, with the nights between the days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from communities.actions.agreements import RuleTerms
from communities.models import Community, Topic
from decisions.actions import decide_agreement, record_notice
from demo.story import PROPOSALS
from demo.story.agreement import NOTICES, VERSIONS
from demo.story.people import FACILITATOR, RESIDENTS, VOTERS
from demo.story.place_shapes import Notice, Version
from demo.teller.acts import Doing
from demo.teller.dates import with_dates
from demo.teller.hearing import hear
from demo.teller.moments import Moments
from demo.teller.opinions import tell_opinions
from demo.teller.people import join, make_place, seat_officers, write_letters
from demo.teller.schedule import FIRST_LETTERS, Schedule
from demo.teller.votes import tell_votes
from notifications.actions.following import follow
from proposals.actions.asking import announce_due_soon, record_clock_crossings
from proposals.actions.checking import (
    announce_commitments_due,
    confirm_undisputed_commitments,
    record_late_commitments,
)
from proposals.actions.deciding import decide_standing_answers
from proposals.actions.ending import lapse_proposals
from proposals.actions.promising import make_commitment
from record import clock

NIGHTLY = (
    record_clock_crossings,
    lapse_proposals,
    decide_standing_answers,
    confirm_undisputed_commitments,
    record_late_commitments,
    announce_due_soon,
    announce_commitments_due,
)
REMINDERS_FROM = timedelta(days=30)  # what fell due before that was told of long ago
OPENED = 290.0


@transaction.atomic
def tell_story(say: Callable[[str], None]) -> None:
    """All of it or nothing. `say` hears how far it is."""
    now = clock.now()
    moments = Moments(timezone.localtime(now).date(), Community(country="GB", subdivision="ENG"))
    opened = timezone.localtime(moments.moment(OPENED))
    with clock.at(opened):
        cast = make_place()
        seat_officers(cast)
        write_letters(cast)
    doing = Doing(cast, moments)
    schedule = Schedule(doing)
    for at, resident in enumerate(RESIDENTS):
        joined = resident.joined if resident.joined is not None else FIRST_LETTERS - at * 0.05
        schedule.add(moments.moment(joined), partial(join, cast, resident))
    for version in VERSIONS:
        schedule.add(moments.moment(version.ago), partial(_agree, doing, version))
    for told in with_dates(PROPOSALS, moments):
        schedule.tell(told)
    for at, voter in enumerate(VOTERS):
        schedule.add(moments.moment(FIRST_LETTERS - 4 - at * 0.05), partial(join, cast, voter))
    tell_votes(schedule, doing)
    for notice in with_dates(NOTICES, moments):
        schedule.add(moments.moment(notice.ago), partial(_give_notice, doing, notice))
    _play(schedule, opened, now, say)
    tell_opinions(doing, now)
    for key in (FACILITATOR.key, "delroy"):
        follow(subject_type="community", subject_id=cast.community.pk, acting_user=cast.users[key])
    hear(now)


def _play(schedule: Schedule, opened: datetime, now: datetime, say: Callable[[str], None]) -> None:
    """Every act at its moment, and each night what the days bring by themselves."""
    night = opened.replace(hour=5, minute=30) + timedelta(days=1)
    acts = schedule.in_order()
    for at, (moment, _order, act) in enumerate(acts):
        while night <= moment:
            _pass_night(night, now)
            night += timedelta(days=1)
        if moment > now:
            raise ValueError(f"The story names a moment that is still to come: {moment}")
        with clock.at(moment):
            _happen(act, moment)
        if at % 400 == 399:
            say(f"{at + 1} of {len(acts)} things happened")
    while night <= now:
        _pass_night(night, now)
        night += timedelta(days=1)


def _happen(act: Callable[[], object], moment: datetime) -> None:
    """Where the story asks for what the site refuses, say at which moment of the story."""
    try:
        act()
    except Exception as error:
        error.add_note(f"In the story, on {moment:%A %d %B %Y at %H:%M}: {act}"[:600])
        raise


def _pass_night(night: datetime, now: datetime) -> None:
    with clock.at(night):
        for sweep in NIGHTLY if now - night < REMINDERS_FROM else NIGHTLY[:-2]:
            sweep()


def _agree(doing: Doing, version: Version) -> None:
    """A meeting agrees on the next version."""
    decide_agreement(
        community=doing.cast.community,
        acting_user=doing.user(FACILITATOR.key),
        terms=[
            RuleTerms(
                topic=terms.topic,
                who_decides=terms.who_decides,
                support_threshold=terms.threshold,
                response_working_days=terms.working_days,
                organisation=doing.cast.organisations[terms.organisation],
            )
            for terms in version.terms
        ],
        agreed_on=clock.today(),
        how_agreed=version.how,
        why=version.why,
        residents_present=version.residents,
        professionals_present=version.professionals,
        votes_for=version.votes_for,
        votes_against=version.votes_against,
    )


def _give_notice(doing: Doing, notice: Notice) -> None:
    officer = doing.user(notice.who)
    decision = record_notice(
        community=doing.cast.community,
        acting_user=officer,
        topic=Topic.objects.get(community=doing.cast.community, name=notice.topic),
        title=notice.title,
        summary=notice.summary,
        reasons=notice.reasons,
        outcome="accepted",
        submission=doing.submission(notice.title),
    )
    for promise in notice.promises:
        make_commitment(
            acting_user=officer,
            text=promise.text,
            due_on=doing.moments.day(promise.due),
            by_whom=promise.by,
            decision=decision,
            organisation=doing.cast.organisations[doing.cast.officer_of[notice.who]],
            submission=doing.submission(promise.text),
        )
