"""The ten lines of the guide: what each is for, and what to copy. A test runs those for curl and Python."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from api.columns import BASE


@dataclass(frozen=True)
class Example:
    """`kind`: curl and python are run by the tests; a spreadsheet's formula and R are shown."""

    kind: str
    purpose: str
    line: str


def examples() -> list[Example]:
    """The first three are what journalists ask most."""
    return [
        Example(
            "curl",
            _("Who keeps people waiting longest? A table to sort by overdue_working_days"),
            f"curl -o overdue.csv '{BASE}/proposals/?overdue=true&format=csv'",
        ),
        Example(
            "curl",
            _("Which decisions overruled residents?"),
            f"curl '{BASE}/decisions/?decided_by=organisation_overruling_residents'",
        ),
        Example(
            "curl",
            _("What was promised and not done?"),
            f"curl '{BASE}/commitments/?not_done=true&page_size=100'",
        ),
        Example(
            "curl", _("What organisations decided alone"), f"curl '{BASE}/decisions/?decided_by=organisation_alone'"
        ),
        Example(
            "curl",
            _("A copy of your own: everything that changed since a day, one line each"),
            f"curl '{BASE}/decisions/?updated_since=2026-01-01&format=ndjson'",
        ),
        Example("curl", _("Votes that are open now"), f"curl '{BASE}/ballots/?state=open'"),
        Example("curl", _("Everything about one word"), f"curl '{BASE}/proposals/?q=lift&count=true'"),
        Example(
            "spreadsheet",
            _("In a spreadsheet, as a formula"),
            f'=IMPORTDATA("{BASE}/decisions/?format=csv")',
        ),
        Example(
            "python",
            _("In Python"),
            "import json, urllib.request\n"
            f'page = json.load(urllib.request.urlopen("{BASE}/decisions/"))\n'
            'print([row["title"] for row in page["results"]])',
        ),
        Example("r", _("In R"), f'read.csv("{BASE}/commitments/?format=csv")'),
    ]
