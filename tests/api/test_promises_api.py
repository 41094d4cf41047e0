"""Promises as data: which were not done, and what each is about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F

from accounts.models import User
from api.written import written
from communities.models import Community, Topic
from decisions.models import Decision
from proposals.actions.promising import change_commitment, claim_commitment, drop_commitment
from proposals.models import Commitment, Proposal, Response
from record import clock
from tests.api.conftest import Get

MakeDecisions = Callable[[int], list[Decision]]


def test_what_was_promised_and_not_done(get: Get, promise: Commitment, professional: User) -> None:
    """Past its day and not said to be done, or dropped at any time."""

    def asked(flag: str = "true") -> list[str]:
        return [row["id"] for row in get("commitments", not_done=flag).json()["results"]]

    assert (asked(), asked("false")) == ([], [str(promise.pk)])
    with clock.at(clock.now() + timedelta(days=40)):
        assert (asked(), asked("false")) == ([str(promise.pk)], [])
        claim_commitment(commitment=promise, acting_user=professional)
        assert asked() == []
    Commitment.objects.filter(pk=promise.pk).update(state=Commitment.State.PROMISED)
    drop_commitment(commitment=promise, acting_user=professional, reason="The money is gone")
    assert asked() == [str(promise.pk)]


def test_a_new_date_does_not_make_it_done(get: Get, promise: Commitment, professional: User) -> None:
    """Whoever moves the date on when it is past would else be off the list of promises that were not done."""
    first, words = promise.due_on, promise.text

    def row(**asked: str) -> list[Any]:
        return [row for row in get("commitments", **asked).json()["results"] if row["id"] == str(promise.pk)]

    assert row()[0]["first_text"] == words
    assert (row()[0]["changed_at"], row()[0]["change_reason"]) == (None, "")
    with clock.at(clock.now() + timedelta(days=40)):
        for text, days in (("Mend half of the lamp", 300), ("Mend it some day", 500)):
            due_on = clock.today() + timedelta(days=days)
            change_commitment(
                commitment=promise, acting_user=professional, text=text, due_on=due_on, reason=f"Not for {days} days."
            )
        (moved,) = row(not_done="true")
        assert row(late="true") == row(not_done="false") == []
        assert (moved["text"], moved["first_text"]) == ("Mend it some day", words)
        assert (moved["due_on"], moved["first_due_on"]) == (due_on.isoformat(), first.isoformat())
        assert (moved["change_reason"], moved["changed_at"][:10]) == ("Not for 500 days.", clock.today().isoformat())
        assert moved["updated"] >= moved["changed_at"]
        claim_commitment(commitment=promise, acting_user=professional)
        assert row(not_done="true") == []


def test_promises_of_one_topic(
    get: Get, promise: Commitment, many_decisions: MakeDecisions, community: Community
) -> None:
    """A promise has the topic of its proposal, or of the decision it follows from alone."""
    assert promise.proposal is not None
    topic, (alone,) = promise.proposal.topic, many_decisions(1)
    other = Topic.objects.exclude(pk=topic.pk).filter(community=community)[0]
    Decision.objects.update(topic=other)

    def asked(pk: Any) -> list[Any]:
        return [row["topic"]["title"] for row in get("commitments", topic=pk).json()["results"]]

    assert (asked(topic.pk), asked(other.pk)) == ([topic.name], [])
    Commitment.objects.update(proposal=None, response=None, decision=alone)
    written.clear()
    assert (asked(topic.pk), asked(other.pk)) == ([], [other.name])
    Commitment.objects.update(decision=None)
    written.clear()
    assert [row["topic"] for row in get("commitments").json()["results"]] == [None]
    assert get("commitments", topic=community.pk).status_code == 400


def test_a_related_thing_has_its_address(get: Get, promise: Commitment, response: Response) -> None:
    Commitment.objects.update(response=response)
    (row,) = get("commitments").json()["results"]
    assert row["response_id"] == str(response.pk)
    assert row["response_url"].endswith(f"/responses/{response.pk}/")
    Commitment.objects.update(response=None)
    written.clear()
    assert get("commitments").json()["results"][0]["response_id"] is None
    proposal = get(f"proposals/{response.proposal_id}").json()
    assert proposal["merged_into_url"] is proposal["retabled_from_url"] is None
    Proposal.objects.update(retabled_from=F("pk"))
    written.clear()
    proposal = get(f"proposals/{response.proposal_id}").json()
    assert get(proposal["retabled_from_url"].split("/api/v1/")[1].strip("/")).json()["id"] == proposal["retabled_from"]
