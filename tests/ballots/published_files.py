"""The two files that a counted ballot publishes, made here without the product, so that they check it."""

import csv
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

PABULIB = Path(os.environ.get("TOPTABLE_DATA") or settings.BASE_DIR.parent / "shared" / "data") / "pabulib"


def ballot_json(method: str, costs: Mapping[str, int], **rule: Any) -> dict[str, Any]:
    """The ballot's part of count.json, with the rule's usual values where none are given."""
    return {
        "id": 7,
        "reference": "B-7",
        "question": "What first?",
        "method": method,
        "seats": 1,
        "budget": 0,
        "currency": "GBP",
        "budget_rule": "equal_shares",
        "completion": "add1u",
        "stop": "exhaustive",
        "step": None,
        "min_share": 0,
        "min_sample": 1,
        "seed": "lot",
        "options": [{"code": code, "title": f"Option {code}", "cost": cost} for code, cost in costs.items()],
    } | rule


def papers_csv(codes: Sequence[str], papers: Sequence[Mapping[str, int]]) -> bytes:
    rows = sorted([str(paper.get(code, "")) for code in codes] for paper in papers)
    lines = [["paper", *codes], *([str(number), *row] for number, row in enumerate(rows, start=1))]
    return "".join(",".join(line) + "\n" for line in lines).encode()


def count_json(
    ballot: Mapping[str, Any], papers: bytes, winners: Sequence[str] = (), totals: Mapping[str, int] | None = None
) -> dict[str, Any]:
    return {
        "ballot": dict(ballot),
        "papers": {
            "count": papers.count(b"\n") - 1,
            "published": True,
            "sha256": hashlib.sha256(papers).hexdigest(),
        },
        "winners": list(winners),
        "totals": dict(totals or {}),
        "working": {},
    }


def as_bytes(value: object) -> bytes:
    return json.dumps(value).encode()


def from_pabulib(name: str, **rule: Any) -> tuple[dict[str, Any], bytes]:
    """A real budget vote as a ballot and its papers. Pabulib's money is whole units of a currency, ours hundredths."""
    parts: dict[str, list[dict[str, str]]] = {}
    head: list[str] = []
    with (PABULIB / f"{name}.pb").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            if row in (["META"], ["PROJECTS"], ["VOTES"]):
                part, head = parts.setdefault(row[0], []), []
            elif not head:
                head = row
            else:
                part.append(dict(zip(head, row, strict=False)))
    meta = {row["key"]: row["value"] for row in parts["META"]}
    costs = {row["project_id"]: round(float(row["cost"]) * 100) for row in parts["PROJECTS"]}
    budget = round(float(meta["budget"].replace(",", ".")) * 100)
    papers = [dict.fromkeys(row["vote"].split(","), 1) for row in parts["VOTES"]]
    return ballot_json("budget", costs, budget=budget, **rule), papers_csv(list(costs), papers)
