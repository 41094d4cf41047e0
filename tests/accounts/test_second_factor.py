import pytest
from django.urls import reverse


@pytest.mark.parametrize(("who", "sent"), [("professional", True), ("facilitator", True), ("resident", False)])
def test_where_it_is_required_those_who_speak_for_others_set_it_up_first(request, client_of, settings, who, sent):
    settings.REQUIRE_SECOND_FACTOR = True
    answer = client_of(request.getfixturevalue(who)).get(reverse("front:home"))
    assert (answer.status_code == 302) is sent
    if sent:
        assert answer.url == reverse("mfa_index")


def test_it_is_offered_where_it_is_not_required(client_of, professional, resident):
    url = reverse("accounts:account")
    assert "Set up a second step" in client_of(professional).get(url).text
    assert "Set up a second step" not in client_of(resident).get(url).text


def test_a_seat_given_in_mid_session_counts_at_once(client_of, settings, resident, landlord):
    settings.REQUIRE_SECOND_FACTOR = True
    client = client_of(resident)
    assert client.get(reverse("front:home")).status_code == 200
    resident.memberships.update(role="professional", organisation=landlord, verified_at=None)
    assert client.get(reverse("front:home")).status_code == 302


def test_the_admin_has_no_door_of_its_own(client, client_of, resident, staff):
    door = client.get("/admin/login/?next=/admin/")
    assert door.url.startswith(reverse("account_request_login_code"))
    assert client_of(resident).get("/admin/login/").status_code == 403
    assert client_of(staff).get("/admin/").status_code == 200


def test_what_was_typed_when_it_became_required_is_kept(client_of, settings, professional):
    settings.REQUIRE_SECOND_FACTOR = True
    client = client_of(professional)
    client.post("/desk/anything/", {"reasons": "Typed for an hour."}, headers={"origin": "http://testserver"})
    assert "still here" in client.get(reverse("accounts:account")).text
    assert "Typed for an hour." in client.get(reverse("accounts:kept")).text
