"""The figures of an organisation are public: what happens in a private community is not in them."""

import uuid
from datetime import timedelta

from communities.models import Topic
from proposals.actions.answering import publish_response, save_response_draft
from proposals.actions.asking import call_in_proposal
from proposals.actions.drafting import save_draft, start_draft, table_proposal
from proposals.actions.promising import make_commitment
from proposals.counts import kept_columns
from record import clock
from tests.stage import WORDS


def test_a_private_question_and_answer_do_not_count(private_community, make_user, landlord):
    author = make_user("Ana Private", private_community)
    officer = make_user("Pat Private", private_community, "professional", organisation=landlord)
    facilitator = make_user("Flo Private", private_community, "facilitator")
    topic = Topic.objects.select_related("rule").get(community=private_community, slug="lighting")
    draft = start_draft(community=private_community, acting_user=author, submission=uuid.uuid4())
    draft = save_draft(proposal=draft, acting_user=author, topic=topic, organisations=[landlord], **WORDS)
    proposal = table_proposal(proposal=draft, acting_user=author)
    call_in_proposal(proposal=proposal, acting_user=facilitator, reason="Now", organisations=[landlord])
    fields = {"outcome": "accepted", "summary": "Yes.", "reasons": "It is ours."}
    save_response_draft(ask=proposal.asks.get(), acting_user=officer, revision=0, fields=fields)
    publish_response(ask=proposal.asks.get(), acting_user=officer, revision=1)
    make_commitment(
        acting_user=officer,
        text="Mend it",
        due_on=clock.today() + timedelta(days=3),
        submission=uuid.uuid4(),
        proposal=proposal,
        organisation=landlord,
    )
    landlord.refresh_from_db()
    assert (landlord.asks_count, landlord.answers_count, landlord.commitments_open) == (0, 0, 0)
    assert [kept.label for kept in kept_columns() if kept.wrong().exists()] == []
