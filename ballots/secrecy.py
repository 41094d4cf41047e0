"""What keeps a vote secret: keys, receipts and codes. Random ones come from the operating system."""

import hashlib
import hmac
import secrets
from uuid import UUID

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: read out over the telephone


def new_key() -> bytes:
    return secrets.token_bytes(32)


def voter_key(key: bytes, elector_id: int | UUID) -> str:
    """Where the elector's paper lies, as 64 hex digits. Without the key nobody can tell whose it is."""
    return hmac.new(key, f"elector:{elector_id}".encode(), hashlib.sha256).hexdigest()


def new_receipt() -> str:
    """Such as "K7QM-2F9D-XW": 49 bits, so that codes do not meet by chance and are not guessed."""
    return "-".join(_letters(count) for count in (4, 4, 2))


def new_code() -> str:
    """What stands on a printed paper, such as "K7QM-2F9D"."""
    return f"{_letters(4)}-{_letters(4)}"


def new_seed() -> str:
    """The lot: 32 hex digits."""
    return secrets.token_hex(16)


def clean_code(typed: str) -> str:
    """A receipt or code as it was printed, however it was typed: small letters, spaces, other dashes."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))[:12]


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))
