"""UUIDv7: ids that sort by the time they were made, so that an index grows at its end."""

import uuid

import uuid_utils.compat


def uuid7() -> uuid.UUID:
    """A new UUIDv7 (RFC 9562)."""
    return uuid_utils.compat.uuid7()
