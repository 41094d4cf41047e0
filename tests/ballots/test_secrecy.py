"""Nothing that is stored, shown or told joins a voter with a choice."""

from collections.abc import Callable

from django.apps import apps
from django.contrib import admin
from django.db import models

from accounts.models import KeptForm, User
from ballots.models import Ballot, BallotKey, Elector, Paper, PaperBatch, PaperEntry, UnfinishedVote
from ballots.papers_file import read_papers, write_papers
from ballots.secrecy import voter_key
from tests.ballots.conftest import close, counted

IN_THE_BOX = (Paper, UnfinishedVote, PaperEntry)
Vote = Callable[..., None]


def test_nothing_in_the_box_has_a_time_or_leads_to_a_person() -> None:
    for model in IN_THE_BOX:
        for field in model._meta.get_fields():
            assert not isinstance(field, models.DateField), f"{model.__name__}.{field.name}"
            target = field.related_model
            assert target not in (User, Elector), f"{model.__name__}.{field.name}"
    assert not [field for field in Elector._meta.get_fields() if isinstance(field, models.DateField)]


def test_the_ids_of_papers_do_not_tell_their_order(open_vote: Ballot, vote: Vote, neighbours: list[User]) -> None:
    for person in neighbours:
        vote(person, "1")
    assert all(paper.pk.version == 4 for paper in Paper.objects.all())


def test_the_admin_does_not_know_the_box() -> None:
    for model in (*IN_THE_BOX, PaperBatch, BallotKey):
        assert not admin.site.is_registered(model), model.__name__


def test_no_other_model_leads_to_a_paper() -> None:
    for model in apps.get_models():
        if model in IN_THE_BOX:
            continue
        leads = [
            field.name for field in model._meta.get_fields() if field.related_model in IN_THE_BOX and field.concrete
        ]
        assert not leads, model.__name__


def test_the_key_of_a_vote_differs_from_ballot_to_ballot(open_vote: Ballot, resident: User) -> None:
    elector = Elector.objects.get(user=resident)
    here = voter_key(bytes(BallotKey.objects.get().key), elector.pk)
    assert here != voter_key(bytes(32), elector.pk)


def test_the_file_of_papers_is_the_same_whatever_order_they_came_in() -> None:
    papers = [{"1": 1}, {"2": 1}, {"1": 1, "2": 1}, {}]
    assert write_papers(["1", "2"], papers) == write_papers(["1", "2"], reversed(papers))
    assert list(read_papers(write_papers(["1", "2"], papers))) == [{}, {"2": 1}, {"1": 1}, {"1": 1, "2": 1}]


def test_a_form_that_was_kept_for_somebody_who_must_sign_in_is_gone_at_the_close(
    open_vote: Ballot, make_user: Callable[..., User]
) -> None:
    from datetime import timedelta

    from record import clock

    until = clock.now() + timedelta(days=30)
    mine = KeptForm.objects.create(path=f"{open_vote.get_absolute_url()}vote/", fields=[["choice", "1"]], until=until)
    other = KeptForm.objects.create(path="/c/larkfield/proposals/1/x/", fields=[["body", "Hello"]], until=until)
    close(open_vote)
    assert list(KeptForm.objects.values_list("pk", flat=True)) == [other.pk]
    assert mine.pk != other.pk


def test_the_digest_of_a_few_papers_is_not_published(open_vote: Ballot, vote: Vote, neighbours: list[User]) -> None:
    """With nine papers and a few options the file could be guessed back from its digest."""
    for person in neighbours:
        vote(person, "2")
    ballot = counted(open_vote)
    assert (ballot.count.papers, ballot.count.papers_sha256, ballot.count.papers_published) == ("", "", False)
