"""A query that is put into SQL once: the same rows as the queryset, whoever asks and whatever the values."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections, transaction
from django.db.models import F, QuerySet
from django.db.models.signals import post_init
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from communities.models import Community, Membership, Organisation, Topic
from proposals.models import Proposal
from record import clock
from words.compiled import (
    BIGGEST,
    compiled,
    compiled_counts,
    compiled_half_shared,
    compiled_shared,
    making,
    one_or_404,
    padded,
)

pytestmark = pytest.mark.django_db
built: list[str] = []


@compiled
def seats(*, person: UUID) -> QuerySet[Any]:
    built.append("seats")
    return Membership.objects.current().filter(user_id=person).select_related("community").order_by("id")


@compiled
def places(*, reader: User, slug: str) -> QuerySet[Any]:
    return Community.objects.visible_to(reader).filter(slug=slug)


@compiled
def organisations(*, ids: tuple[UUID, ...]) -> QuerySet[Any]:
    return Organisation.objects.filter(pk__in=ids).order_by("name")


@compiled
def with_homes(*, homes: int) -> QuerySet[Any]:
    return Community.objects.filter(homes=homes).values_list("slug", flat=True)


@compiled
def joined_before(*, moment: Any, shape_order: str) -> QuerySet[Any]:
    return Membership.objects.filter(joined_at__lt=moment).order_by(shape_order).values_list("id", "role", named=True)


@compiled
def locked(*, place: UUID) -> QuerySet[Any]:
    return Community.objects.select_for_update().filter(pk=place)


@compiled
def nothing(*, slug: str) -> QuerySet[Any]:
    return Community.objects.none().filter(slug=slug)


@compiled_counts
def counted(*, place: UUID, shape_most: int) -> tuple[QuerySet[Any], QuerySet[Any]]:
    rows = Membership.objects.filter(community_id=place).order_by().values_list("pk")
    return rows[:shape_most], rows.filter(role="facilitator")


def test_it_is_built_once_and_gives_each_person_their_own(resident: User, facilitator: User) -> None:
    seats(person=resident.pk)
    built.clear()
    for person in (resident, facilitator, resident):
        assert [seat.user_id for seat in seats(person=person.pk)] == [person.pk]
    assert built == []
    assert seats(person=uuid4()) == []


def test_what_is_joined_comes_with_it(resident: User, community: Community) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert [seat.community for seat in seats(person=resident.pk)] == [community]
    assert len(asked) == 1


def test_a_row_is_a_new_object_each_time(resident: User) -> None:
    first, second = seats(person=resident.pk)[0], seats(person=resident.pk)[0]
    assert first == second
    assert first is not second


def test_everybody_sees_what_they_may(resident: User, community: Community, make_user: Any, staff: User) -> None:
    """A private community, read by its own resident, by somebody else, by nobody and by an operator, in turn."""
    Community.objects.filter(pk=community.pk).update(is_public=False)
    stranger = make_user("Stranger")
    staff.is_superuser = True
    for _time in range(2):
        assert places(reader=resident, slug=community.slug) == [community]
        assert places(reader=stranger, slug=community.slug) == []
        assert places(reader=AnonymousUser(), slug=community.slug) == []
        assert places(reader=staff, slug=community.slug) == [community]


def test_one_of_several_for_any_number_of_them(landlord: Organisation, council: Organisation) -> None:
    for wanted in ([landlord], [council], [landlord, council]):
        found = organisations(ids=padded([each.pk for each in wanted]))
        assert {each.pk for each in found} == {each.pk for each in wanted}
    assert len(padded([1])) == len(padded(list(range(20)))) == 20
    assert len(padded(list(range(21)))) == 40


def test_a_number_that_no_column_holds_finds_nothing(community: Community) -> None:
    Community.objects.filter(pk=community.pk).update(homes=7)
    assert with_homes(homes=7) == [community.slug]
    for absurd in (BIGGEST, -BIGGEST - 1, 10**40):
        assert with_homes(homes=absurd) == []


def test_the_shape_is_part_of_the_question(resident: User, facilitator: User) -> None:
    now = clock.now()
    up = [row.id for row in joined_before(moment=now, shape_order="id")]
    assert len(up) > 1
    assert [row.id for row in joined_before(moment=now, shape_order="-id")] == up[::-1]
    assert joined_before(moment=now, shape_order="id")[0].role


def test_shapes_that_are_too_many_are_forgotten(resident: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("words.compiled.KEPT", 2)
    now = clock.now()
    for order in ("id", "-id", "role", "-role", "joined_at"):
        assert [row.id for row in joined_before(moment=now, shape_order=order)]
    assert len(connections["default"].__dict__["_compiled"]) <= 2


def test_what_can_find_nothing_does_not_ask(community: Community) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert nothing(slug=community.slug) == nothing(slug="other") == []
    assert len(asked) == 0


def test_counts_come_with_one_query(resident: User, facilitator: User, community: Community) -> None:
    everybody = Membership.objects.filter(community=community).count()
    for most in (1, 500):
        with CaptureQueriesContext(connection) as asked:
            assert counted(place=community.pk, shape_most=most) == (min(most, everybody), 1)
        assert len(asked) == 1
    assert counted(place=uuid4(), shape_most=500) == (0, 0)


def test_nobody_gets_a_row_that_is_not_there(community: Community) -> None:
    assert one_or_404([community]) == community
    with pytest.raises(Http404):
        one_or_404([])


def test_an_owner_or_a_prefetch_is_refused(community: Community) -> None:
    with pytest.raises(TypeError):
        compiled(lambda *, slug: community.topics.filter(slug=slug))(slug="a")
    with pytest.raises(TypeError):
        compiled(lambda *, slug: Community.objects.filter(slug=slug).prefetch_related("topics"))(slug="a")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has moments and ids as texts")
def test_what_would_stay_the_same_for_ever_is_refused(community: Community) -> None:
    with pytest.raises(TypeError, match="for ever"):
        compiled(lambda *, place: Membership.objects.filter(community_id=place, joined_at__lt=clock.now()))(
            place=uuid4()
        )
    with pytest.raises(TypeError, match="for ever"):
        compiled(lambda *, role: Membership.objects.filter(role=role, community=community))(role="resident")


@compiled
def odd(*, slug: str) -> QuerySet[Any]:
    return Topic.objects.filter(slug=slug).exclude(name="50%s of 100%, \\'or' \"so\"").exclude(name__in=["", "%"])


def test_what_is_the_same_each_time_may_be_any_text(community: Community) -> None:
    topic = Topic.objects.get(slug="lighting")
    for name, found in (("Lamps", [topic]), ("50%s of 100%, \\'or' \"so\"", []), ("%", [])):
        Topic.objects.filter(pk=topic.pk).update(name=name)
        assert odd(slug="lighting") == found


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite makes a new plan each time")
def test_postgresql_sees_what_is_the_same_each_time(community: Community, django_assert_num_queries: Any) -> None:
    """Else an index of the rows in one state is of no use to a plan that is kept."""
    with django_assert_num_queries(1) as asked:
        odd(slug="lighting")
    assert "50%s of 100%" in asked[0]["sql"]
    assert len(next(iter(kept_of(odd))).params) == 1


def kept_of(function: Any) -> list[Any]:
    return [
        kept
        for (build, _key), kept in connections["default"].__dict__["_compiled"].items()
        if build is function.__wrapped__
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row locks")
def test_a_lock_still_needs_a_transaction(community: Community) -> None:
    """Also the second time, when Django does not write the SQL and so does not look."""
    with transaction.atomic():
        assert locked(place=community.pk) == [community]
    with pytest.raises(transaction.TransactionManagementError):
        locked(place=community.pk)


def test_only_what_locks_can_be_shared(community: Community) -> None:
    with pytest.raises(TypeError, match="locks"):
        compiled_shared(lambda *, place: Community.objects.filter(pk=place))(place=community.pk)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row locks")
def test_half_shared_locks_the_row_alone_and_what_it_hangs_on_first_and_shared(
    community: Community, django_assert_num_queries: Any
) -> None:
    def topics(*, slug: str, of: tuple[str, ...]) -> Any:
        return Topic.objects.select_related("community").filter(slug=slug).select_for_update(of=of).order_by()

    half = compiled_half_shared(lambda *, slug: topics(slug=slug, of=("self", "community")))
    with django_assert_num_queries(1) as asked:
        (found,) = half(slug="lighting")
    assert found.community == community
    assert asked[0]["sql"].endswith(' FOR SHARE OF "communities_community" FOR UPDATE OF "communities_topic"')
    with pytest.raises(TypeError, match="several"):
        compiled_half_shared(lambda *, slug: topics(slug=slug, of=("self",)))(slug="lighting")


@compiled
def kept_rows(*, title: str) -> QuerySet[Any]:
    rows = Proposal.objects.filter(title=title).select_related("community", "merged_into__community")
    return rows.annotate(twice=F("number") * 2)


@compiled
def kept_parts(*, title: str) -> QuerySet[Any]:
    return Proposal.objects.filter(title=title).select_related("community").only("title", "community__name")


@pytest.mark.parametrize("kept", [kept_rows, kept_parts])
def test_objects_are_as_django_makes_them(tabled: Proposal, kept: Any) -> None:
    """Each value, what they are joined to, what was not read, and that they are not new."""
    (ours,), (theirs,) = kept(title=tabled.title), list(kept.__wrapped__(title=tabled.title))
    for one, other in ((ours, theirs), (ours.community, theirs.community)):
        mine, its = dict(one.__dict__), dict(other.__dict__)
        state, its_state = mine.pop("_state"), its.pop("_state")
        assert mine == its
        assert (state.adding, state.db) == (its_state.adding, its_state.db) == (False, "default")
        assert set(state.fields_cache) == set(its_state.fields_cache)
        assert one.get_deferred_fields() == other.get_deferred_fields()
    ours.title = "Another title"
    ours.save(update_fields=["title"])
    assert Proposal.objects.get(pk=tabled.pk).title == "Another title"
    assert ours.case == tabled.case  # read by itself where it was not


def test_where_somebody_listens_objects_are_made_by_django(tabled: Proposal) -> None:
    heard: list[Any] = []

    def hear(instance: Any, **_given: Any) -> None:
        heard.append(instance.pk)

    post_init.connect(hear, sender=Proposal)
    try:
        assert making(Proposal) == Proposal.from_db
        names = [field.attname for field in Proposal._meta.concrete_fields]
        making(Proposal)("default", names, [getattr(tabled, name) for name in names])
        assert heard == [tabled.pk]
    finally:
        post_init.disconnect(hear, sender=Proposal)
    assert making(Proposal) != Proposal.from_db
