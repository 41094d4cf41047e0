import json

import pytest
from django.urls import reverse

URL = "accounts:account"


def test_my_details_are_saved(client_of, resident):
    words = {"display_name": "Amina of Heron House", "legal_name": "Amina Yusuf", "phone": "", "address": ""}
    answer = client_of(resident).post(reverse(URL), words | {"language": "en-gb"})
    assert answer.status_code == 302
    resident.refresh_from_db()
    assert (resident.display_name, resident.legal_name) == ("Amina of Heron House", "Amina Yusuf")


def test_each_personal_field_says_who_sees_it(client_of, resident):
    page = client_of(resident).get(reverse(URL)).text
    assert page.count("Who sees this?") == 5


def test_a_name_is_needed_and_what_was_typed_is_kept(client_of, resident):
    page = client_of(resident).post(reverse(URL), {"display_name": " ", "phone": "0800 1", "language": "en-gb"})
    assert page.status_code == 200
    assert "0800 1" in page.text
    assert "<title>Error:" in page.text


@pytest.mark.parametrize("name", ["accounts:account", "accounts:download", "accounts:erase", "accounts:kept"])
def test_strangers_sign_in_first(client, db, name):
    assert reverse("account_request_login_code") in client.get(reverse(name)).url


def test_the_download_holds_what_every_room_holds(client_of, resident, tabled):
    answer = client_of(resident).get(reverse("accounts:download"))
    data = json.loads(answer.content)
    assert set(data) == {"accounts", "ballots", "communities", "notifications", "proposals", "webhooks"}
    assert data["proposals"]["proposals"][0]["title"] == tabled.title
    assert "attachment" in answer["Content-Disposition"]


def test_one_page_costs_the_same_with_many_seats(client_of, resident, django_assert_max_num_queries):
    client = client_of(resident)
    with django_assert_max_num_queries(8):
        client.get(reverse(URL))
