"""The body of a message: the line of the record, and where to read more. It says nothing that is not public."""

import json
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from api.columns import BASE, api_url
from api.v1 import RESOURCES
from record.chain import part_of, read_json
from record.ids import read_uuid
from record.models import Entry
from webhooks.kinds import TEST
from webhooks.models import Delivery

LISTS = {resource.model._meta.model_name: resource.name for resource in RESOURCES}
# What a line is about where its own subject is in no list (a comment, an offer): the nearest thing that it names.
NAMED = ("proposal", "decision")


def body_of(delivery: Delivery) -> bytes:
    """The same bytes at each attempt: they follow from the entry alone. No query where the entry is at hand. Raises
    ValueError for a line that was damaged so that it cannot be read: part of a line would be none of the record."""
    return json.dumps(_content(delivery), ensure_ascii=False, separators=(",", ":")).encode()


def _content(delivery: Delivery) -> dict[str, Any]:
    entry = delivery.entry
    if entry is None:
        said = {"message": _("This is a test. Nothing happened.")}
        return {"type": TEST, "timestamp": _moment(delivery.created_at), "data": said}
    line = read_json(entry.line)
    if not isinstance(line, dict):
        raise ValueError(f"Line {entry.sequence} of the record cannot be read")
    return {"type": entry.kind, "timestamp": _moment(entry.at), "data": line | {"url": _url(entry, line)}}


def _url(entry: Entry, line: dict[str, Any]) -> str:
    """Where the open API has what happened: the thing itself; else the proposal or the decision that it belongs to;
    else the community; else the line. Worked out from what the line says, so it tells no more than that."""
    subject, payload = part_of(line, "subject"), part_of(line, "payload")
    near = [(str(subject.get("type")), subject.get("id")), *((name, payload.get(name)) for name in NAMED)]
    for kind, pk in (*near, ("community", line.get("community"))):
        if kind in LISTS and (key := read_uuid(pk)):
            return api_url(LISTS[kind], key)
    return f"{BASE}/record/{entry.pk}/"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
