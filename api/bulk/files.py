"""The files of one snapshot, and where they lie."""

import hashlib
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db.models import Max

from api import tables
from api.pagination import Ordering
from api.resources import Resource
from api.streaming import exact_lines, pieces
from api.v1 import RESOURCES
from api.v1.record import CHECKPOINTS, RECORD
from record.models import Entry

# The words of the record are not among them: whoever takes a comment back must not find it in a file of that morning.
DATASETS = (*RESOURCES, RECORD, CHECKPOINTS)
BY_ID = Ordering("id", "pk")  # so that two snapshots can be compared line by line


def storage() -> Storage:
    """Where the files are: a folder of this machine, or whatever the operator set."""
    return storages["open_data"]


def path_of(snapshot: UUID, name: str) -> str:
    """Where a file of a snapshot lies."""
    return f"{snapshot}/{name}"


class Writing:
    """A file that is being written: its bytes are counted and digested on the way."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name, self.file, self.bytes, self.digest = name, file, 0, hashlib.sha256()

    def write(self, text: str) -> None:
        data = text.encode()
        self.file.write(data)
        self.bytes += len(data)
        self.digest.update(data)

    def facts(self) -> dict[str, Any]:
        return {"name": self.name, "bytes": self.bytes, "sha256": self.digest.hexdigest()}


@contextmanager
def written(snapshot: UUID, name: str) -> Iterator[Writing]:
    """A file of the snapshot. It is in its place once it is whole."""
    with tempfile.TemporaryFile() as file:
        writing = Writing(name, file)
        yield writing
        file.seek(0)
        storage().save(path_of(snapshot, name), File(file))


def write_dataset(snapshot: UUID, resource: Resource) -> dict[str, Any]:
    """Both files of one resource, in the order of the ids, read once. Gives what they are."""
    rows = 0
    to_csv, to_ndjson = tables.csv_writer(resource.columns), tables.ndjson_writer(resource.columns)
    name = resource.file_name
    with written(snapshot, f"{name}.csv") as csv, written(snapshot, f"{name}.ndjson") as ndjson:
        csv.write(tables.csv_header(resource.columns))
        for piece in pieces(resource, resource.rows(), BY_ID):
            rows += len(piece[0])
            csv.write(to_csv(piece))
            ndjson.write(to_ndjson(piece))
    return {"name": resource.name, "rows": rows, "files": [csv.facts(), ndjson.facts()]}


def write_record(snapshot: UUID) -> dict[str, Any]:
    """The record: as a table, and as the exact lines that verify_record.py checks. Both end at the same line, however
    many are appended meanwhile."""
    head = Entry.objects.aggregate(head=Max("sequence"))["head"]
    lines = RECORD.rows().filter(sequence__lte=-1 if head is None else head)
    to_csv = tables.csv_writer(RECORD.columns)
    with written(snapshot, "record.csv") as csv, written(snapshot, "record.ndjson") as ndjson:
        csv.write(tables.csv_header(RECORD.columns))
        for piece in pieces(RECORD, lines, RECORD.orderings[0]):
            csv.write(to_csv(piece))
        for part in exact_lines(lines, backwards=False):
            ndjson.write(part.decode())
    return {"name": RECORD.name, "rows": 0 if head is None else head + 1, "files": [csv.facts(), ndjson.facts()]}


def delete_files(snapshot: UUID, *, but: Container[str] = ()) -> None:
    """Take the files of a snapshot away, `but` for some: whatever lies there, for a maker that was killed left no list
    of what it wrote. What is gone already is no fault."""
    for name in [name for name in _names(snapshot) if name not in but]:
        storage().delete(path_of(snapshot, name))
    with suppress(OSError):  # the folder, where storages have such: it is not empty, or its maker is still writing
        storage().delete(str(snapshot))


def _names(snapshot: UUID) -> list[str]:
    try:
        return storage().listdir(str(snapshot))[1]
    except FileNotFoundError:
        return []
