"""One petition becomes one proposal: its state, clocks, answer and links; again, changed, and broken."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from communities.models import Agreement, Community, Organisation
from proposals.actions.deciding import decide_standing_answers
from proposals.actions.ending import lapse_proposals
from proposals.models import Ask, Proposal, ProposalLink, Response, Support
from record.checking import faults_of_record
from record.models import Entry
from tests.importing.conftest import ANSWERED, PETITION, RunImport, WriteFile


def test_a_closed_petition_without_its_threshold_lapsed(uk: Community) -> None:
    proposal = Proposal.objects.get(source_id="300000")
    assert proposal.state == "lapsed"
    assert proposal.ended_at is not None
    assert proposal.ended_at.date() == date(2020, 9, 3)
    assert proposal.title == "Protect hedgehogs"
    assert proposal.outcome_wanted == "There are fewer of them each year."
    assert proposal.case == "They eat slugs."
    assert proposal.reference.startswith("P-2020-")
    assert proposal.source_url == "https://petition.parliament.uk/petitions/300000"
    assert not proposal.asks.exists()


def test_an_answered_petition_has_a_clock_that_was_stopped(uk: Community) -> None:
    proposal = Proposal.objects.get(source_id="300034")
    ask = proposal.asks.get()
    assert (ask.asked_on, ask.due_on) == (date(2020, 3, 20), date(2020, 4, 14))  # Easter lies between
    assert ask.answered_on == date(2020, 4, 17)
    assert ask.answered_after_working_days == 18
    assert ask.was_late
    response = Response.objects.get()
    assert response.outcome == "not_stated"
    assert response.summary == "We are looking into it."
    assert response.reasons == "Because hedgehogs matter."
    assert response.signed_role == "HM Treasury"
    assert proposal.state == "responded"
    debate = proposal.links.get(kind=ProposalLink.Kind.DEBATE)
    assert (debate.happened_on, debate.url) == (date(2020, 10, 5), "https://hansard.parliament.uk/hedgehogs")


def test_signatures_are_never_supports(uk: Community) -> None:
    proposal = Proposal.objects.get(source_id="300034")
    assert proposal.original_signatures == 19760
    assert proposal.supports_count == 0
    assert not Support.objects.exists()


def test_the_kept_counts_are_right(uk: Community) -> None:
    treasury = Organisation.objects.get(name="HM Treasury")
    assert treasury.sector == "government"
    assert (treasury.asks_count, treasury.answers_count, treasury.answers_on_time_count) == (1, 1, 0)
    assert (uk.proposals_count, uk.last_proposal_number) == (2, 2)
    proposal = Proposal.objects.get(source_id="300034")
    assert (proposal.open_asks_count, proposal.next_due_on) == (0, None)


def test_the_community_says_whose_data_it_is_and_how_that_site_works(uk: Community) -> None:
    assert uk.source_url == "https://petition.parliament.uk/"
    assert "Open Government Licence" in uk.source_licence
    agreement = Agreement.objects.get(community=uk)
    assert "15 working days" in agreement.why
    assert agreement.rules.get().support_threshold == 10_000


def test_the_licence_of_the_table_is_named(run_import: RunImport, write_file: WriteFile) -> None:
    folder = write_file([PETITION])
    (folder / "datapackage.yaml").write_text("licenses: [{name: CC-BY-4.0}]\ncontributors: [{title: mySociety}]\n")
    run_import(folder)
    assert Community.objects.get(slug="uk").source_licence.endswith("(table by mySociety: CC-BY-4.0)")


def test_each_petition_is_one_entry_of_the_record(uk: Community) -> None:
    assert Entry.objects.filter(kind="petition.imported").count() == 2
    assert Entry.objects.count() == 3  # and the community


def test_an_answer_that_was_brought_in_is_compared_with_the_line_of_its_petition(uk: Community) -> None:
    assert faults_of_record() == []
    answer = Response.objects.exclude(reasons="")[:1].get()
    Response.objects.filter(pk=answer.pk).update(reasons="Something else.")
    assert any("“answer” was changed" in fault for fault in faults_of_record())


def test_a_second_run_changes_nothing_and_says_so(uk: Community, run_import: RunImport, tmp_path: Path) -> None:
    before = list(Proposal.objects.order_by("pk").values())
    said = run_import(tmp_path)
    assert "0 petitions are new, 0 changed, 2 are as they were" in said
    assert list(Proposal.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == 3


def test_a_changed_row_is_brought_up_to_date(uk: Community, run_import: RunImport, write_file: WriteFile) -> None:
    answered_later = ANSWERED | {"id": "300000", "action": "Protect all hedgehogs"}
    said = run_import(write_file([answered_later, ANSWERED | {"response_details": "Because they do."}]))
    assert "0 petitions are new, 2 changed" in said
    assert Proposal.objects.get(source_id="300000").state == "responded"
    assert Proposal.objects.get(source_id="300000").title == "Protect all hedgehogs"
    assert Response.objects.get(proposal__source_id="300034").reasons == "Because they do."
    treasury = Organisation.objects.get()
    assert (treasury.asks_count, treasury.answers_count) == (2, 2)


def test_a_department_that_comes_to_the_table_has_changed_and_so_has_the_table(
    uk: Community, run_import: RunImport, write_file: WriteFile
) -> None:
    """Each names the other in the open API, whether or not it was asked anything."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    office = Organisation.objects.create(name="Home Office", slug="home-office", sector="government")
    Organisation.objects.update(updated_at=long_ago)
    Community.objects.update(updated_at=long_ago)
    run_import(write_file([PETITION | {"departments": "HM Treasury; Home Office"}]))
    assert office in uk.organisations.all()
    assert not Community.objects.filter(updated_at=long_ago).exists()
    assert Organisation.objects.get(updated_at=long_ago).name == "HM Treasury"


def test_what_was_done_here_since_stays(uk: Community, run_import: RunImport, write_file: WriteFile) -> None:
    Proposal.objects.filter(source_id="300034").update(state="withdrawn")
    run_import(write_file([ANSWERED | {"signature_count": "20000"}]))
    proposal = Proposal.objects.get(source_id="300034")
    assert (proposal.state, proposal.original_signatures) == ("withdrawn", 20000)


def test_several_departments_have_a_clock_each(run_import: RunImport, write_file: WriteFile) -> None:
    run_import(write_file([ANSWERED | {"departments": "Home Office ; Department for Business, Energy; Home Office"}]))
    assert sorted(Ask.objects.values_list("organisation__name", flat=True)) == [
        "Department for Business, Energy",
        "Home Office",
    ]
    assert Response.objects.count() == 2


def test_somebody_was_asked_even_where_nobody_is_named(run_import: RunImport, write_file: WriteFile) -> None:
    run_import(write_file([ANSWERED | {"departments": ""}, PETITION | {"departments": ""}]))
    assert Ask.objects.get().organisation.name == "Government (department not named)"
    assert not Proposal.objects.get(source_id="300000").organisations.exists()


def test_an_open_petition_is_on_the_table_and_does_not_lapse_by_itself(
    run_import: RunImport, write_file: WriteFile
) -> None:
    run_import(write_file([PETITION | {"state": "open", "closed_at": ""}]))
    assert lapse_proposals() == 0
    assert Proposal.objects.get().state == "tabled"


def test_nobody_decides_from_an_answer_that_says_neither_yes_nor_no(uk: Community) -> None:
    assert decide_standing_answers() == 0
    assert Proposal.objects.get(source_id="300034").state == "responded"


def test_an_unanswered_petition_waits(run_import: RunImport, write_file: WriteFile) -> None:
    waiting = ANSWERED | dict.fromkeys(("government_response_at", "response_summary", "response_details"), "")
    run_import(write_file([waiting]))
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.open_asks_count, proposal.next_due_on) == (
        "awaiting_response",
        1,
        date(2020, 4, 14),
    )


def test_words_come_without_html(run_import: RunImport, write_file: WriteFile) -> None:
    hostile = {
        "action": "<b>Save</b> &amp; protect",
        "background": "<script>alert(1)</script>Now < 3 <i>left</i>\u202e",
    }
    run_import(write_file([PETITION | hostile]))
    proposal = Proposal.objects.get()
    assert proposal.title == "Save & protect"
    assert proposal.outcome_wanted == "Now < 3 left"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "three"),
        ("id", "300034"),  # twice
        ("state", "rejected"),
        ("action", " "),
        ("action", "x" * 121),
        ("background", "a\x00b"),
        ("signature_count", "-4"),
        ("signature_count", "1e9"),
        ("signature_count", "9" * 30),
        ("opened_at", ""),
        ("opened_at", "9999-12-31T23:59:59Z"),
        ("opened_at", "2020-13-01T00:00:00Z"),
        ("closed_at", "2019-01-01T00:00:00Z"),
        ("closed_at", ""),
        ("response_threshold_reached_at", "2019-01-01T00:00:00Z"),
        ("government_response_at", "2020-05-01T00:00:00Z"),
        ("debate_date", "soon"),
        ("debate_transcript_url", "javascript:alert(1)"),
        ("departments", "x" * 200),
    ],
)
def test_a_bad_row_is_named_and_skipped(run_import: RunImport, write_file: WriteFile, column: str, value: str) -> None:
    said = run_import(write_file([ANSWERED, PETITION | {column: value}, PETITION | {"id": "4", "action": "Last"}]))
    assert f"Line 3, column {column}:" in said
    assert "2 petitions are new" in said
    assert "1 rows were skipped" in said
    assert sorted(Proposal.objects.values_list("source_id", flat=True)) == ["300034", "4"]


def test_bytes_that_are_not_text_are_named(run_import: RunImport, write_file: WriteFile) -> None:
    folder = write_file([PETITION])
    path = folder / "petitions_accepted.csv"
    path.write_bytes(path.read_bytes().replace(b"They eat slugs.", b"They \xff\xfe eat."))
    assert "Line 2, column additional_details:" in run_import(folder)


def test_a_row_that_is_too_short_or_too_long_is_named(run_import: RunImport, write_file: WriteFile) -> None:
    folder = write_file([PETITION])
    with (folder / "petitions_accepted.csv").open("a") as file:
        file.write("17,open\n" + "x," * 40 + "\n")
    said = run_import(folder)
    assert "Line 3, column action:" in said
    assert "Line 4, column departments:" in said


def test_a_missing_column_or_file_stops_before_anything_is_made(
    run_import: RunImport, write_file: WriteFile, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="no column action, opened_at"):
        run_import(write_file([PETITION], columns=tuple(c for c in PETITION if c not in ("action", "opened_at"))))
    with pytest.raises(CommandError, match="There is no file"):
        run_import(tmp_path / "nothing")
    with pytest.raises(CommandError, match="--community"):
        run_import(tmp_path, community="no/slug")
    assert not Community.objects.filter(slug="uk").exists()


def test_an_agreement_that_is_there_is_left_alone(
    community: Community, run_import: RunImport, write_file: WriteFile, landlord: Any
) -> None:
    run_import(write_file([ANSWERED]), community="larkfield")
    proposal = Proposal.objects.get()
    assert proposal.rule is None
    assert proposal.threshold == 10_000
    assert Agreement.objects.filter(community=community).count() == 1
