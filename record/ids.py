"""UUIDv7: ids that sort by the time they were made, so that an index grows at its end; and ids that somebody wrote."""

import uuid

import uuid_utils.compat


def uuid7() -> uuid.UUID:
    """A new UUIDv7 (RFC 9562)."""
    return uuid_utils.compat.uuid7()


def read_uuid(found: object) -> uuid.UUID | None:
    """The id that a text is; None where it is none."""
    try:
        return uuid.UUID(found) if isinstance(found, str) else None
    except ValueError:
        return None
