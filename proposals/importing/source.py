"""Where the petitions come from, and what may be done with them. Shown on the community's page and in the API."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from proposals.importing.reading import BadFile

SITE = "https://petition.parliament.uk"
LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LONGEST = 120


@dataclass(frozen=True)
class Source:
    """The site that was first, and the licences of its texts and of the table made from them."""

    name: str
    url: str
    licence: str
    licence_url: str


def read_source(folder: Path) -> Source:
    """From `datapackage.yaml` beside the table; where there is none, the petitions' own licence alone."""
    licence, path = LICENCE, folder / "datapackage.yaml"
    if path.is_file():
        try:
            facts = yaml.safe_load(path.read_text(encoding="utf-8"))
            makers = [str(maker["title"]) for maker in facts.get("contributors") or []]
            names = [str(item["name"]) for item in facts.get("licenses") or []]
        except (yaml.YAMLError, UnicodeDecodeError, AttributeError, KeyError, TypeError) as error:
            raise BadFile(_("%(path)s does not say whose data this is.") % {"path": path}) from error
        if names:
            table = _("table by %(makers)s: %(licences)s") % {"makers": ", ".join(makers), "licences": ", ".join(names)}
            licence = f"{LICENCE} ({table})"[:LONGEST]
    return Source(_("UK Government and Parliament petitions"), f"{SITE}/", licence, LICENCE_URL)


def petition_url(source_id: str) -> str:
    """The page of one petition on the site it comes from."""
    return f"{SITE}/petitions/{source_id}"
