"""Prepares a loaded site for wrk: python -m tools.bench.stage FOLDER. Prints, as JSON, the SQL queries of each row.

It signs residents in, gives one proposal 20 comments, and writes a file of requests for each row of the table. Each
POST is of another person and about another proposal, so that each is real work.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

TOKEN = "b" * 32  # the secret of the CSRF cookie: sent in the header, too, as a page's script does
POSTS = 30_000
COMMENTS = 20
DEEPEST = 60  # pages of 200 in the API


def main(folder: Path) -> None:
    from tools.bench import stage_pages, stage_posts
    from tools.bench.stage_queries import count_queries

    place, residents = stage_pages.place_and_residents()
    sessions = stage_posts.sign_in(residents)
    signed_in = {"Cookie": f"sessionid={sessions[0]}"}
    requests: dict[str, list[tuple[str, str, dict[str, str], str]]] = {}
    for key, path in stage_pages.paths(place).items():
        requests[key] = [("GET", path, {}, "")]
    requests["list_signed_in"] = [("GET", requests["list"][0][1], signed_in, "")]
    requests["decisions_unchanged"] = [stage_pages.unchanged(requests["decisions"][0][1])]
    requests["back"] = stage_posts.backings(place, residents, sessions, POSTS)
    requests["vote"] = stage_posts.votes(place, residents, sessions)
    queries = {key: count_queries(key, lines) for key, lines in requests.items()}
    requests["insert"] = stage_posts.inserts(2 * POSTS)
    requests["backing"] = stage_posts.plain_backings(2 * POSTS)
    for key in ("plain", "rows", "drf"):
        requests[key] = [("GET", f"/{key}", {}, "")]
    for key, lines in requests.items():
        write(folder / f"{key}.tsv", lines)
    print(json.dumps({"queries": queries, "voters": len(residents)}))


def write(path: Path, lines: list[tuple[str, str, dict[str, str], str]]) -> None:
    """As drive.lua reads it."""
    with path.open("w", encoding="utf-8") as file:
        for method, url, headers, body in lines:
            named = "|".join(f"{name}: {value}" for name, value in headers.items())
            file.write(f"{method}\t{url}\t{named}\t{body}\n")


def start() -> Any:
    """Django with the site's settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()


if __name__ == "__main__":
    start()
    main(Path(sys.argv[1]))
