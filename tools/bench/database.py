"""Databases of the benchmark's own: python -m tools.bench.database WHAT NAME, on the server that DATABASE_URL names.

It runs with the .venv's Python: the benchmark itself needs nothing but the standard library.
"""

import contextlib
import json
import os
import sys
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PATIENCE = 5  # seconds
COUNTED = {
    "back": "proposals_support",
    "vote": "ballots_paper",
    "insert": "limit_mark",
    "backing": "limit_backing",
}


def main(what: str, name: str) -> None:
    """create, drop, settle, count, or empty_box."""
    try:
        if what in ("create", "drop"):
            with _connect("postgres") as server:
                _make_or_drop(server, what, name)
            return
        with _connect(name) as database:
            _within(database, what)
    except psycopg.Error as error:
        sys.exit(str(error).strip().splitlines()[0])


def _make_or_drop(server: "psycopg.Connection[tuple[object, ...]]", what: str, name: str) -> None:
    if what == "create":
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        asked = "SELECT current_setting('server_version'), array(SELECT datname FROM pg_database WHERE datname LIKE %s)"
        found = server.execute(asked, ("toptable\\_bench\\_%",)).fetchone() or ("", [])
        print(json.dumps({"version": found[0], "databases": found[1]}))
    else:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _within(database: "psycopg.Connection[tuple[object, ...]]", what: str) -> None:
    if what == "settle":  # so that no vacuum of the server's own runs while something is measured
        database.execute("VACUUM ANALYZE")
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):  # who may not must wait for the server’s own
            database.execute("CHECKPOINT")
    elif what == "empty_box":  # each turn of the vote begins with nobody having voted
        database.execute("TRUNCATE ballots_paper")
        database.execute("UPDATE ballots_elector SET channel = ''")
        database.execute("VACUUM ANALYZE ballots_elector")
    else:
        counts = {}
        for key, table in COUNTED.items():
            row = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            counts[key] = row[0] if row else 0
        print(json.dumps(counts))


def _connect(name: str) -> "psycopg.Connection[tuple[object, ...]]":
    server = urlsplit(os.environ["DATABASE_URL"])._replace(scheme="postgresql", path=f"/{name}")
    return psycopg.connect(server.geturl(), connect_timeout=PATIENCE, autocommit=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
