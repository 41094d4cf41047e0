"""Whoever keeps a copy with `updated_since` misses nothing, whatever is done on the site."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, count
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from accounts.actions import change_details, erase_user
from accounts.models import User
from api.columns import Named
from api.renaming import paths_to
from api.v1 import RESOURCES
from api.v1.ballots import BALLOTS
from api.v1.proposals import PROPOSALS
from api.v1.responses import RESPONSES
from ballots.actions.announcing import cancel_ballot
from ballots.models import Ballot
from communities.actions.communities import create_community, touch_organisations
from communities.actions.memberships import end_membership
from communities.models import Community, Organisation
from decisions.models import Decision
from demo.teller import telling
from proposals.actions.ending import withdraw_proposal
from proposals.actions.talk import add_comment
from proposals.counts import kept_columns
from proposals.models import Proposal, Response
from record import clock
from record.models import Dated
from record.querysets import DatedRows
from record.renaming import tell_renamed
from tests.api.mirror import Mirror
from tests.importing.conftest import ANSWERED, PETITION, run_import, write_file

__all__ = ["run_import", "write_file"]  # fixtures of the imports, for this file too

NEVER_RENAMED = {"decisions.overruled_by", "commitments.topic", "asks.response"}  # decisions, topics, references
REACHED = "response_threshold_reached_at"
EACH = 3  # so many acts of a kind are followed one by one


@pytest.mark.once
@pytest.mark.django_db
def test_a_mirror_can_follow_the_demo(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its story has nearly every action there is, and every night what the days bring by themselves."""
    settings.API_RATE = "1000000/min"
    followed: Counter[str] = Counter()
    mirrors: list[Mirror] = []
    later = (timedelta(microseconds=number) for number in count())  # the story lets two things happen at one moment

    def happen(act: Callable[[], object], moment: datetime) -> None:
        with clock.at(moment + next(later)):
            happened, kind = act(), _kind(act)
            if act in telling.NIGHTLY and not happened:
                return
            followed[kind] += 1
            if not mirrors:
                mirrors.append(Mirror(client))
            elif followed[kind] <= EACH:
                mirrors[0].catch_up(f"{kind} at {clock.now()}")

    def pass_night(night: datetime, _now: datetime) -> None:
        for sweep in telling.NIGHTLY:
            happen(sweep, night)

    monkeypatch.setattr(telling, "_happen", happen)
    monkeypatch.setattr(telling, "_pass_night", pass_night)
    telling.tell_story(lambda said: None)
    mirrors[0].catch_up("the last act")
    mirrors[0].agrees_with_csv()
    # Of all these steps none puts right what was published, but that a promise was changed.
    assert mirrors[0].put_right == {"commitments.text", "commitments.due_on"}
    assert len(followed) > 30, followed


def _kind(act: Any) -> str:
    """The name of what is done: of a partial that of its function, and what sort of act it is given."""
    given = getattr(act, "args", ())
    name = getattr(getattr(act, "func", act), "__name__", "")
    return f"{name} {type(given[0]).__name__}" if given and name in ("do", "step") else name


def test_rows_that_are_changed_together_say_so_too() -> None:
    """A count that `update` keeps once moved without its row's `updated`."""
    dated = [model for model in apps.get_models() if issubclass(model, Dated)]
    assert len(dated) > 9
    assert [model for model in dated if not isinstance(model._default_manager.none(), DatedRows)] == []


def test_an_update_keeps_the_moment_that_it_is_given(community: Community) -> None:
    then = clock.now() - timedelta(days=3)
    Community.objects.update(updated_at=then, homes=5)
    assert Community.objects.get().updated_at == then
    Community.objects.update(homes=6)
    assert Community.objects.get().updated_at > then


@pytest.fixture
def mirror(decision: Decision, certified: Ballot, client: Client) -> Mirror:
    """It has read the whole story of this room."""
    return Mirror(client)


@pytest.fixture
def operator(staff: User, client_of: Callable[[User], Client]) -> Client:
    """The admin, signed in."""
    staff.is_superuser = True
    staff.save()
    return client_of(staff)


def test_everything_that_a_row_names_is_followed_when_it_is_renamed() -> None:
    """A column that shows another thing's title says which thing that is."""
    for resource in RESOURCES:
        lists = [part.columns for part in resource.parts if part.columns and part.relation]
        for column in chain(resource.columns, *lists):
            name = f"{resource.name}.{column.name}"
            assert column.kind != "ref" or isinstance(column.source, Named) or name in NEVER_RENAMED, name
    assert set(paths_to(RESPONSES, Organisation)) == {"organisation"}
    assert set(paths_to(PROPOSALS, Organisation)) == {"comments__organisation"}
    assert set(paths_to(BALLOTS, Proposal)) == {"options__proposal"}


@pytest.mark.parametrize("what", ["community", "organisation"])
def test_another_name_reaches_every_row_that_shows_it(mirror: Mirror, operator: Client, what: str) -> None:
    place = Community.objects.get()
    landlord = Organisation.objects.get(slug="penhale-homes")
    fields = {"name": "Another name", "summary": "New", "place": "Eastbrook", "sector": "housing"}
    thing = place if what == "community" else landlord
    fields |= {"organisations": list(place.organisations.values_list("pk", flat=True))} if thing is place else {}
    address = f"/admin/communities/{what}/{thing.pk}/change/"
    said = mirror.follow(lambda: operator.post(address, fields), f"renaming the {what}")
    assert isinstance(said, HttpResponse)
    assert said.status_code == 302
    shown = {name: [row.get(what) for row in rows.values()] for name, rows in mirror.copy.items()}
    named = {name for name, refs in shown.items() if any(ref and ref["title"] == "Another name" for ref in refs)}
    of_a_place = {"proposals", "decisions", "ballots"} if what == "community" else set()
    assert named >= {"responses", "commitments", "topics"} | of_a_place


def test_an_organisation_that_is_renamed_has_another_name_in_what_it_said(
    answered: Response, professional: User, client: Client, landlord: Organisation
) -> None:
    add_comment(proposal=answered.proposal, acting_user=professional, body="We saw it.", submission=uuid4())
    moved = Proposal.objects.get().updated_at
    tell_renamed(landlord)
    assert Proposal.objects.get().updated_at > moved


def test_whoever_need_not_answer_any_more_is_followed(client: Client, asked: Proposal, resident: User) -> None:
    """The asks of a proposal that is taken off the table wait no more."""
    mirror = Mirror(client)
    mirror.follow(partial(withdraw_proposal, proposal=asked, acting_user=resident, reason="It was mended."))
    (ask,) = mirror.copy["asks"].values()
    assert (ask["withdrawn"], ask["waiting"]) == (True, False)
    assert ask["ended_reason"] == "It was mended."


def test_who_goes_is_followed(
    mirror: Mirror, resident: User, neighbour: User, facilitator: User, table: Callable[..., Proposal]
) -> None:
    mirror.follow(partial(table, title="One more"))
    mirror.follow(partial(end_membership, membership=neighbour.memberships.get(), acting_user=facilitator))
    mirror.follow(partial(change_details, user=resident, acting_user=resident, display_name="Ms A"))
    mirror.follow(partial(erase_user, user=resident, acting_user=resident))


def test_what_is_brought_in_is_followed(
    client: Client, run_import: Callable[..., str], write_file: Callable[..., Any], db: None
) -> None:
    """Its answers name the petition that they answer."""
    mirror = Mirror(client)
    mirror.follow(lambda: run_import(write_file([PETITION, ANSWERED])), "the import")
    mirror.follow(lambda: run_import(write_file([PETITION, ANSWERED | {"action": "Protect them all"}])), "the second")
    (answer,) = mirror.copy["responses"].values()
    assert answer["proposal"]["title"] == "Protect them all"


def test_whoever_the_other_site_names_no_more_is_followed(
    client: Client, run_import: Callable[..., str], write_file: Callable[..., Any], db: None
) -> None:
    """Two were asked; then one of them answers for all, and the other site no longer names the second."""
    waiting = {
        name: "" if name.startswith(("government", "response_s", "response_d")) else ANSWERED[name] for name in ANSWERED
    }
    run_import(write_file([waiting | {"departments": "HM Treasury;Home Office"}]))
    mirror = Mirror(client)
    steps = {"answered": ANSWERED, "not answered after all": waiting, "closed": waiting | {REACHED: ""}}
    for name, row in steps.items():
        mirror.follow(lambda row=row: run_import(write_file([row])), name)  # type: ignore[misc]
        waits = {ask["organisation"]["title"] for ask in mirror.copy["asks"].values() if ask["waiting"]}
        assert waits == ({"Home Office"} if row is waiting else set())
        (proposal,) = mirror.copy["proposals"].values()
        assert (proposal["due_on"] is not None) == (row is waiting)
        assert [kept.label for kept in kept_columns() if kept.wrong().exists()] == []


def test_an_organisation_that_leaves_stays_and_says_so(
    mirror: Mirror, client: Client, operator: Client, community: Community, private_community: Community
) -> None:
    """Its answers and promises go on naming it. Where it sits in private is shown nowhere."""

    def seat(*slugs: str) -> None:
        there = list(Organisation.objects.filter(slug__in=slugs).values_list("pk", flat=True))
        form = {"name": community.name, "summary": "", "place": "Eastbrook", "organisations": there}
        said = operator.post(f"/admin/communities/community/{community.pk}/change/", form)
        assert said.status_code == 302

    touch_organisations(community, community.organisations.values_list("pk", flat=True))  # as its seating did
    landlord = Organisation.objects.get(slug="penhale-homes")
    before = mirror.copy["organisations"][str(landlord.pk)]
    assert (before["withdrawn"], before["reason"]) == (False, None)
    mirror.follow(partial(seat, "eastbrook-council"), "its leaving")
    gone = mirror.copy["organisations"][str(landlord.pk)]
    assert (gone["withdrawn"], gone["reason"]) == (True, "left_the_last_public_community")
    changed = {name for name in before if before[name] != gone[name]}
    assert changed == {"communities", "withdrawn", "reason", "updated"}
    assert str(private_community.pk) not in str(gone)
    assert client.get(gone["html_url"]).status_code == 200
    assert client.get("/api/v1/responses/", {"organisation": landlord.slug}).json()["results"]
    mirror.follow(partial(seat, "eastbrook-council", "penhale-homes"), "its coming back")
    assert not mirror.copy["organisations"][str(landlord.pk)]["withdrawn"]


def test_what_was_never_public_leaves_no_sign(
    operator: Client, client: Client, private_community: Community, staff: User
) -> None:
    quiet = Organisation.objects.create(name="Quiet Care", slug="quiet-care", sector="health")
    place = create_community(acting_user=staff, name="Ward 5", is_public=False, organisations=[quiet])
    mirror = Mirror(client)
    form = {"name": place.name, "summary": "", "place": "", "organisations": []}
    mirror.follow(lambda: operator.post(f"/admin/communities/community/{place.pk}/change/", form), "a quiet leaving")
    assert not place.organisations.exists()
    assert str(quiet.pk) not in mirror.copy["organisations"]
    assert client.get(f"/api/v1/organisations/{quiet.pk}/").status_code == 404
    assert client.get("/o/quiet-care/").status_code == 404


def test_a_vote_that_is_cancelled_stays_and_says_so(mirror: Mirror, announced_vote: Ballot, facilitator: User) -> None:
    assert not mirror.copy["ballots"][str(announced_vote.pk)]["withdrawn"]
    mirror.follow(partial(cancel_ballot, ballot=announced_vote, acting_user=facilitator, reason="The hall burnt down."))
    row = mirror.copy["ballots"][str(announced_vote.pk)]
    assert (row["withdrawn"], row["cancel_reason"]) == (True, "The hall burnt down.")
