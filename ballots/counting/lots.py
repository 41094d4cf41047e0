"""The last tie-break: a lot that was drawn and published before anybody voted."""

import hashlib


def lot(seed: str, code: str) -> str:
    """Where an option stands in the lot, as 64 hex digits: the smallest comes first.

    SHA-256 of the UTF-8 bytes of "<seed>:<code>". Anybody can work it out again with one line of any language.
    """
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()
