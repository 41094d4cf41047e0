"""Operators of the site read of votes what everybody may, and the roll. Nothing changes there, and nothing that they
can see or ask for tells who has voted, or how."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from ballots.models import Ballot, Count, Elector, Option
from tests.ballots.conftest import MakeBallot, counted

MODELS = (Ballot, Option, Count, Elector)
HIDDEN = {Elector: {"channel", "code"}, Count: {"papers", "receipts", "working", "papers_sha256", "receipts_sha256"}}


@pytest.fixture
def sam(staff: User, client_of: Callable[[User], Client]) -> Client:
    """An operator with every right over votes that Django knows: the admin itself must say no."""
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="ballots"))
    return client_of(staff)


@pytest.fixture
def over(open_vote: Ballot, vote: Callable[..., None], neighbours: list[User]) -> Ballot:
    for person in neighbours[:4]:
        vote(person, "1")
    return counted(open_vote)


def address(model: type, *more: str) -> str:
    return "/".join(["/admin/ballots", model.__name__.lower(), *more, ""])


@pytest.mark.parametrize("model", MODELS)
def test_staff_read_and_can_add_change_and_delete_nothing(model: type, sam: Client, over: Ballot) -> None:
    rows = model.objects.order_by("pk")  # type: ignore[attr-defined]
    before = list(rows.values())
    row = str(before[0]["id"])
    assert sam.get(address(model)).status_code == 200
    assert sam.get(address(model, row, "change")).status_code == 200
    for refused in (address(model, "add"), address(model, row, "delete"), address(model, row, "change")):
        assert sam.post(refused, {"question": "Changed?", "title": "Changed", "area": "Changed"}).status_code == 403
    assert sam.get(address(model, "add")).status_code == 403
    sam.post(address(model), {"action": "delete_selected", "_selected_action": row, "post": "yes"})
    assert list(rows.values()) == before


@pytest.mark.parametrize("model", HIDDEN)
def test_no_column_that_tells_of_a_vote_is_shown(model: type, sam: Client, over: Ballot) -> None:
    page = admin.site.get_model_admin(model)
    assert page.fields is not None
    assert not HIDDEN[model] & {*page.fields, *page.list_display, *page.search_fields}
    row = model.objects.first()  # type: ignore[attr-defined]
    shown = sam.get(address(model)).text + sam.get(address(model, str(row.pk), "change")).text
    for name in HIDDEN[model]:
        value = str(getattr(row, name))
        assert len(value) < 5 or value not in shown, name


@pytest.mark.parametrize(
    ("model", "question"),
    [
        (Elector, "channel=online"),
        (Elector, "channel__exact="),
        (Elector, "code__startswith=A"),
        (Count, "receipts__contains=A"),
        (Count, "papers__contains=1"),
        (Ballot, "papers__receipt__startswith=A"),
        (Ballot, "electors__channel=online"),
        (Option, "ballot__papers__receipt__startswith=A"),
    ],
)
def test_no_filter_in_the_address_tells_it_either(model: type, question: str, sam: Client, over: Ballot) -> None:
    assert sam.get(f"{address(model)}?{question}").status_code == 400


def test_a_draft_is_the_facilitators_alone(sam: Client, make_ballot: MakeBallot) -> None:
    draft = make_ballot(question="Not yet?")
    assert "Not yet?" not in sam.get(address(Ballot)).text
    assert draft.options.all()[0].title not in sam.get(address(Option)).text
    assert sam.get(address(Ballot, str(draft.pk), "change")).status_code == 302


def test_staff_without_the_right_read_nothing(over: Ballot, staff: User, client_of: Callable[[User], Client]) -> None:
    for model in MODELS:
        assert client_of(staff).get(address(model)).status_code == 403
