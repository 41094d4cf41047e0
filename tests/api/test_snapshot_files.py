"""What stays on the disk of a snapshot that was never offered: nothing, for it may hold words that were erased."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.actions import erase_user
from accounts.models import User
from api.bulk import making
from api.models import Snapshot
from proposals.models import Response
from record import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answered")]


class Killed(BaseException):
    """As kill -9 is to a process: nothing of ours runs after it."""


def of(snapshot: Snapshot, folder: Path) -> list[Path]:
    return list((folder / str(snapshot.pk)).glob("**"))


def begin_and(fall: BaseException, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """One that falls at its last dataset."""

    def write_record(*given: Any) -> None:
        raise fall

    assert making.ask()
    with monkeypatch.context() as broken:
        broken.setattr(making, "write_record", write_record)
        with pytest.raises(type(fall)):
            making.make_asked()
    return Snapshot.objects.get()


def test_one_that_fails_takes_its_files_along(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = begin_and(OSError("the disk is full"), monkeypatch)
    assert failed.state == "failed"
    assert not of(failed, folder)


def test_what_a_killed_maker_wrote_is_swept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = begin_and(Killed(), monkeypatch)
    assert killed.state == "making"
    assert of(killed, folder)
    with clock.at(clock.now() + timedelta(hours=3)):
        assert making.ask()
        making.make_asked()
    assert not of(killed, folder)
    assert list(Snapshot.objects.values_list("state", flat=True)) == ["ready"]


def test_what_was_erased_while_it_was_written_is_on_no_disk(
    answered: Response, resident: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = resident.display_name.encode()
    write_record = making.write_record

    def erased_meanwhile(*given: Any) -> Any:
        assert any(name in path.read_bytes() for path in folder.rglob("*.ndjson"))
        erase_user(user=resident, acting_user=resident)
        return write_record(*given)

    assert making.ask()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(making, "write_record", erased_meanwhile)
        overtaken = making.make_asked()
    assert overtaken is not None
    assert overtaken.state == "failed"
    assert not of(overtaken, folder)


def test_one_that_falls_over_files_that_an_erasure_took_is_no_failure(
    answered: Response,
    resident: User,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr("api.bulk.personal_data.publish", lambda task: None)
    with clock.at(clock.now() - timedelta(hours=2)):
        making.ask()
        making.make_asked()
    write_record = making.write_record

    def erased_meanwhile(*given: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            erase_user(user=resident, acting_user=resident)
        return write_record(*given)

    assert making.ask()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(making, "write_record", erased_meanwhile)
        overtaken = making.make_asked()
    assert overtaken is not None
    assert overtaken.state == "failed"
    assert not of(overtaken, folder)


def test_a_maker_that_was_killed_after_an_erasure_leaves_a_row_to_find_its_files_by(
    resident: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken = begin_and(Killed(), monkeypatch)
    erase_user(user=resident, acting_user=resident)  # and its process dies before anything of on_commit
    making.make_asked()
    assert not of(overtaken, folder)
    (folder / str(overtaken.pk)).mkdir()
    late = folder / str(overtaken.pk) / "record.csv"
    late.write_text("what the maker wrote after the sweep, before it was killed too")
    with clock.at(clock.now() + timedelta(hours=3)):
        making.ask()
        making.make_asked()
    assert not late.exists()
    assert set(Snapshot.objects.values_list("state", flat=True)) == {"ready"}
