"""What a line of the record is about, in words, while that is public."""

import json
import uuid
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from communities.models import Community
from front.record_words import sentence_of
from proposals.actions.talk import add_comment
from proposals.models import Ask, Commitment, Proposal, Response
from record.announcements import Actor, announce
from record.models import Entry
from tests.front.conftest import MakeDecision, MakeVote
from tests.front.test_record_page import text_of


def test_a_line_says_what_it_is_about(
    client: Client, publish: Callable[..., Response], ask: Ask, neighbour: User, community: Community
) -> None:
    answer = publish(ask)
    proposal = answer.proposal
    add_comment(proposal=proposal, acting_user=neighbour, body="Good", submission=uuid.uuid4())
    named = proposal.title
    page = text_of(client, "/record/")
    assert f"Penhale Homes answered: {named}" in page
    assert f"Somebody commented: {named}" in page
    assert f'href="{proposal.get_absolute_url()}"' in page
    first = strip_tags(page.partition('id="lines"')[2].partition("</li>")[0])
    assert first.count(proposal.reference) == 1
    line = Entry.objects.get(kind="response.published")
    page = text_of(client, f"/record/{line.pk}/")
    assert f"Penhale Homes answered: {named}" in page
    assert f'property="og:title" content="Line {line.pk} of the record"' in page
    assert f'property="og:description" content="Penhale Homes answered: {named}"' in page
    Community.objects.update(is_public=False)
    for address in ("/record/", f"/record/{line.pk}/"):
        page = text_of(client, address)
        assert proposal.title not in page
        assert proposal.reference not in page.replace(line.line, "")


def test_what_lines_are_about_costs_one_query(
    client: Client, tabled: Proposal, neighbour: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 20):
        for number in range(count):
            add_comment(proposal=tabled, acting_user=neighbour, body=f"{number}", submission=uuid.uuid4())
        with django_assert_num_queries(5):  # the lines, the communities, the proposals, the head, the checkpoint
            client.get("/record/")


def test_every_type_of_thing_is_named(
    client: Client, promise: Commitment, make_vote: MakeVote, make_decision: MakeDecision, community: Community
) -> None:
    vote, decision = make_vote(community, "Which bench?"), make_decision(community, title="A bench")
    with transaction.atomic():
        for kind, subject in (("ballot.opened", vote), ("decision.recorded", decision)):
            announce(kind, subject=subject, community=community, actor=Actor(role="system"))
    page = text_of(client, "/record/")
    for title, thing in ((promise.text, promise), (vote.question, vote), (decision.title, decision)):
        assert f": {title}</a>" in page
        assert f">{thing.reference}</a>" in page
    for thing in (vote, decision):
        assert f'href="{thing.get_absolute_url()}"' in page
    announced = "A vote was announced: Which bench? Its question"
    with transaction.atomic():
        announce("ballot.announced", subject=vote, community=community, actor=Actor(role="system"))
    assert announced in text_of(client, "/record/")


@pytest.mark.parametrize("role", ["professional", "facilitator"])
def test_a_seat_is_called_what_it_is(role: str) -> None:
    line = json.dumps({"kind": "membership.appointed", "actor": {"role": "facilitator"}, "payload": {"role": role}})
    assert sentence_of(Entry(line=line, is_public=True)) == f"Somebody got a seat as a {role}."
