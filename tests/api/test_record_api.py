"""The record as data: the same bytes, nothing private, and proofs that a stranger can verify."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communities.models import Community
from record import clock
from record.merkle import leaf_hash, verify_consistency, verify_inclusion
from record.models import Entry
from record.verify import SCRIPT
from tests.api.conftest import Get
from tests.record.conftest import Grow, Sign, grow, sign

__all__ = ["grow", "sign"]  # fixtures of the record, for this room too


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def sequences(response: Any) -> list[int]:
    assert response.status_code == 200, response.content
    return [row["sequence"] for row in response.json()["results"]]


def test_a_row_says_what_the_line_says(get: Get, grow: Grow, community: Community) -> None:
    (entry,) = grow(1)
    (row,) = get("record").json()["results"]
    line = json.loads(entry.line)
    for name in ("sequence", "kind", "community", "subject", "actor", "payload", "previous"):
        assert row[name] == line[name]
    assert row["texts"] == line["payload"]["text_sha256"]
    assert row["hash"] == entry.hash
    assert row["html_url"].endswith("/record/0/")
    assert get("record/0").json() == row
    assert get("record/1").status_code == 404
    assert get("record/99999999999999999999999").status_code == 404


def test_the_download_is_the_stored_bytes(get: Get, grow: Grow) -> None:
    grow(2500, texts={})
    found = get("record", format="ndjson")
    assert found["Content-Type"].startswith("application/x-ndjson")
    assert 'filename="record.ndjson"' in found["Content-Disposition"]
    lines = list(Entry.objects.order_by("pk").values_list("line", flat=True))
    assert body(found) == "".join(f"{line}\n" for line in lines).encode()
    assert body(get("record", format="ndjson", after_sequence=2497)) == f"{lines[2498]}\n{lines[2499]}\n".encode()
    assert body(get("record", format="ndjson", ordering="-sequence")).splitlines()[0] == lines[-1].encode()
    assert body(get("record", format="ndjson", after_sequence=2499)) == b""


def test_the_download_is_read_in_pieces(
    get: Get, grow: Grow, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grow(2500, texts={})
    with django_assert_num_queries(2):  # the validator, the first piece
        found = get("record", format="ndjson")
    with django_assert_num_queries(2):
        body(found)


def test_a_download_and_its_checkpoints_verify(get: Get, grow: Grow, sign: Sign, tmp_path: Path) -> None:
    grow(300)
    sign(0)
    grow(3)
    sign(1)
    (tmp_path / "record.ndjson").write_bytes(body(get("record", format="ndjson")))
    (tmp_path / "all.json").write_bytes(get("record/checkpoints").content)
    (tmp_path / "one.json").write_bytes(get("record/checkpoints/300").content)
    key = get("record/checkpoints/300").json()["public_key"]
    command = [sys.executable, "-I", str(SCRIPT), "record.ndjson", "all.json", "one.json", "--key", key]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60, text=True)
    assert (done.returncode, done.stdout.count("unchanged"), done.stderr) == (0, 3, "")


def test_pages_in_both_directions(get: Get, client: Client, grow: Grow) -> None:
    grow(25)
    for ordering, expected in (("sequence", list(range(25))), ("-sequence", list(range(24, -1, -1)))):
        found, address = [], f"/api/v1/record/?ordering={ordering}&page_size=10&count=true"
        while address:
            page = client.get(address).json()
            assert page["count"] == 25
            found += [row["sequence"] for row in page["results"]]
            last, address = page, page["next"]
        assert found == expected
        back = client.get(last["previous"]).json()
        assert [row["sequence"] for row in back["results"]] == expected[10:20]
    assert sequences(get("record"))[0] == 0


def test_lists_cost_two_queries_and_one_where_nothing_is_new(
    get: Get, grow: Grow, sign: Sign, django_assert_num_queries: Any
) -> None:
    grow(60)
    sign(0)
    for address, queries in (("record", 2), ("record/5", 1), ("record/checkpoints", 2), ("record/checkpoints/60", 1)):
        with django_assert_num_queries(queries):
            found = get(address)
        assert found.status_code == 200
        with django_assert_num_queries(1):
            assert get(address, headers={"If-None-Match": found["ETag"]}).status_code == 304
    with django_assert_num_queries(3):  # the checkpoint, the blocks, the lines
        get("record/inclusion", sequence=5, checkpoint=60)


def test_filters(get: Get, grow: Grow, community: Community) -> None:
    grow(2)
    other = Community.objects.create(name="Otherby", slug="otherby", is_public=True)
    with clock.at(clock.now() + timedelta(days=40)):
        grow(1, where=other)
        later = clock.today().isoformat()
    assert sequences(get("record", kind="comment.added")) == [0, 1, 2]
    assert sequences(get("record", kind="offer.made,sealed")) == []
    assert sequences(get("record", community="otherby")) == [2]
    assert sequences(get("record", community=str(community.pk))) == [0, 1]
    assert sequences(get("record", subject_type="community", subject_id=str(other.pk))) == [2]
    assert sequences(get("record", subject_id=str(other.pk).upper())) == [2]
    assert sequences(get("record", subject_id=str(uuid4()))) == sequences(get("record", subject_id="7")) == []
    assert sequences(get("record", **{"from": later})) == [2]
    assert sequences(get("record", to=clock.today().isoformat())) == [0, 1]
    assert sequences(get("record", after_sequence=0)) == [1, 2]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "community.exploded"),
        ("community", "nowhere"),
        ("subject_id", "a b"),
        ("subject_id", "zzz"),
        ("subject_id", "018f0000"),
        ("subject_id", "1" * 30),
        ("subject_type", ""),
        ("subject_type", "zzz"),
        ("subject_type", "community,zzz"),
        ("from", "yesterday"),
        ("to", "2026-13-01"),
        ("after_sequence", "-1"),
        ("after_sequence", "1e3"),
        ("ordering", "kind"),
        ("cursor", "AAAA"),
        ("format", "xml"),
        ("q", "words"),
        ("updated_since", "2026-11-23"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(get: Get, grow: Grow, name: str, value: str) -> None:
    grow(1)
    found = get("record", **{name: value})
    assert found.status_code == 400
    assert [one["parameter"] for one in found.json()["errors"]] == [name]


@pytest.mark.parametrize("form", ["json", "csv", "ndjson"])
def test_a_copy_hears_that_the_record_has_fewer_lines_than_it(get: Get, grow: Grow, form: str) -> None:
    """An empty list would say that nothing is new."""
    grow(2)
    assert get("record", format=form, after_sequence=1).status_code == 200
    found = get("record", format=form, after_sequence=2)
    assert found.status_code == 400
    assert found.json()["errors"] == [
        {"parameter": "after_sequence", "detail": "The record has no line of this number."}
    ]


def test_csv_is_the_same_list(get: Get, grow: Grow, private_community: Community, sign: Sign) -> None:
    grow(2)
    grow(1, where=private_community)
    lines = body(get("record", format="csv")).decode().splitlines()
    assert lines[0].startswith("sequence,at,kind,community,subject_type,subject_id,actor_role")
    assert len(lines) == 4
    assert ",sealed,,,,,,," in lines[3]
    sign(0)
    found = get("record/checkpoints", format="csv")
    assert 'filename="checkpoints.csv"' in found["Content-Disposition"]
    assert len(body(found).decode().splitlines()) == 2


# ── What is private ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_private_is_in_a_row_or_found_by_a_filter(
    get: Get, grow: Grow, private_community: Community, client: Client
) -> None:
    (entry,) = grow(1, where=private_community)
    row = get("record/0").json()
    assert (row["kind"], row["community"], row["subject"], row["actor"], row["texts"]) == (
        "sealed",
        None,
        None,
        None,
        {},
    )
    pages = [get("record").content, get("record/0").content, body(get("record", format="ndjson"))]
    pages += [body(get("record", format="csv")), client.get("/record/").content, client.get("/record/0/").content]
    for secret in (str(private_community.pk), private_community.slug, "comment.added", "Amina", "Somebody commented"):
        assert not any(secret in page.decode() for page in pages), secret
    assert sequences(get("record", kind="sealed")) == [0]
    assert sequences(get("record", kind="comment.added")) == []
    assert sequences(get("record", subject_type=entry.subject_type)) == []
    assert sequences(get("record", subject_id=entry.subject_id)) == []
    for name in (private_community.slug, str(private_community.pk)):
        assert get("record", community=name).status_code == 400


def test_a_community_that_became_private_is_not_found_by_its_name(get: Get, grow: Grow, community: Community) -> None:
    """Its lines were public and stay: a record from which lines vanish would be none."""
    grow(1)
    Community.objects.update(is_public=False)
    assert get("record", community=community.slug).status_code == 400
    assert sequences(get("record")) == [0]


# ── Proofs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sizes(grow: Grow, sign: Sign) -> list[int]:
    """The counts of four checkpoints."""
    found = []
    for day, count in enumerate((1, 6, 500, 30)):
        grow(count, texts={})
        found.append(sign(day).sequence_count)
    return found


def test_any_two_checkpoints_are_proved_consistent(get: Get, sizes: list[int]) -> None:
    for old in sizes:
        for new in (size for size in sizes if size >= old):
            found = get("record/consistency", **{"from": old, "to": new}).json()
            roots = [bytes.fromhex(found[end]["root"]) for end in ("from", "to")]
            assert verify_consistency(old, new, *roots, [bytes.fromhex(part) for part in found["proof"]])


def test_a_line_is_proved_to_be_under_a_checkpoint(get: Get, sizes: list[int]) -> None:
    for sequence in (0, 6, 255, 256, 536):
        found = get("record/inclusion", sequence=sequence, checkpoint=sizes[-1]).json()
        leaf = leaf_hash(Entry.objects.get(pk=sequence).line.encode())
        root, proof = bytes.fromhex(found["checkpoint"]["root"]), [bytes.fromhex(part) for part in found["proof"]]
        assert verify_inclusion(sequence, sizes[-1], leaf, proof, root)


@pytest.mark.parametrize(
    ("address", "given", "wrong"),
    [
        ("consistency", {}, {"from", "to"}),
        ("consistency", {"from": "7", "to": "1"}, {"from"}),
        ("consistency", {"from": "2", "to": "7"}, {"from"}),
        ("consistency", {"from": "0", "to": "7"}, {"from"}),
        ("consistency", {"from": "1", "to": "99999999999999999999"}, {"to"}),
        ("consistency", {"from": "1", "to": "7", "x": "1"}, {"x"}),
        ("inclusion", {"sequence": "7", "checkpoint": "7"}, {"sequence"}),
        ("inclusion", {"sequence": "-1", "checkpoint": "7"}, {"sequence"}),
        ("inclusion", {"sequence": "1", "checkpoint": "8"}, {"checkpoint"}),
    ],
)
def test_a_proof_that_there_is_not(
    get: Get, sizes: list[int], address: str, given: dict[str, str], wrong: set[str]
) -> None:
    found = get(f"record/{address}", **given)
    assert found.status_code == 400
    assert {one["parameter"] for one in found.json()["errors"]} == wrong


def test_checkpoints_are_a_list_newest_first(get: Get, sizes: list[int]) -> None:
    rows = get("record/checkpoints").json()["results"]
    assert [row["sequence_count"] for row in rows] == sizes[::-1]
    assert json.loads(rows[0]["note"])["root"] == rows[0]["root"]
    page = get("record/checkpoints", page_size=2).json()
    assert page["next"]
    assert get("record/checkpoints/2").status_code == 404


def test_the_schema_describes_it(
    client: Client, get: Get, grow: Grow, sign: Sign, private_community: Community
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    grow(2)
    grow(1, where=private_community)
    sign(0)
    document = client.get("/api/v1/schema/").json()
    schemas = document["components"]["schemas"]
    for address in ("record/", "record/{id}/", "record/checkpoints/", "record/checkpoints/{id}/"):
        assert f"/api/v1/{address}" in document["paths"]
    pairs = [
        ("Record_line", get("record").json()["results"]),
        ("Checkpoint", get("record/checkpoints").json()["results"]),
    ]
    pairs += [("Consistency_proof", [get("record/consistency", **{"from": 3, "to": 3}).json()])]
    pairs += [("Inclusion_proof", [get("record/inclusion", sequence=1, checkpoint=3).json()])]
    for name, rows in pairs:
        for row in rows:
            jsonschema.validate(row, schemas[name], cls=jsonschema.Draft202012Validator)
    names = {parameter["name"] for parameter in document["paths"]["/api/v1/record/"]["get"]["parameters"]}
    assert {"kind", "from", "to", "after_sequence", "ordering", "cursor"} <= names


def test_the_guide_and_the_root_name_it(client: Client, db: None) -> None:
    assert "/api/v1/record/checkpoints/" in client.get("/api/").content.decode()
    assert client.get("/api/v1/").json()["resources"]["record"].endswith("/api/v1/record/")
