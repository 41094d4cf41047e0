"""The key that signs checkpoints. Only the worker needs it; its public half is in the database for everybody."""

import base64
import contextlib
import os
import secrets
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from record.chain import bytes_of
from record.models import RecordKey

SEED_LENGTH = 32


def sign(note: str, at: datetime) -> tuple[RecordKey, str]:
    """The signature of the note (base64), and the key that made it, kept for whoever checks. `at` is the moment that
    the note states: a key that is new was first used then, not some milliseconds after its own signature."""
    private = Ed25519PrivateKey.from_private_bytes(_seed())
    raw = private.public_key().public_bytes_raw()
    key, _made = RecordKey.objects.get_or_create(
        pk=key_id(raw), defaults={"public_key": base64.b64encode(raw).decode(), "first_used_at": at}
    )
    return key, base64.b64encode(private.sign(note.encode())).decode()


def is_signed(note: str, signature: str, public_key: str) -> bool:
    """Whether the key (base64) signed this note."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), bytes_of(note))
    except (InvalidSignature, ValueError):  # base64 that cannot be read is a ValueError too
        return False
    return True


def key_id(public_key: bytes) -> str:
    """The short name of a key."""
    return sha256(public_key).hexdigest()[:16]


def _seed() -> bytes:
    """The private key: from the environment, or from the file that is made on its first use."""
    text: str = settings.RECORD_SIGNING_KEY or _kept()
    try:
        seed = base64.b64decode(text, validate=True)
    except ValueError:
        seed = b""
    if len(seed) != SEED_LENGTH:
        raise ImproperlyConfigured("RECORD_SIGNING_KEY must be the base64 of 32 random bytes.")
    return seed


def _kept() -> str:
    """The key in the folder of data, readable by its owner alone. Two workers that begin at once agree on one: the
    file appears whole, and only if there is none."""
    path = settings.VAR_DIR / "record_key"
    if not path.exists():
        new = path.with_name(f"record_key.{secrets.token_hex(8)}")
        file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(file, base64.b64encode(secrets.token_bytes(SEED_LENGTH)))
            os.fsync(file)
            with contextlib.suppress(FileExistsError):
                os.link(new, path)
        finally:
            os.close(file)
            new.unlink()
    return str(path.read_text()).strip()
