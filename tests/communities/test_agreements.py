from datetime import timedelta

import pytest

from communities.actions.agreements import RuleTerms, change_agreement
from communities.exceptions import NotAllowed, NotValid
from communities.models import Topic
from record import clock
from record.models import Entry

TERMS = [
    RuleTerms("Lighting, paths and doors", "decide_together", 5, 10),
    RuleTerms("Pets", "residents_decide", 4, 20),
]


def change(community, user, **more):
    words = {"terms": TERMS, "agreed_on": clock.today(), "how_agreed": "by residents’ vote"} | more
    return change_agreement(community=community, acting_user=user, **words)


def test_a_change_is_a_new_version(community, facilitator, tabled):
    agreement = change(community, facilitator)
    assert agreement.version == 2
    in_force = dict(Topic.objects.exclude(rule=None).values_list("slug", "rule__who_decides"))
    assert in_force == {"lighting-paths-and-doors": "decide_together", "pets": "residents_decide"}
    assert Topic.objects.get(slug="green").rule is None  # not named any more
    assert Entry.objects.filter(kind="agreement.changed").count() == 1
    tabled.refresh_from_db()
    assert (tabled.rule.agreement.version, tabled.threshold) == (1, 3)  # goes on under its own rule


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"terms": []}, "terms"),
        ({"terms": [TERMS[0], TERMS[0]]}, "terms"),
        ({"terms": [RuleTerms("Pets", "nobody", 1, 1)]}, "terms"),
        ({"terms": [RuleTerms("Pets", "residents_decide", 0, 1)]}, "terms"),
        ({"how_agreed": " "}, "how_agreed"),
        ({"days_to_gather": 3}, "days_to_gather"),
    ],
)
def test_a_change_that_is_not_whole_is_refused(community, facilitator, more, field):
    with pytest.raises(NotValid) as refused:
        change(community, facilitator, **more)
    assert refused.value.field == field


def test_not_agreed_tomorrow(community, facilitator):
    with pytest.raises(NotValid):
        change(community, facilitator, agreed_on=clock.today() + timedelta(days=1))


@pytest.mark.parametrize("who", ["resident", "professional", "outsider", "staff"])
def test_only_a_facilitator_records_it(request, community, who):
    with pytest.raises(NotAllowed):
        change(community, request.getfixturevalue(who))
