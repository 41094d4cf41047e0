"""Invitation codes: 50 bits, read out easily, never stored.

A code is made from the invitation's id and the site's key, so letters can be printed again and a stolen
database opens no door. It is found by the digest of the code.
"""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 10  # 32 ** 10 = 50 bits
LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def code_of(invitation_id: UUID) -> str:
    """The code of an invitation, e.g. "7K2QM-X4TNB"."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"invitation:" + invitation_id.bytes, hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big")
    letters = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def digest_of(code: str) -> str:
    """What the database holds of a code, however it was typed: small letters, spaces, O for 0."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"code:" + normal(code).encode(), hashlib.sha256).hexdigest()


def normal(code: str) -> str:
    """The code without what people add or mistake. Not always a possible code: only its digest decides."""
    letters = (letter for letter in code.upper().translate(LOOKS_LIKE) if letter in ALPHABET)
    return "".join(letters)[: LENGTH + 1]
