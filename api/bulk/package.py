"""datapackage.json (Frictionless Data Package) of a snapshot: columns, types, meaning, licence, counts and digests."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from api.bulk.files import DATASETS
from api.bulk.line_schema import line_schema
from api.models import Snapshot
from api.resources import Resource
from api.tables import table_columns


def data_package(snapshot: Snapshot) -> dict[str, Any]:
    """The descriptor. Its paths are beside it: a folder with these files is a whole data package."""
    return {
        "profile": "data-package",
        "name": "top-table-open-data",
        "id": str(snapshot.pk),
        "title": _("Open data of %(site)s") % {"site": settings.SITE_NAME},
        "description": _("What residents tabled and voted on, what was answered, decided and promised."),
        "homepage": f"{settings.SITE_URL}/open-data/",
        "created": snapshot.started_at.isoformat(),
        "licenses": [
            {"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0", "path": settings.DATA_LICENCE_URL}
        ],
        "resources": [
            _file(resource, dataset, file)
            for resource, dataset in _both(snapshot)
            for file in dataset["files"]
            if file["name"].endswith((".csv", ".ndjson"))
        ],
    }


def _both(snapshot: Snapshot) -> list[tuple[Resource, dict[str, Any]]]:
    by_name = {resource.name: resource for resource in DATASETS}
    return [(by_name[row["name"]], row) for row in snapshot.datasets if row["name"] in by_name]


def _file(resource: Resource, dataset: dict[str, Any], file: dict[str, Any]) -> dict[str, Any]:
    is_csv = file["name"].endswith(".csv")
    described = {
        "name": file["name"].replace(".", "-"),
        "path": file["name"],
        "title": resource.name,
        "description": str(resource.meaning),
        "format": "csv" if is_csv else "ndjson",
        "mediatype": "text/csv" if is_csv else "application/x-ndjson",
        "encoding": "utf-8",
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "rows": dataset["rows"],
    }
    schema = table_schema(resource) if is_csv else line_schema(resource)
    return described | {"profile": "tabular-data-resource", "schema": schema}


def table_schema(resource: Resource) -> dict[str, Any]:
    """The Table Schema of the CSV file."""
    fields = []
    for column in table_columns(resource.columns):
        kind, form = column.type_and_format
        field: dict[str, Any] = {"name": column.name, "type": kind, "format": form, "description": column.meaning}
        constraints: dict[str, Any] = {} if column.nullable or kind == "string" else {"required": True}
        if column.choices and not column.nullable:
            constraints["enum"] = list(column.choices)
        if constraints:
            field["constraints"] = constraints
        fields.append(field)
    return {"fields": fields, "primaryKey": resource.key_column, "missingValues": [""]}
