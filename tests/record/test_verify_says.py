"""What verify_record.py says of a record that is whole: no more than what it has proved."""

from tests.record.conftest import Grow, Sign, Verify, download


def test_an_empty_record(db: None, verify: Verify) -> None:
    """A download that came to nothing must not look like a proof."""
    ended, said = verify(b"")
    assert ended == 2
    assert "cannot be read: it holds no line" in said


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
    assert "The key checked nothing" in verify(download(), key=made.key.public_key)[1]
    assert "The key checked nothing" not in verify(download(), [made], key=made.key.public_key)[1]
