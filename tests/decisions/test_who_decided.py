import pytest

from decisions.who_decided import Facts, who_decided


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts("ballot"), "residents"),
        (Facts("sign_off"), "together"),
        (Facts("response", supports=30, threshold=30), "organisation_after_consulting"),
        (Facts("response", supports=29, threshold=30), "organisation_alone"),
        (Facts("response", who_decides="decide_together", supports=30, threshold=30), "organisation_after_consulting"),
        (Facts("notice"), "organisation_alone"),
        (Facts("notice", supports=99, threshold=1), "organisation_alone"),
        (Facts("notice", overrules=True), "organisation_overruling_residents"),
        (Facts("meeting", who_decides="residents_decide", residents_present=12), "residents"),
        (Facts("meeting", who_decides="decide_together", residents_present=12, professionals_present=2), "together"),
    ],
)
def test_who_decided_follows_from_the_facts(facts, expected):
    assert who_decided(facts) == expected


@pytest.mark.parametrize(
    "facts",
    [
        Facts("meeting", who_decides="organisation_decides", residents_present=12, professionals_present=2),
        Facts("meeting", who_decides="decide_together", residents_present=12),
        Facts("meeting", who_decides="residents_decide"),
    ],
)
def test_a_meeting_takes_nothing_that_is_not_its_own(facts):
    with pytest.raises(ValueError, match="could not decide"):
        who_decided(facts)
