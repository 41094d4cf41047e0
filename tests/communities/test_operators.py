"""What operators of the site do: by command and in the admin."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from communities.models import Community, Membership, Organisation
from record.models import Entry


@pytest.fixture
def operator(make_user):
    user = make_user("Olive Operator")
    user.is_staff = user.is_superuser = True
    user.save()
    return user


def test_the_command_opens_a_community_with_its_facilitator(operator, stranger, landlord, capsys):
    call_command(
        "create_community", "Heron House", "--facilitator", stranger.email.upper(), "--organisation", landlord.slug
    )
    made = Community.objects.get(slug="heron-house")
    assert list(made.organisations.all()) == [landlord]
    assert Membership.objects.get(community=made).user == stranger
    assert Entry.objects.filter(kind="community.created").count() == 1
    assert "/c/heron-house/" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["Heron", "--facilitator", "nobody@example.org"],
        ["Heron", "--facilitator", "sue.stranger@example.org", "--operator", "sue.stranger@example.org"],
        ["Heron", "--facilitator", "sue.stranger@example.org", "--organisation", "nobody"],
        ["!?", "--facilitator", "sue.stranger@example.org"],
    ],
)
def test_the_command_says_what_is_wrong(operator, stranger, words):
    with pytest.raises(CommandError):
        call_command("create_community", *words)
    assert not Community.objects.exists()


def test_the_admin_opens_a_community_by_the_same_action(client_of, operator, stranger, landlord):
    form = {
        "name": "Heron House",
        "slug": "heron-house",
        "country": "GB",
        "subdivision": "ENG",
        "is_public": "on",
        "organisations": [str(landlord.pk)],
        "facilitator_email": stranger.email,
    }
    response = client_of(operator).post("/admin/communities/community/add/", form)
    assert response.status_code == 302, response.content.decode()
    made = Community.objects.get(slug="heron-house")
    assert list(made.organisations.all()) == [landlord]
    assert Membership.objects.get(community=made).role == "facilitator"
    assert Entry.objects.filter(kind="community.created").count() == 1


def test_the_admin_changes_words_but_not_who_may_see_it(client_of, operator, community):
    form = {"name": "Larkfield", "summary": "New", "place": "Eastbrook", "is_public": "", "slug": "x"}
    url = f"/admin/communities/community/{community.pk}/change/"
    assert client_of(operator).get(url).status_code == 200
    assert client_of(operator).post(url, form).status_code == 302
    community.refresh_from_db()
    assert (community.summary, community.is_public, community.slug) == ("New", True, "larkfield")


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def has_moved(organisation):
    organisation.refresh_from_db()
    return organisation.updated_at > LONG_AGO


@pytest.mark.parametrize("table", ["community", "private_community"])
def test_who_comes_to_a_table_or_leaves_it_has_changed(client_of, operator, request, landlord, council, table):
    """Their rows in the open API name the public tables where they sit, and none that is private."""
    place = request.getfixturevalue(table)
    place.organisations.set([landlord])
    Organisation.objects.update(updated_at=LONG_AGO)
    form = {"name": place.name, "summary": "New", "place": "Eastbrook"}
    url = f"/admin/communities/community/{place.pk}/change/"
    client_of(operator).post(url, form | {"organisations": [str(landlord.pk), str(council.pk)]})
    assert set(place.organisations.all()) == {landlord, council}
    assert has_moved(council) == place.is_public
    assert not has_moved(landlord)  # sat here before
    client_of(operator).post(url, form | {"organisations": [str(council.pk)]})
    assert has_moved(landlord) == place.is_public


def test_the_admin_makes_an_organisation(client_of, operator):
    form = {"name": "Marlow Lifts", "slug": "marlow-lifts", "sector": "contractor", "summary": ""}
    assert client_of(operator).post("/admin/communities/organisation/add/", form).status_code == 302
    assert Organisation.objects.filter(slug="marlow-lifts").exists()


@pytest.mark.parametrize(
    "page", ["communities/membership", "communities/agreement", "communities/topic", "decisions/decision"]
)
def test_the_rest_is_to_read(client_of, operator, community, resident, page):
    browser = client_of(operator)
    assert browser.get(f"/admin/{page}/").status_code == 200
    assert browser.get(f"/admin/{page}/add/").status_code == 403


def test_invitations_are_not_in_the_admin(client_of, operator):
    assert client_of(operator).get("/admin/communities/invitation/").status_code == 404


def test_who_sat_at_a_public_table_before_the_site_kept_count_is_found(community, private_community, council):
    """By where they sit now, and by what they were asked where they sat."""
    left = Organisation.objects.create(name="Old Landlord", slug="old-landlord", sector="housing", asks_count=1)
    quiet = Organisation.objects.create(name="Quiet Care", slug="quiet-care", sector="health")
    private_community.organisations.set([quiet, council])
    import_module("communities.migrations.0003_organisation_was_public").mark(apps, None)
    found = set(Organisation.objects.filter(was_public=True).values_list("slug", flat=True))
    assert found == {"penhale-homes", "eastbrook-council", left.slug}
