"""The files of the open data page: whole, described, checked by the library of the format, and compared."""

import csv
import hashlib
import io
import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from celery.signals import worker_ready
from django.conf import settings
from django.test import Client
from frictionless import Package, system
from frictionless.resources import TableResource
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.actions import erase_user
from accounts.models import User
from api.bulk import making
from api.bulk.files import DATASETS, path_of, storage
from api.models import Correction, Snapshot
from api.v1 import RESOURCES
from api.v1.record_words import WORDS
from communities.models import Community
from decisions.models import Decision
from proposals.models import Proposal
from record import clock
from record.checkpoints import make_checkpoint
from record.verify import verify_record
from tests.api.test_files import text

pytestmark = pytest.mark.usefixtures("folder")


def made() -> Snapshot:
    assert making.ask()
    snapshot = making.make_asked()
    assert snapshot is not None
    assert snapshot.state == "ready"
    return snapshot


def got(client: Client, name: str) -> bytes:
    response = client.get(f"/open-data/files/{name}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_each_file_is_the_whole_list_with_its_digest(decision: Decision, client: Client) -> None:
    make_checkpoint()
    snapshot = made()
    names = [dataset["name"] for dataset in snapshot.datasets]
    assert names == [*(resource.name for resource in DATASETS), "datapackage"]
    for dataset in snapshot.datasets[: len(RESOURCES)]:
        rows = [json.loads(line) for line in got(client, f"{dataset['name']}.ndjson").splitlines()]
        listed = text(client.get(f"/api/v1/{dataset['name']}/?format=ndjson")).splitlines()
        assert sorted(map(json.dumps, rows)) == sorted(json.dumps(json.loads(line)) for line in listed)
        assert dataset["rows"] == len(rows) > 0
        table = list(csv.DictReader(io.StringIO(got(client, f"{dataset['name']}.csv").decode(), newline="")))
        assert [row["id"] for row in table] == [row["id"] for row in rows] == sorted(row["id"] for row in rows)
        for file in dataset["files"]:
            data = got(client, file["name"])
            assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])


def test_the_record_is_there_to_the_letter(decision: Decision, client: Client) -> None:
    snapshot = made()
    lines = got(client, "record.ndjson")
    assert lines.decode() == text(client.get("/api/v1/record/?format=ndjson"))
    table = list(csv.DictReader(io.StringIO(got(client, "record.csv").decode(), newline="")))
    assert table == list(csv.DictReader(io.StringIO(text(client.get("/api/v1/record/?format=csv")), newline="")))
    assert [int(row["sequence"]) for row in table] == list(range(len(table)))
    assert snapshot.datasets[len(RESOURCES)]["rows"] == len(table) == len(lines.splitlines()) > 0
    assert table[-1]["hash"] == hashlib.sha256(lines.splitlines()[-1]).hexdigest()


def test_the_record_is_proved_by_the_files_alone(
    decision: Decision, client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the page says it, with the files as it names them. The words are not among them: a comment can be taken back
    at any time."""
    made_then = make_checkpoint()
    assert made_then is not None
    made()
    page = " ".join(client.get("/open-data/").text.split())
    names = ("record.ndjson", "record-checkpoints.ndjson")
    assert f"python3 verify_record.py {' '.join(names)}" in page
    for name in names:
        assert f'href="/open-data/files/{name}"' in page
        (tmp_path / name).write_bytes(got(client, name))
    assert verify_record.main([str(tmp_path / name) for name in names]) == 0
    assert f"{made_then.sequence_count}" in capsys.readouterr().out
    listed = text(client.get("/api/v1/record/checkpoints/?format=csv&ordering=sequence_count"))
    assert got(client, "record-checkpoints.csv").decode() == listed


def test_the_page_names_what_has_no_file(client: Client, db: None) -> None:
    page = unescape(client.get("/open-data/").text)
    missing = page.split("Some things have no file: ")[1].split("The API has all of them")[0]
    for name in sorted({part.name for resource in RESOURCES for part in resource.parts}):
        assert name in missing
    assert WORDS not in DATASETS
    assert "the words of the record" in missing
    assert "everything as CSV" not in client.get("/api/").text


def test_search_engines_for_data_find_the_files(decision: Decision, client: Client) -> None:
    snapshot = made()
    page = client.get("/open-data/").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    catalogue = json.loads(found[1])
    assert (catalogue["@context"], catalogue["@type"]) == ("https://schema.org", "DataCatalog")
    assert catalogue["license"] == settings.DATA_LICENCE_URL
    files = {file["name"]: file for dataset in snapshot.datasets for file in dataset["files"]}
    for dataset in catalogue["dataset"]:
        assert dataset["@type"] == "Dataset"
        assert f'id="{dataset["@id"].rpartition("#")[2]}"' in page
        for one in dataset["distribution"]:
            file = files.pop(one["contentUrl"].rpartition("/")[2])
            assert (one["sha256"], one["contentSize"]) == (file["sha256"], f"{file['bytes']} B")
            assert hashlib.sha256(got(client, file["name"])).hexdigest() == one["sha256"]
    assert set(files) == {"datapackage.json"}


def test_before_the_first_night_it_names_no_file(client: Client, db: None) -> None:
    page = client.get("/open-data/").text
    assert '"dataset": []' in page
    assert "dateModified" not in page


def test_frictionless_finds_no_fault(decision: Decision, client: Client, tmp_path: Path) -> None:
    make_checkpoint()
    snapshot = made()
    for dataset in snapshot.datasets:
        for file in dataset["files"]:
            (tmp_path / file["name"]).write_bytes(got(client, file["name"]))
    with system.use_context(trusted=True):
        package = Package(str(tmp_path / "datapackage.json"))
        assert len(package.resources) == 2 * len(DATASETS)
        report = package.validate()  # as `frictionless validate datapackage.json` does
        assert report.valid, report.flatten(["taskNumber", "fieldName", "rowNumber", "message"])
        for name in ("decisions.csv", "decisions.ndjson"):
            broken = tmp_path / name
            whole = broken.read_text()
            broken.write_text(whole.replace(str(decision.decided_on), "soon"))
            again = Package(str(tmp_path / "datapackage.json"))
            assert not again.get_resource(name.replace(".", "-")).validate().valid
            broken.write_text(whole)


def test_every_field_of_a_line_is_described_in_its_place(decision: Decision, client: Client) -> None:
    make_checkpoint()
    made()
    package = Package.from_descriptor(json.loads(got(client, "datapackage.json")))
    described = [resource for resource in package.resources if resource.path.endswith(".ndjson")]  # type: ignore[union-attr]
    assert len(described) == len(DATASETS)
    for resource in described:
        lines = got(client, str(resource.path)).splitlines()
        assert {tuple(json.loads(line)) for line in lines} == {tuple(resource.schema.field_names)}
        assert all(field.description for field in resource.schema.fields)


@pytest.mark.parametrize(("column", "wrong"), [("decided_on", "soon"), ("proposals", "one"), ("title", None)])
def test_frictionless_finds_a_fault_in_a_line_that_has_one(
    decision: Decision, client: Client, column: str, wrong: str | None
) -> None:
    made()
    package = Package.from_descriptor(json.loads(got(client, "datapackage.json")))
    row = json.loads(got(client, "decisions.ndjson"))
    schema = package.get_resource("decisions-ndjson").schema
    assert TableResource(data=[row], schema=schema).validate().valid
    report = TableResource(data=[row | {column: wrong}], schema=schema).validate()
    assert column in {name for (name,) in report.flatten(["fieldName"])}


def test_a_change_of_what_was_published_is_in_the_corrections_log(decision: Decision, client: Client) -> None:
    made()
    Decision.objects.filter(pk=decision.pk).update(title="Another title", outcome="declined")
    Proposal.objects.update(supports_count=99)  # it grew: no correction
    with clock.at(clock.now() + timedelta(hours=2)):
        made()
    found = {(row.resource, row.column): (row.before, row.after) for row in Correction.objects.all()}
    assert found["decisions", "outcome"] == ("accepted_in_part", "declined")
    assert found["decisions", "title"][1] == f"sha256:{hashlib.sha256(b'Another title').hexdigest()}"
    assert {key for key in found if key[0] == "decisions"} == {("decisions", "outcome"), ("decisions", "title")}
    page = client.get("/open-data/corrections/").text
    assert decision.reference in page
    assert "declined" in page
    with clock.at(clock.now() + timedelta(hours=4)):
        made()
    assert Correction.objects.count() == len(found)


def test_a_row_that_is_gone_is_a_correction(decision: Decision) -> None:
    made()
    Community.objects.update(is_public=False)
    made()
    assert Correction.objects.filter(resource="decisions", row_id=decision.pk, after="(gone)").exists()


def test_private_rows_are_in_no_file(decision: Decision, client: Client) -> None:
    Community.objects.update(is_public=False)
    made()
    for resource in RESOURCES:
        assert str(decision.pk).encode() not in got(client, f"{resource.name}.ndjson")


def test_one_is_made_at_a_time_and_a_dead_maker_is_taken_over(community: Community) -> None:
    assert making.ask()
    assert not making.ask()
    assert not making.may_ask()
    Snapshot.objects.update(state="making", started_at=clock.now())
    assert making.ask()
    assert not making.ask()
    assert making.make_asked() is None
    with clock.at(clock.now() + timedelta(hours=3)):
        taken_over = making.make_asked()
        assert taken_over is not None
        assert taken_over.state == "ready"


def test_a_failure_is_not_offered_and_the_next_one_works(
    decision: Decision, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    first = made()

    def fail(*given: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(making, "write_dataset", fail)
        assert making.ask()
        with pytest.raises(OSError, match="disk"):
            making.make_asked()
    assert making.newest() == first
    assert got(client, "decisions.csv")
    with clock.at(clock.now() + making.GIVEN_UP_AFTER):
        made()
    assert not Snapshot.objects.filter(state="failed").exists()


def test_old_files_are_swept(decision: Decision, folder: Path) -> None:
    snapshots = []
    for day in range(making.KEPT + 2):
        with clock.at(clock.now() + timedelta(days=day)):
            snapshots.append(made())
    assert Snapshot.objects.count() == making.KEPT
    assert not storage().exists(path_of(snapshots[0].pk, "decisions.csv"))
    assert storage().exists(path_of(snapshots[-1].pk, "decisions.csv"))


def test_erasing_somebody_shuts_every_older_file_away(
    decision: Decision,
    resident: User,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr("api.bulk.personal_data.publish", lambda task: None)  # the worker has not come to it yet
    older = made()
    with clock.at(clock.now() + timedelta(hours=2)):
        last = made()
        name = resident.display_name
        assert name.encode() in got(client, "proposals.ndjson")
        with django_capture_on_commit_callbacks(execute=True):
            erase_user(user=resident, acting_user=resident)
    for snapshot in (older, last):
        assert client.get(f"/open-data/files/{snapshot.pk}/proposals.ndjson").status_code == 404
    assert client.get("/open-data/files/proposals.ndjson").status_code == 404
    assert not storage().exists(path_of(older.pk, "proposals.ndjson"))
    assert not storage().exists(path_of(last.pk, "proposals.csv"))  # only what is compared is kept
    with clock.at(clock.now() + timedelta(hours=3)):
        making.make_asked()
    assert name.encode() not in got(client, "proposals.ndjson")
    assert not storage().exists(path_of(last.pk, "proposals.ndjson"))
    assert list(Snapshot.objects.values_list("state", flat=True)) == ["ready"]


def test_a_change_on_the_day_somebody_is_erased_is_in_the_log_and_their_name_is_not(
    decision: Decision,
    resident: User,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    name = resident.display_name
    made()
    Decision.objects.filter(pk=decision.pk).update(outcome="declined")
    with clock.at(clock.now() + timedelta(hours=2)), django_capture_on_commit_callbacks(execute=True):
        erase_user(user=resident, acting_user=resident)
        making.make_asked()
    found = {(row.resource, row.column): (row.before, row.after) for row in Correction.objects.all()}
    assert found["decisions", "outcome"] == ("accepted_in_part", "declined")
    assert found["proposals", "author_name"][0] == "(not shown)"
    digest = hashlib.sha256(name.encode()).hexdigest()
    assert not Correction.objects.filter(before__contains=digest).exists()
    page = client.get("/open-data/corrections/").text
    assert "We do not show what it said." in page
    assert name not in page


def test_what_was_withdrawn_in_the_making_puts_nothing_right(
    decision: Decision, resident: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made()
    Decision.objects.filter(pk=decision.pk).update(outcome="declined")
    write_record = making.write_record

    def erased_meanwhile(*given: Any) -> Any:
        erase_user(user=resident, acting_user=resident)
        return write_record(*given)

    with clock.at(clock.now() + timedelta(hours=2)), monkeypatch.context() as meanwhile:
        meanwhile.setattr(making, "write_record", erased_meanwhile)
        assert making.ask()
        snapshot = making.make_asked()
    assert snapshot is not None
    assert snapshot.state == "failed"
    assert not Correction.objects.exists()
    with clock.at(clock.now() + timedelta(hours=3)):
        assert making.make_asked() is not None
    assert Correction.objects.filter(resource="decisions", column="outcome").count() == 1


def test_the_new_name_of_another_thing_corrects_that_thing_only(decision: Decision) -> None:
    made()
    Community.objects.filter(pk=decision.community_id).update(name="Another name")
    with clock.at(clock.now() + timedelta(hours=2)):
        made()
    assert set(Correction.objects.values_list("resource", "column")) == {("communities", "title")}


def test_a_worker_that_starts_makes_the_first_files(decision: Decision) -> None:
    worker_ready.send(sender=None)
    first = making.newest()
    assert first is not None
    worker_ready.send(sender=None)
    assert Snapshot.objects.count() == 1


def test_anybody_may_ask_for_fresh_files_but_not_all_the_time(decision: Decision, client: Client) -> None:
    assert "No files have been made yet" in client.get("/open-data/").text
    assert client.get("/open-data/fresh/").status_code == 302
    assert not Snapshot.objects.exists()
    for _tap in range(2):
        assert client.post("/open-data/fresh/").status_code == 302
    assert Snapshot.objects.count() == 1
    assert "Look again in a few minutes" in client.get("/open-data/").text
    making.make_asked()
    page = client.get("/open-data/").text
    assert "Make new files" not in page
    assert "/open-data/files/decisions.csv" in page
    with clock.at(clock.now() + timedelta(hours=2)):
        assert "Make new files" in client.get("/open-data/").text


@pytest.mark.parametrize(
    "name", ["x.csv", "decisions.exe", "../settings.json", f"{'0' * 36}/decisions.csv", "..%2f..%2fsettings.json"]
)
def test_what_is_not_listed_is_not_there(name: str, decision: Decision, client: Client) -> None:
    made()
    assert client.get(f"/open-data/files/{name}").status_code == 404


def test_the_digest_is_the_validator(decision: Decision, client: Client) -> None:
    snapshot = made()
    response = client.get("/open-data/files/decisions.csv")
    assert b"".join(response.streaming_content).startswith(b"id,")  # type: ignore[attr-defined]
    assert response["ETag"] == f'"{snapshot.datasets[0]["files"][0]["sha256"]}"'
    assert response["Access-Control-Allow-Origin"] == "*"
    again = client.get("/open-data/files/decisions.csv", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_the_dictionary_has_every_column(client: Client, db: None) -> None:
    page = client.get("/open-data/dictionary/").text
    for resource in RESOURCES:
        assert f'id="{resource.name}"' in page
        assert f'href="#{resource.name}"' in page
    assert 'id="decisions.community_title"' in page


def test_the_dictionary_is_folded_with_its_links_outside(client: Client, db: None) -> None:
    page = client.get("/open-data/dictionary/").text
    for part in page.split("<details")[1:]:
        assert 'id="decisions"' not in part.split("</details>")[0]
    assert (
        page.count("<details") == page.count('<table class="agree agree--names"') == len(DATASETS) + 1
    )  # and the log of changes


def test_the_dictionary_says_what_is_in_the_files_truly(client: Client, db: None) -> None:
    page = client.get("/open-data/dictionary/").text
    assert "actor, at, community, kind, payload, previous, sequence, subject" in page
    for name in ("ballots.winners", "proposals.waiting_for"):
        assert "With “; ” between them." in page.split(f'id="{name}"')[1].split("</tr>")[0]


@pytest.mark.parametrize(("page", "queries"), [("", 2), ("corrections/", 2), ("dictionary/", 0)])
def test_the_pages_take_the_same_few_queries(
    page: str, queries: int, decision: Decision, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made()
    client.get(f"/open-data/{page}")
    for rows in (1, 19):
        Correction.objects.bulk_create(
            Correction(
                resource=resource,
                row_id=row.pk,
                reference=row.reference,
                column="title",
                before="a",
                after="b",
            )
            for resource, row in (("decisions", decision), ("proposals", decision.proposals.get()))
            for _row in range(rows)
        )
        with django_assert_num_queries(queries):
            client.get(f"/open-data/{page}")


def test_the_command_says_what_it_made(decision: Decision, capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    call_command("make_open_data")
    assert "decisions.csv: 1 rows" in capsys.readouterr().out
