import pytest

from communities.actions.agreements import RuleTerms
from communities.models import Agreement
from decisions.actions import decide_agreement
from decisions.exceptions import NotAllowed, NotValid
from decisions.models import Decision
from record import clock
from record.models import Entry

TERMS = [RuleTerms("Pets", "residents_decide", 4, 20)]


def decide(community, user, **more):
    words = {
        "terms": TERMS,
        "agreed_on": clock.today(),
        "how_agreed": "by residents’ vote",
        "why": "Dogs are a matter of ours.",
        "residents_present": 40,
        "professionals_present": 0,
        "votes_for": 30,
        "votes_against": 5,
    }
    return decide_agreement(community=community, acting_user=user, **(words | more))


@pytest.mark.parametrize(("professionals", "decided_by"), [(0, "residents"), (3, "together")])
def test_a_new_agreement_is_a_decision(community, facilitator, professionals, decided_by):
    decision = decide(community, facilitator, professionals_present=professionals)
    assert decision.decided_by == decided_by
    assert decision.agreement.version == 2
    assert set(Entry.objects.values_list("kind", flat=True)) == {"agreement.changed", "decision.recorded"}


@pytest.mark.parametrize("more", [{"votes_for": 5}, {"votes_for": 40}, {"residents_present": 0}, {"why": " "}])
def test_without_a_majority_or_reasons_nothing_changes(community, facilitator, more):
    with pytest.raises(NotValid):
        decide(community, facilitator, **more)
    assert Agreement.objects.filter(community=community).count() == 1
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["resident", "professional", "outsider"])
def test_only_a_facilitator(request, community, who):
    with pytest.raises(NotAllowed):
        decide(community, request.getfixturevalue(who))
