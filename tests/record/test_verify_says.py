"""What verify_record.py says of a record that is whole: no more than what it has proved."""

import pytest
from django.test import Client

from tests.record.conftest import Grow, Sign, Verify, download


def test_an_empty_record(db: None, verify: Verify) -> None:
    """A download that came to nothing must not look like a proof."""
    ended, said = verify(b"")
    assert ended == 2
    assert "cannot be read: it holds no line" in said


@pytest.mark.parametrize("question", ["?format=csv", "", "?page_size=1", "0/", "words/?format=ndjson", "checkpoints/"])
def test_what_is_no_record_is_not_called_cut_off(grow: Grow, verify: Verify, client: Client, question: str) -> None:
    grow(2)
    answer = client.get(f"/api/v1/record/{question}")
    held = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    for text in (held, held.replace(b"{", b"{\n", 1)):
        ended, said = verify(text)
        assert ended == 2
        assert "Give the file record.ndjson, as the site gives it" in said


def test_it_says_which_lines_nothing_covers(grow: Grow, sign: Sign, verify: Verify) -> None:
    grow(3)
    old = sign(0)
    assert "are newer than your checkpoints" not in verify(download(), [old])[1]
    grow(2)
    ended, said = verify(download(), [old])
    assert ended == 0
    assert "The first 3 lines are proved. Lines 3 to 4 are newer than your checkpoints" in said
    assert "are newer than your checkpoints" not in verify(download())[1]


def test_a_key_without_a_checkpoint_checks_nothing(grow: Grow, sign: Sign, verify: Verify) -> None:
    grow(3)
    made = sign(0)
    ended, said = verify(download(), key=made.key.public_key)
    assert (ended, "The key checked nothing" in said) == (3, True)
    ended, said = verify(download(), [made], key=made.key.public_key)
    assert (ended, "The key checked nothing" in said) == (0, False)
    assert "1 of 1 signatures are right, by the key that you gave." in said
