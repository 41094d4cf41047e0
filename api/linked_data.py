"""The files to take home in the words of schema.org, by which search engines for data find them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from api.models import Snapshot
from api.streaming import FILES
from words.linked_data import as_json_ld


def files_as_json_ld(snapshot: Snapshot | None, datasets: Iterable[dict[str, Any]]) -> SafeString:
    """One catalogue. `datasets` as the page shows them: name, meaning, and of each file its name, bytes and sha256."""
    moment = snapshot.started_at.isoformat() if snapshot else None
    document = {
        "@type": "DataCatalog",
        "@id": _address("index"),
        "url": _address("index"),
        "name": _("Open data of %(site)s") % {"site": settings.SITE_NAME},
        "description": _("Nearly all of this site’s data in files. They are made each night and are free to use."),
        "dataset": [_dataset(dataset, moment) for dataset in datasets],
    }
    return as_json_ld(document | _terms() | ({"dateModified": moment} if moment else {}))


def _dataset(dataset: dict[str, Any], moment: str | None) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": f"{_address('index')}#{dataset['name']}",
        "url": _address("index"),
        "name": f"{settings.SITE_NAME}: {dataset['name']}",
        "description": str(dataset["meaning"]),
        "dateModified": moment,
        "distribution": [_file(file) for file in dataset["files"]],
    } | _terms()


def _file(file: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "contentUrl": _address("file", file["name"]),
        "encodingFormat": FILES[file["name"].rpartition(".")[2]].partition(";")[0],
        "contentSize": f"{file['bytes']} B",
        "sha256": file["sha256"],
    }


def _terms() -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL}
    return {"license": settings.DATA_LICENCE_URL, "isAccessibleForFree": True, "creator": publisher}


def _address(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(f"open_data:{name}", args=args)
