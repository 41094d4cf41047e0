"""The ten lines of the guide: what each is for, and what to copy. A test runs them, each by its own program."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from api.columns import BASE


@dataclass(frozen=True)
class Example:
    """`kind`: curl and python are run by the tests, and R where it is installed; a spreadsheet's formula is shown.
    `note` says who else needs another way, or what to know first."""

    kind: str
    purpose: str
    line: str
    note: str = ""


def examples() -> list[Example]:
    """The first three are what journalists ask most."""
    return [
        Example(
            "curl",
            _("Who keeps people waiting longest? A table of every late answer, whoever is late the longest first"),
            f"curl -o late.csv '{BASE}/asks/?overdue=true&ordering=due_on&format=csv'",
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
            _("A copy of your own: each decision that is new or changed since a day, one a line"),
            f"curl '{BASE}/decisions/?updated_since=2026-01-01&format=ndjson'",
        ),
        Example("curl", _("Votes that are open now"), f"curl '{BASE}/ballots/?state=open'"),
        Example(
            "curl",
            _("Proposals that use one word, and how many there are"),
            f"curl '{BASE}/proposals/?q=lift&count=true'",
        ),
        Example(
            "spreadsheet",
            _("In Google Sheets, as a formula"),
            f'=IMPORTDATA("{BASE}/decisions/?format=csv")',
            _(
                "Excel and LibreOffice do not know this formula: save the address in it as a file first. In Excel "
                "choose Data, From Text/CSV, the file, and as its origin 65001: Unicode (UTF-8). In LibreOffice open "
                "the file, and choose Unicode (UTF-8) and Comma."
            ),
        ),
        Example(
            "python",
            _("In Python: who is late the longest, also with what they must say after a vote"),
            "import json, urllib.request\n"
            "late = []\n"
            'for kind in ("asks", "commitment-asks"):\n'
            f'    lines = urllib.request.urlopen(f"{BASE}/{{kind}}/?overdue=true&format=ndjson")\n'
            "    late += [json.loads(line) for line in lines]\n"
            'late.sort(key=lambda ask: ask["overdue_working_days"], reverse=True)\n'
            'print(len(late), "late now")\n'
            "for ask in late:\n"
            '    print(ask["overdue_working_days"], ask["organisation"]["title"], ask["html_url"])',
        ),
        Example(
            "r",
            _("In R: what was promised and not done, counted for each organisation"),
            f'promises <- read.csv("{BASE}/commitments/?not_done=true&format=csv", encoding = "UTF-8")\n'
            "sort(table(promises$organisation_title), decreasing = TRUE)",
            _(
                "What residents promised themselves is counted under an empty name. R reads yes and no here as the "
                'words "true" and "false": compare with those.'
            ),
        ),
    ]
