"""The body of a message: the line of the record, and where to read more. It says nothing that is not public."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from api.columns import api_url
from api.v1 import RESOURCES
from record.models import Entry
from webhooks.kinds import TEST
from webhooks.models import Delivery

LISTS = {resource.model._meta.model_name: resource.name for resource in RESOURCES}


def body_of(delivery: Delivery) -> bytes:
    """The same bytes at each attempt: they follow from the entry alone. No query where the entry is at hand."""
    return json.dumps(_content(delivery), ensure_ascii=False, separators=(",", ":")).encode()


def _content(delivery: Delivery) -> dict[str, Any]:
    entry = delivery.entry
    if entry is None:
        said = {"message": _("This is a test. Nothing happened.")}
        return {"type": TEST, "timestamp": _moment(delivery.created_at), "data": said}
    data = json.loads(entry.line) | {"url": _url(entry)}
    return {"type": entry.kind, "timestamp": _moment(entry.at), "data": data}


def _url(entry: Entry) -> str | None:
    """The thing itself in the open API, where it is there."""
    name = LISTS.get(entry.subject_type)
    return api_url(name, UUID(entry.subject_id)) if name else None


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
