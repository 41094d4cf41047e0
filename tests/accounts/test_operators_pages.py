"""What operators can do of people in the admin: read who has an account, and nothing else."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory

from accounts.models import User

WRITTEN_THERE = {"Community", "Organisation"}  # by the same actions as everywhere (tests/communities/test_operators.py)


@pytest.fixture
def operator(make_user: Any) -> User:
    person: User = make_user("Olive Operator")
    person.is_staff = person.is_superuser = True
    person.save()
    return person


def test_who_has_an_account_can_be_read_and_not_changed(client_of: Any, operator: User, resident: User) -> None:
    browser, page = client_of(operator), "/admin/accounts/user/"
    assert resident.display_name in browser.get(page).content.decode()
    assert browser.get(f"{page}{resident.pk}/change/").status_code == 200
    for path in ("add/", f"{resident.pk}/delete/"):
        assert browser.get(page + path).status_code == 403
    assert browser.post(f"{page}{resident.pk}/change/", {"display_name": "X", "_save": "Save"}).status_code == 403


def test_nobody_becomes_somebody_else_by_an_address_or_a_key(client_of: Any, operator: User, resident: User) -> None:
    EmailAddress.objects.create(user=resident, email="taken.over@example.net", verified=False)
    for page in ("account/emailaddress", "mfa/authenticator", "auth/group"):
        assert client_of(operator).get(f"/admin/{page}/").status_code == 404


@pytest.mark.django_db
def test_every_other_table_is_to_read(rf: RequestFactory, operator: User) -> None:
    request = rf.get("/admin/")
    request.user = operator
    written = {
        model.__name__
        for model, shown in admin.site._registry.items()
        if shown.has_add_permission(request) or shown.has_change_permission(request)
    }
    assert User in admin.site._registry
    assert Group not in admin.site._registry
    assert written == WRITTEN_THERE
