"""Feeds: what was decided, what waits for an answer and what is overdue, as Atom 1.0 and JSON Feed 1.1."""
