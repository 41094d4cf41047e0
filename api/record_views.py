"""The record of the open API: lists as everywhere, the exact bytes of the lines, and the proofs."""

from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from api import values
from api.pagination import PageRequest
from api.problems import BadParameters
from api.record_schema import ProofSchema, RecordSchema
from api.streaming import FILES, exact_lines
from api.views import DetailView, ListView, OpenView
from record import tree
from record.models import Checkpoint

MOST = 999_999_999


class RecordListView(ListView):
    """The lines. As NDJSON they are the stored bytes, which is what a copy is verified by."""

    schema = RecordSchema()

    def _whole(self, form: str, rows: QuerySet[Any], page: PageRequest) -> StreamingHttpResponse:
        if form != "ndjson":
            return super()._whole(form, rows, page)
        found = exact_lines(rows, backwards=page.ordering.descending)
        first = next(found, b"")  # a fault of the database shows now, while it can still be said
        response = StreamingHttpResponse(chain([first], found), content_type=FILES["ndjson"])
        response["Content-Disposition"] = 'attachment; filename="record.ndjson"'
        return response


class LineView(DetailView):
    """One line."""

    schema = RecordSchema()


class CheckpointListView(ListView):
    """The checkpoints."""

    schema = RecordSchema()


class WordListView(ListView):
    """The words beside the lines, as verify_record.py --words reads them."""

    schema = RecordSchema()


class CheckpointView(DetailView):
    """One checkpoint, as verify_record.py reads it."""

    schema = RecordSchema()


class ConsistencyView(OpenView):
    """That one checkpoint is the beginning of another."""

    schema = ProofSchema("consistency", {"from": "The lines of the older one.", "to": "The lines of the newer one."})

    def get(self, request: Request) -> Response:
        old, new = _numbers(request, "from", "to")
        found = _checkpoints_of(**{"from": old, "to": new})
        if old > new:
            raise BadParameters({"from": _("The older checkpoint comes first.")})
        return Response(
            {
                "from": {"sequence_count": old, "root": found[old].root},
                "to": {"sequence_count": new, "root": found[new].root},
                "proof": [part.hex() for part in tree.consistency_between(old, new)],
            }
        )


class InclusionView(OpenView):
    """That one line is under a checkpoint."""

    schema = ProofSchema(
        "inclusion", {"sequence": "The number of the line.", "checkpoint": "How many lines the checkpoint covers."}
    )

    def get(self, request: Request) -> Response:
        sequence, size = _numbers(request, "sequence", "checkpoint")
        found = _checkpoints_of(checkpoint=size)
        if sequence >= size:
            raise BadParameters({"sequence": _("That checkpoint covers fewer lines.")})
        return Response(
            {
                "sequence": sequence,
                "checkpoint": {"sequence_count": size, "root": found[size].root},
                "proof": [part.hex() for part in tree.inclusion_at(sequence, size)],
            }
        )


def _numbers(request: Request, *names: str) -> list[int]:
    """The numbers that were asked with: each once, and nothing else."""
    wrong, found = {}, []
    for name, texts in request.query_params.lists():
        if name not in (*names, "format"):
            wrong[name] = _("There is no such parameter here.")
        elif len(texts) > 1:
            wrong[name] = _("Give it once.")
    for name in names:
        try:
            found.append(values.read_number(request.query_params.get(name, ""), least=0, most=MOST))
        except values.BadValue as error:
            wrong.setdefault(name, str(error))
    if wrong:
        raise BadParameters(wrong)
    return found


def _checkpoints_of(**counts: int) -> dict[int, Checkpoint]:
    """Proofs are between checkpoints only: to any other size there is no signed root that one could compare with."""
    found = Checkpoint.objects.in_bulk(set(counts.values()))
    missing = {name: _("No checkpoint has that many lines.") for name, count in counts.items() if count not in found}
    if missing:
        raise BadParameters(missing)
    return found
