"""The desk: whose it is, what lies on it, and what it costs."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from communities.models import Community, Membership, Organisation
from proposals.actions.answering import ask_second_look, save_response_draft
from proposals.actions.backing import back_proposal
from proposals.actions.promising import make_commitment
from proposals.models import Ask, Proposal
from record import clock

SignIn = Callable[[User], Client]


@pytest.fixture
def ask_more(
    make_proposal: Callable[..., Proposal], neighbours: list[User], professional: User
) -> Callable[[int], None]:
    """ask_more(n): n more proposals that wait for the landlord, each with a promise."""

    def more(count: int) -> None:
        for number in range(count):
            proposal = make_proposal(title=f"Mend lamp {number}")
            for neighbour in neighbours[:3]:
                back_proposal(proposal=proposal, acting_user=neighbour)
            make_commitment(
                acting_user=professional,
                text=f"Look at lamp {number}",
                due_on=clock.today() + timedelta(days=3),
                submission=uuid.uuid4(),
                proposal=proposal,
                organisation=Membership.objects.get(user=professional).organisation,
            )

    return more


def text(response: Any) -> str:
    return response.content.decode()


def test_it_shows_what_waits_with_its_clock(ask: Ask, professional: User, client_of: SignIn) -> None:
    page = client_of(professional).get("/desk/")
    assert page.status_code == 200
    assert ask.proposal.title in text(page)
    assert "Due later" in text(page)
    assert f"/desk/answer/{ask.pk}/" in text(page)
    assert page.context["facts"].asks == 1


def test_the_longest_overdue_comes_first(
    ask: Ask, ask_more: Callable[[int], None], professional: User, client_of: SignIn
) -> None:
    ask_more(2)
    with clock.at(clock.now() + timedelta(days=70)):
        last = Ask.objects.order_by("id").last()
        assert last is not None
        Ask.objects.filter(pk=last.pk).update(
            due_on=last.due_on - timedelta(days=5), first_due_on=last.first_due_on - timedelta(days=5)
        )
        page = client_of(professional).get("/desk/")
    assert page.context["asks"][0].pk == last.pk
    assert page.context["facts"].overdue == 3
    assert "Long overdue" in text(page)


def test_this_week_ends_on_sunday(ask: Ask, professional: User, client_of: SignIn) -> None:
    sunday = clock.today() + timedelta(days=6 - clock.today().weekday())
    for due, field in [(sunday, "this_week"), (sunday + timedelta(days=1), "later")]:
        Ask.objects.filter(pk=ask.pk).update(due_on=due, first_due_on=due)
        facts = client_of(professional).get("/desk/").context["facts"]
        assert getattr(facts, field) == 1


def test_it_says_who_has_a_draft(ask: Ask, professional: User, colleague: User, client_of: SignIn) -> None:
    save_response_draft(
        ask=ask, acting_user=professional, revision=0, fields={"summary": "Yes.", "outcome": "accepted"}
    )
    assert "You have a draft" in text(client_of(professional).get("/desk/"))
    assert "Priya Nair has a draft" in text(client_of(colleague).get("/desk/"))
    ask_second_look(ask=ask, acting_user=professional)
    assert "Priya Nair asks you for a second look" in text(client_of(colleague).get("/desk/"))


def test_promises_show_their_state(ask_more: Callable[[int], None], professional: User, client_of: SignIn) -> None:
    ask_more(1)
    assert "Look at lamp 0" in text(client_of(professional).get("/desk/"))
    with clock.at(clock.now() + timedelta(days=10)):
        page = client_of(professional).get("/desk/")
    assert page.context["facts"].promises_late == 1
    assert "Late by" in text(page)


def test_what_another_organisation_must_answer_is_not_here(ask: Ask, councillor: User, client_of: SignIn) -> None:
    page = client_of(councillor).get("/desk/")
    assert ask.proposal.title not in text(page)
    assert "Nothing waits for your answer" in text(page)


def test_two_communities_and_two_organisations(
    ask: Ask, private_community: Community, council: Organisation, professional: User, client_of: SignIn
) -> None:
    Membership.objects.create(user=professional, community=private_community, role="professional", organisation=council)
    page = text(client_of(professional).get("/desk/"))
    assert "Larkfield Estate" in page
    assert "Marrow Ward" in page


def test_a_seat_that_ended_takes_its_desk_along(ask: Ask, professional: User, client_of: SignIn) -> None:
    Membership.objects.filter(user=professional).update(ended_at=clock.now())
    page = client_of(professional).get("/desk/")
    assert ask.proposal.title not in text(page)
    assert "You have no seat" in text(page)


@pytest.mark.parametrize("url", ["/desk/", "/desk/waiting/", "/desk/promises/", "/desk/promises/new/"])
def test_anonymous_people_sign_in_first(client: Client, db: None, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("url", ["/desk/", "/desk/waiting/", "/desk/promises/", "/desk/promises/new/"])
def test_who_is_no_professional_is_told_so(url: str, resident: User, facilitator: User, client_of: SignIn) -> None:
    for person in (resident, facilitator):
        answer = client_of(person).get(url)
        assert answer.status_code == 403
        assert "people who work for an organisation" in text(answer)


def test_without_a_seat_it_explains(staff: User, client_of: SignIn) -> None:
    assert "You have no seat" in text(client_of(staff).get("/desk/"))
    assert client_of(staff).get("/desk/waiting/").status_code == 403


def test_the_proposal_page_leads_to_the_desk(
    ask: Ask, professional: User, councillor: User, resident: User, facilitator: User, client_of: SignIn
) -> None:
    def page(person: User) -> str:
        return text(client_of(person).get(ask.proposal.get_absolute_url()))

    assert f"/desk/answer/{ask.pk}/" in page(professional)
    assert f"/desk/answer/{ask.pk}/" not in page(councillor) + page(resident)
    assert "/c/larkfield/facilitate/scrutiny/" in page(facilitator)
    assert "/facilitate/" not in page(resident) + page(professional)


@pytest.mark.parametrize("url", ["/desk/?page=x", "/desk/waiting/?page=x", "/desk/waiting/?page=" + "9" * 5000])
def test_hostile_addresses(url: str, professional: User, client_of: SignIn) -> None:
    assert client_of(professional).get(url).status_code in (200, 400)


@pytest.mark.parametrize(("url", "queries"), [("/desk/", 9), ("/desk/waiting/", 3), ("/desk/promises/", 2)])
def test_queries_do_not_grow(
    url: str,
    queries: int,
    ask_more: Callable[[int], None],
    professional: User,
    client_of: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ask_more(1)
    browser = client_of(professional)
    with django_assert_num_queries(queries):
        browser.get(url)
    ask_more(19)
    with django_assert_num_queries(queries):
        browser.get(url)
