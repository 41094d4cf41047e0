"""What is measured, against what, and how good it has to be."""

from dataclasses import dataclass

LIMITS = {  # the yardsticks: bare Django on the same machine and the same database
    "plain": "2 KB body",
    "rows": "20 rows, template",
    "drf": "20 rows, REST framework",
    "backing": "POST, the rows of a backing",
    "insert": "POST, one row",
}
PAGE_QUERIES, LIST_QUERIES = 12, 4
MOST_GROWTH = 1.15  # times the time, from the smallest size to the largest
ROWS_THERE = 313  # a second, on the machine that the next three were set for
DELIVERIES = 10_000  # a second
SQLITE_SUPPORTS = 150  # a second, forced to disk
CSV_ROWS = 20_000  # a second; a file of fewer rows is mostly its beginning, and held to no goal of speed
CSV_MEMORY = 100.0  # MB above what the site holds at rest
FLAT_MEMORY = 16.0  # MB; what more people may cost


@dataclass(frozen=True)
class Row:
    """One line of the table. `least` is the goal of the ratio, None where only its growth is held to a goal. `beside`
    is a second yardstick: that ratio is shown, and held to no goal."""

    key: str
    what: str
    against: str
    least: float | None
    most_queries: int | None = PAGE_QUERIES
    grows: bool = True
    beside: str = ""


ROWS = (
    Row("list", "proposals list by support", "rows", 0.50),
    Row("list_signed_in", "proposals list, signed in", "rows", 0.40),
    Row("list_deep", "proposals list, half-way down", "rows", None),
    Row("proposal", "proposal page with 20 comments", "rows", 0.45),
    Row("home", "home", "rows", 0.50),
    Row("waiting", "waiting list", "rows", 0.50),
    Row("waiting_deep", "waiting list, half-way down", "rows", None),
    Row("search", "search: two words", "rows", 0.33, grows=False),
    Row("search_common", "search: one common word", "rows", 0.33, grows=False),
    Row("decisions", "decisions, JSON, 20 rows", "drf", 0.70, LIST_QUERIES),
    Row("decisions_unchanged", "decisions, unchanged (If-None-Match)", "drf", 2.00, LIST_QUERIES),
    Row("decisions_deep", "decisions, deep by cursor", "drf", None, LIST_QUERIES),
    Row("proposals", "proposals, JSON, 20 rows", "drf", None, LIST_QUERIES),
    Row("back", "back a proposal (POST)", "insert", 0.50, None, grows=False, beside="backing"),
    Row("vote", "cast a vote (POST)", "insert", 0.45, None, grows=False, beside="backing"),
)
AT_A_TIME = 3  # rows measured before their yardstick is measured again: the machine is not as quick all the time


def order_of_a_turn() -> list[str]:
    """Keys of one turn: each few rows right after their yardstick."""
    keys = []
    for limit in LIMITS:
        rows = [row.key for row in ROWS if row.against == limit]
        for at in range(0, max(len(rows), 1), AT_A_TIME):
            keys += [limit, *rows[at : at + AT_A_TIME]]
    return keys
