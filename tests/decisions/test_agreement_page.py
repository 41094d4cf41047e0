"""Writing down a new agreement."""

import uuid

import pytest
from django.urls import reverse

from communities.models import Agreement, Topic
from decisions.models import Decision
from record import clock


@pytest.fixture
def url(community):
    return reverse("decisions:agreement_new", args=[community.slug])


def filled(landlord, **more):
    return {
        "rows": "2",
        "agreed_on": clock.today().isoformat(),
        "how_agreed": "at the spring meeting",
        "why": "Dogs are a matter of ours.",
        "days_to_gather": "60",
        "residents_present": "40",
        "professionals_present": "2",
        "votes_for": "30",
        "votes_against": "5",
        "submission": str(uuid.uuid4()),
        "rule0-topic": "Pets",
        "rule0-who_decides": "residents_decide",
        "rule0-support_threshold": "4",
        "rule0-response_working_days": "15",
        "rule0-organisation": str(landlord.pk),
        "rule1-topic": "",
        "rule1-who_decides": "organisation_decides",
        "do": "record",
    } | more


def test_a_facilitator_puts_a_new_version_in_force(client_of, facilitator, community, landlord, url):
    client, words = client_of(facilitator), filled(landlord)
    assert client.post(url, words).url == reverse("communities:agreement", args=[community.slug])
    client.post(url, words)  # a second tap
    assert Agreement.objects.filter(community=community).count() == 2
    assert list(Topic.objects.exclude(rule=None).values_list("name", flat=True)) == ["Pets"]
    assert Decision.objects.get().decided_by == "together"


def test_the_form_begins_with_what_is_in_force(client_of, facilitator, url):
    page = client_of(facilitator).get(url).text
    assert "Lighting, paths and doors" in page


def test_another_topic_keeps_everything(client_of, facilitator, landlord, url):
    page = client_of(facilitator).post(url, filled(landlord, do="more", why="")).text
    assert 'name="rule2-topic"' in page
    assert "Pets" in page
    assert "put right" not in page
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rule0-support_threshold": ""}, "Give a number for Pets"),
        ({"votes_for": "3"}, "more residents for it"),
        ({"rule0-topic": ""}, "at least one topic"),
        ({"agreed_on": "9999-12-31"}, "between the years"),
        ({"residents_present": "NaN"}, "rule0-topic"),
        ({"rows": "999999999999"}, "rule0-topic"),
        ({"rule0-topic": "x\x00\ud800" * 40}, "rule0-topic"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(client_of, facilitator, landlord, url, change, said):
    words = {name: value.encode("utf-8", "replace").decode() for name, value in filled(landlord, **change).items()}
    page = client_of(facilitator).post(url, words)
    assert page.status_code in (200, 302)
    if page.status_code == 200:
        assert said in page.text
        assert "Dogs are a matter of ours." in page.text


@pytest.mark.parametrize("who", ["resident", "professional", "outsider", "staff"])
def test_nobody_else(request, client_of, url, who):
    assert client_of(request.getfixturevalue(who)).get(url).status_code == 403
