"""Every address × every kind of person × a public and a private community. An address that is not listed fails.

For each address the table says who may. Whoever may not gets 403, 404 or the way to sign in; whoever is outside a
private community must not even learn that it exists: 404, or the way to sign in.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from api.bulk import making
from api.models import Snapshot
from ballots.actions.announcing import announce_ballot
from ballots.actions.entering import start_batch
from ballots.actions.preparing import add_option, start_ballot
from ballots.actions.running import open_ballot
from ballots.models import Ballot, Count, Elector
from communities.actions.invitations import create_invitations
from communities.codes import code_of
from communities.models import Community, Membership, Organisation, Topic
from decisions.models import Decision
from proposals.actions.answering import publish_response, save_response_draft
from proposals.actions.asking import call_in_proposal
from proposals.actions.asking_for_promises import ask_for_commitments
from proposals.actions.deciding import decide_at_meeting
from proposals.actions.drafting import save_draft, start_draft, table_proposal
from proposals.actions.promising import claim_commitment, make_commitment
from proposals.actions.talk import add_comment, make_offer
from proposals.models import Proposal
from record import clock
from record.checkpoints import make_checkpoint, newest_checkpoint
from tests.stage import WORDS

pytestmark = pytest.mark.once

INSIDE = {"resident", "professional", "facilitator", "author"}
OUTSIDE = {"anonymous", "resident elsewhere", "professional elsewhere", "staff"}
EVERYONE = INSIDE | OUTSIDE
SIGNED_IN = EVERYONE - {"anonymous"}
RESIDENTS = {"resident", "author"}


@dataclass(frozen=True)
class Rule:
    """Who may. `place`: the page is of one community, so in a private one only those inside may."""

    may: set[str]
    post: bool = False
    place: bool = True
    data: dict[str, str] = field(default_factory=dict)


def site(may: set[str] = EVERYONE, **more: Any) -> Rule:
    return Rule(may, place=False, **more)


AUTHOR, OFFICER, FACILITATOR = {"author"}, {"professional"}, {"facilitator"}
API_LISTS = (
    "decisions",
    "proposals",
    "asks",
    "responses",
    "commitment-asks",
    "commitments",
    "communities",
    "organisations",
    "topics",
)
MATRIX: dict[str, Rule] = {
    **{f"front:{name}": site() for name in ("home", "waiting", "find", "help", "promises", "privacy", "accessibility")},
    "front:robots": site(),
    "front:security": site(),
    **{f"accounts:{name}": site(SIGNED_IN) for name in ("account", "download", "erase", "kept")},
    "communities:list": site(),
    "communities:organisations": site(),
    "communities:join_anywhere": site(SIGNED_IN),
    "communities:join_by_link": site(SIGNED_IN),
    "communities:community": Rule(EVERYONE),
    "communities:agreement": Rule(EVERYONE),
    "communities:organisation": Rule(EVERYONE),
    "communities:organisation_answers": Rule(EVERYONE),
    "communities:organisation_promises": Rule(EVERYONE),
    "communities:join": Rule(SIGNED_IN),
    "communities:leave": Rule(SIGNED_IN),  # who has no seat is sent back to the community
    **{
        f"communities:{name}": Rule(FACILITATOR)
        for name in (
            "facilitate",
            "members",
            "appoint",
            "without_email",
            "end_seat",
            "invitations",
            "invite_by_email",
            "letters",
            "letter",
        )
    },
    "communities:revoke": Rule(FACILITATOR, post=True),
    "proposals:list": Rule(EVERYONE),
    "proposals:detail": Rule(EVERYONE),
    "proposals:by_number": Rule(EVERYONE),
    "proposals:common_ground": Rule(EVERYONE),
    "proposals:thread": Rule(EVERYONE),
    "proposals:new": Rule(RESIDENTS),
    "proposals:drafts": Rule(RESIDENTS),
    "proposals:draft": Rule(AUTHOR),
    "proposals:discard": Rule(AUTHOR),
    "proposals:back": Rule(RESIDENTS, post=True),
    "proposals:take_back": Rule(RESIDENTS, post=True),
    "proposals:opinion": Rule(RESIDENTS, post=True, data={"value": "agree"}),
    "proposals:say": Rule(INSIDE, post=True, data={"body": "Hello"}),
    "proposals:remove_comment": Rule(AUTHOR, post=True),
    "proposals:offer": Rule(RESIDENTS, post=True, data={"text": "A ladder"}),
    "proposals:take_offer_back": Rule(AUTHOR, post=True),
    "proposals:verdict": Rule(AUTHOR, post=True, data={"answers_it": "yes"}),
    "proposals:promise": Rule(RESIDENTS),
    "proposals:start_promise": Rule(OFFICER, post=True),  # the promise on stage is the landlord's
    "proposals:claim_promise": Rule(OFFICER, post=True),
    "proposals:kept": Rule(AUTHOR, post=True),
    "proposals:not_kept": Rule(AUTHOR),
    "proposals:withdraw": Rule(AUTHOR),
    "proposals:retable": Rule(RESIDENTS, post=True),
    **{
        f"facilitate:{name}": Rule(FACILITATOR)
        for name in (
            "call_in",
            "call_in_one",
            "merge",
            "merge_into",
            "merge_both",
            "scrutiny",
            "meeting",
            "meeting_one",
        )
    },
    "desk:desk": site(OFFICER | {"professional elsewhere", "staff"}),  # who has no seat at all is told what it is
    "desk:waiting": site(OFFICER | {"professional elsewhere"}),
    "desk:promises": site(OFFICER | {"professional elsewhere"}),
    "desk:promise_choose": site(OFFICER | {"professional elsewhere"}),
    "desk:words": site(OFFICER | {"professional elsewhere"}, post=True, data={"reasons": "Because."}),
    "desk:answer": Rule(OFFICER),
    "desk:preview": Rule(OFFICER),
    "desk:second_look": Rule(OFFICER, post=True),
    "desk:publish": Rule(OFFICER),
    "desk:extend": Rule(OFFICER),
    "desk:decide": Rule(OFFICER | FACILITATOR),
    "desk:promise_new": Rule(OFFICER),
    "desk:promise_decision": Rule(OFFICER),
    "desk:promise_start": Rule(OFFICER, post=True),
    "desk:promise_claim": Rule(OFFICER),
    "desk:promise_change": Rule(OFFICER),
    "desk:promise_drop": Rule(OFFICER),
    "decisions:list": site(),
    "decisions:detail": Rule(EVERYONE),
    "decisions:notice_new": Rule(OFFICER),
    "decisions:agreement_new": Rule(FACILITATOR),
    "decisions:overrule": Rule(OFFICER),
    "ballots:all": site(),
    "ballots:list": Rule(EVERYONE),
    "ballots:detail": Rule(EVERYONE),
    **{f"ballots:{name}": Rule(RESIDENTS) for name in ("vote", "check")},
    "ballots:drop": Rule(RESIDENTS, post=True),
    "ballots:done": Rule(RESIDENTS),
    "ballots:recount": site(),
    "ballots:paper": Rule(EVERYONE),  # a facilitator is led on to the entry
    "ballots:answer_advice": Rule(OFFICER),
    **{f"ballots:{name}": Rule(FACILITATOR) for name in ("manage", "new", "prepare", "terms", "announce", "cancel")},
    **{f"ballots:{name}": Rule(FACILITATOR) for name in ("certify", "discard", "option_add")},
    **{
        f"ballots:{name}": Rule(FACILITATOR)
        for name in ("roll", "papers", "enter", "batches", "batch", "option_change")
    },
    **{
        f"ballots:{name}": Rule(EVERYONE)
        for name in ("steps", "receipts", "papers_csv", "papers_pb", "count_json", "receipts_txt")
    },
    "inbox:inbox": site(SIGNED_IN),
    "inbox:preferences": site(SIGNED_IN),
    "inbox:following": site(SIGNED_IN),
    "inbox:read_all": site(SIGNED_IN, post=True, data={"up_to": "1"}),
    "inbox:open": site(set()),  # the notification on stage is nobody's
    "inbox:follow": Rule(SIGNED_IN, post=True),
    "inbox:unfollow": site(SIGNED_IN, post=True),
    "inbox:mute": Rule(SIGNED_IN, post=True),
    "inbox:unsubscribe": site(set()),  # only with a signed token: tests/notifications
    "open_data:index": site(),
    "open_data:fresh": site(post=True),
    "open_data:dictionary": site(),
    "open_data:corrections": site(),
    "open_data:corrections_file": site(),
    "open_data:file": site(),
    "open_data:kept_file": site(),
    "embed:decision": Rule(EVERYONE),
    "embed:waiting": site(),
    "feeds:about": site(),
    "feeds:site": site(),
    "feeds:community": Rule(EVERYONE),
    "feeds:organisation": Rule(EVERYONE),
    **{f"record:{name}": site() for name in ("record", "line", "checkpoints", "key", "verify")},
    "record:subscribe": site(post=True, data={"email": "reader@example.org"}),
    "record:confirm": site(set()),  # only with a signed token: tests/front/test_checkpoint_mail.py
    "record:leave": site(set()),
    # A line of a private community is sealed: it is there for everybody, and tells nothing.
    **{f"api:record-{name}": site() for name in ("list", "line", "checkpoints", "checkpoint", "words")},
    **{f"api:record-{name}": site() for name in ("consistency", "inclusion")},
    "webhooks:subscribe": site(),
    "webhooks:sent": site(),
    "webhooks:lost": site(),
    **{f"webhooks:{name}": site(set()) for name in ("confirm", "manage", "end")},  # by signed link: tests/webhooks
    **{f"webhooks:{name}": site(set(), post=True) for name in ("rotate", "test", "replay", "pause", "resume")},
    **{f"api:{name}": site() for name in ("guide", "root", "schema", "docs")},
    **{f"api:{name}-list": site() for name in (*API_LISTS, "ballots")},
    # The API is the public's: what is private is in it for nobody.
    **{f"api:{name}-detail": Rule(EVERYONE) for name in (*API_LISTS, "ballots")},
    **{f"api:ballots-{part}": Rule(EVERYONE) for part in ("options", "count", "papers", "receipts")},
    "api:proposals-comments": Rule(EVERYONE),
}
# Below, tests/accounts/, tests/accounts/test_demo.py, tests/front/test_embeds.py
ELSEWHERE_TESTED = ("admin:", "account_", "mfa_", "demo:", "embed:oembed")
NOBODY_WHEN_PRIVATE = ("api:", "feeds:", "embed:")
# Pages of a vote that has a result.
BALLOT_IS_OVER = {"steps", "receipts", "papers_csv", "papers_pb", "count_json", "receipts_txt"}


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inner)


def test_every_address_is_listed():
    found = {name for name in names(get_resolver()) if not name.startswith(ELSEWHERE_TESTED)}
    assert found == set(MATRIX)


@pytest.fixture(params=["public", "private"])
def place(request, community, private_community) -> Community:
    return community if request.param == "public" else private_community


@pytest.fixture
def people(make_user, place, landlord, council, staff) -> dict[str, User | None]:
    other = Community.objects.create(name="Otherby", slug="otherby")
    other.organisations.add(council)
    return {
        "anonymous": None,
        "resident": make_user("Rita Resident", place),
        "author": make_user("Ada Author", place),
        "professional": make_user("Pat Pro", place, "professional", organisation=landlord, job_title="manager"),
        "facilitator": make_user("Flo Facilitator", place, "facilitator"),
        "resident elsewhere": make_user("Rob Elsewhere", other),
        "professional elsewhere": make_user("Pia Elsewhere", other, "professional", organisation=council),
        "staff": staff,
    }


def _tabled(author: User, topic: Topic, landlord: Any) -> Proposal:
    draft = start_draft(community=topic.community, acting_user=author, submission=uuid.uuid4())
    draft = save_draft(proposal=draft, acting_user=author, topic=topic, organisations=[landlord], **WORDS)
    return table_proposal(proposal=draft, acting_user=author)


@pytest.fixture
def stage(place, people, landlord, council) -> dict[str, dict[str, Any]]:
    """Something behind every address: the arguments of each name, by what it is about."""
    author, officer, facilitator = people["author"], people["professional"], people["facilitator"]
    topics = {topic.slug: topic for topic in Topic.objects.filter(community=place).select_related("rule", "community")}
    tabled, twin, asked, answered, settled = (_tabled(author, topics["lighting"], landlord) for _ in range(5))
    green = _tabled(author, topics["green"], landlord)
    comment = add_comment(proposal=tabled, acting_user=author, body="Words", submission=uuid.uuid4())
    offer = make_offer(proposal=tabled, acting_user=author, text="A ladder", submission=uuid.uuid4())
    for proposal in (asked, answered, settled):
        call_in_proposal(proposal=proposal, acting_user=facilitator, reason="Urgent", organisations=[landlord])
    ask = asked.asks.get()
    fields = {"outcome": "accepted", "summary": "Yes.", "reasons": "It is ours."}
    save_response_draft(ask=ask, acting_user=officer, revision=0, fields=fields)
    response = None
    for proposal in (answered, settled):
        its_ask = proposal.asks.get()
        save_response_draft(ask=its_ask, acting_user=officer, revision=0, fields=fields)
        response = publish_response(ask=its_ask, acting_user=officer, revision=1)
    promises = [
        make_commitment(
            acting_user=officer,
            text="Mend it",
            due_on=clock.today() + timedelta(days=9),
            submission=uuid.uuid4(),
            proposal=settled,
            organisation=landlord,
        )
        for _ in range(2)
    ]
    claim_commitment(commitment=promises[1], acting_user=officer)
    decision = _meeting(green, facilitator)
    draft = start_draft(community=place, acting_user=author, submission=uuid.uuid4())
    invitation = create_invitations(community=place, acting_user=facilitator, addresses=[("Flat 1", "")])[0]
    seat = Membership.objects.get(user=people["resident"])
    only_here = Organisation.objects.create(name="Hidden Care", slug="hidden-care", sector="health")
    place.organisations.add(only_here)
    one = {"community": place.slug, "number": tabled.number, "slug": tabled.slug}
    late = one | {"number": settled.number, "slug": settled.slug}
    return {
        "communities": {"slug": place.slug, "pk": invitation.pk, "code": code_of(invitation.pk), "seat": seat.pk},
        "organisation": {"slug": only_here.slug},
        "proposals": one
        | {"comment": comment.pk, "offer": offer.pk, "draft": draft.pk, "step": "outcome", "reference": ""},
        "verdict": late | {"reference": response.reference if response else ""},
        "promise": late | {"reference": promises[1].reference},
        "facilitate": {"community": place.slug, "number": tabled.number, "into": twin.number},
        "meeting_one": {"community": place.slug, "number": _tabled(author, topics["green"], landlord).number},
        "desk": {
            "ask": ask.pk,
            "proposal": answered.pk,
            "promise": promises[0].pk,
            "decision": decision.pk,
            "token": "x",
            "pk": 1,
        },
        "decisions": {"reference": decision.reference, "community": place.slug},
        "open_data": {"name": "datapackage.json", "snapshot": str(_files().pk), "form": "csv"},
        "embed": {"reference": decision.reference},
        "feeds": {"slug": place.slug, "what": "decisions", "form": "atom"},
        "api": {
            "proposals": tabled.pk,
            "decisions": decision.pk,
            "asks": ask.pk,
            "commitment-asks": _asked_after_a_vote(decision, landlord),
            "responses": response.pk if response else None,
            "commitments": promises[0].pk,
            "communities": place.pk,
            "organisations": only_here.pk,
            "topics": topics["lighting"].pk,
            "ballots": _counted(place).pk,
        },
        "ballots": _open(place, facilitator),
        "ballots over": {"community": place.slug, "reference": "B-2026-9001"},
        "record": {"sequence": 0, "token": "x"},
        "follow": {"subject_type": "proposal", "subject_id": str(tabled.pk)},
    }


def _asked_after_a_vote(decision: Decision, organisation: Organisation) -> uuid.UUID:
    """The organisation must say what it will do about a decision."""
    asks = ask_for_commitments(
        decision.community,
        [organisation],
        ballot_reference="B-2026-9001",
        question="Which bench?",
        decision=decision,
        working_days=20,
    )
    return asks[0].pk


def _files() -> Snapshot:
    """The files of the open data page."""
    making.ask()
    snapshot = making.make_asked()
    assert snapshot is not None
    return snapshot


def _open(place: Community, facilitator: User) -> dict[str, Any]:
    """A vote that is open, with everybody on its roll whom it means."""
    opens = clock.now() + timedelta(hours=1)
    ballot = start_ballot(
        community=place,
        acting_user=facilitator,
        submission=uuid.uuid4(),
        question="Which tree?",
        topic=Topic.objects.get(community=place, slug="green"),
        method="approval",
        opens_at=opens,
        closes_at=opens + timedelta(days=5),
    )
    for title in ("A plum", "A pear"):
        add_option(ballot=ballot, acting_user=facilitator, title=title)
    announce_ballot(ballot=ballot, acting_user=facilitator)
    Ballot.objects.filter(pk=ballot.pk).update(opens_at=clock.now() - timedelta(minutes=1))
    assert open_ballot(ballot=ballot)
    code = Elector.objects.filter(ballot=ballot).values_list("code", flat=True)[0]
    batch = start_batch(ballot=ballot, acting_user=facilitator, label="First box")
    option = ballot.options.all()[0]
    return {
        "community": place.slug,
        "reference": ballot.reference,
        "code": code,
        "batch": batch.pk,
        "option": option.pk,
    }


def _counted(place: Community) -> Ballot:
    """A vote that is over, with papers that are published."""
    moment = clock.now()
    ballot = Ballot.objects.create(
        community=place,
        reference="B-2026-9001",
        question="Which bench?",
        state="counted",
        announced_at=moment,
        opens_at=moment - timedelta(days=8),
        closes_at=moment - timedelta(days=1),
        opened_at=moment - timedelta(days=8),
        closed_at=moment - timedelta(days=1),
    )
    nothing = {
        "rows": [],
        "naming": 0,
        "shortlist": {"winners": []},
        "voters_with_a_pick": {"plain": 0, "shortlist": 0},
    }
    Count.objects.create(
        ballot=ballot,
        papers="paper,1\n",
        papers_published=True,
        receipts_sha256="x",
        counted_at=moment,
        working=nothing,
    )
    return ballot


def _meeting(proposal: Proposal, facilitator: User) -> Decision:
    return decide_at_meeting(
        proposal=proposal,
        acting_user=facilitator,
        held_on=clock.today(),
        meeting_label="Residents’ meeting",
        outcome="accepted",
        summary="It stays.",
        reasons="We like it.",
        residents_present=9,
        professionals_present=0,
        votes_for=8,
        votes_against=1,
        submission=uuid.uuid4(),
    )


def _address(name: str, stage: dict[str, dict[str, Any]]) -> str:
    room, _colon, page = name.partition(":")
    if page.startswith("record-"):
        return _address_in_record(name)
    arguments = dict(stage.get({"inbox": "desk", "webhooks": "desk"}.get(room, room), {}))
    if room == "api":
        resource, _dash, kind = page.rpartition("-")
        return reverse(name, args=[stage["api"][resource]] if resource and kind != "list" else [])
    if page.startswith("organisation") and room in ("communities", "feeds"):
        arguments |= stage["organisation"]
    if page == "end_seat":
        arguments["pk"] = arguments["seat"]
    if room == "proposals" and page in ("verdict", "start_promise", "claim_promise", "kept", "not_kept"):
        arguments |= stage["verdict" if page == "verdict" else "promise"]
    if room == "ballots" and page in BALLOT_IS_OVER:
        arguments |= stage["ballots over"]
    if page == "meeting_one":
        arguments = stage["meeting_one"]
    wanted = _arguments_of(name)
    return reverse(name, kwargs={key: value for key, value in arguments.items() if key in wanted})


def _address_in_record(name: str) -> str:
    """Lines and checkpoints go by numbers; a proof is between two of them."""
    size = (newest_checkpoint() or make_checkpoint()).sequence_count
    questions = {"consistency": f"?from={size}&to={size}", "inclusion": f"?sequence=0&checkpoint={size}"}
    kind = name.rpartition("-")[2]
    return reverse(name, args={"line": [0], "checkpoint": [size]}.get(kind, [])) + questions.get(kind, "")


def _arguments_of(name: str) -> set[str]:
    namespace, _colon, page = name.rpartition(":")
    resolver = get_resolver()
    if namespace:
        _prefix, resolver = resolver.namespace_dict[namespace]
        outer = set(get_resolver().namespace_dict[namespace][1].pattern.converters)
    else:
        outer = set()
    found: set[str] = set(outer)
    for possibilities in resolver.reverse_dict.getlist(page):
        for _template, parameters in possibilities[0]:
            found |= set(parameters)
    return found


def test_who_may(place, people, stage):
    clients = {who: _browser(user) for who, user in people.items()}
    wrong = [
        f"{name}: {complaint}"
        for name, rule in MATRIX.items()
        for complaint in _complaints(name, rule, place, clients, stage)
    ]
    assert wrong == []


def read_to_the_end(answer: Any) -> None:
    """A file is closed by whoever reads it to its end."""
    if answer.streaming:
        list(answer.streaming_content)


def _browser(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _complaints(
    name: str, rule: Rule, place: Community, clients: dict[str, Client], stage: dict[str, dict[str, Any]]
) -> Iterator[str]:
    """What is not as the table says, for one address. Each request is undone."""
    address, may = _address(name, stage), rule.may
    hidden = rule.place and not place.is_public
    if hidden:
        may = set() if name.startswith(NOBODY_WHEN_PRIVATE) else may & INSIDE
    data = rule.data | (stage["follow"] if name in ("inbox:follow", "inbox:mute", "inbox:unfollow") else {})
    for who, client in clients.items():
        with transaction.atomic():
            answer = client.post(address, data) if rule.post else client.get(address)
            transaction.set_rollback(True)
        read_to_the_end(answer)
        to_sign_in = answer.status_code == 302 and answer.url.startswith(reverse(settings.LOGIN_URL))
        if who in may:
            right = answer.status_code in (200, 204, 302, 409) and not to_sign_in
        elif hidden and who in OUTSIDE:
            right = answer.status_code == 404 or (to_sign_in and who == "anonymous")
        else:
            right = answer.status_code in (403, 404) or to_sign_in
        if not right:
            yield f"{who} → {answer.status_code} {answer.get('Location', '')}"


def test_the_admin_is_for_operators(people):
    """No page of the admin opens for anybody without the right; each list opens for a superuser."""
    pages = [
        name for name in names(get_resolver()) if name.startswith("admin:") and name.endswith(("_changelist", "_add"))
    ]
    boss = User.objects.create_superuser("boss@example.org", display_name="Boss")
    clients, boss_client = {who: _browser(user) for who, user in people.items()}, _browser(boss)
    assert len(pages) > 10
    for name in pages:
        for who, client in clients.items():
            assert client.get(reverse(name)).status_code in (302, 403), f"{who} at {name}"
        assert boss_client.get(reverse(name)).status_code in (200, 403), name
