"""The record for people: what it is, its newest lines, one line, its checkpoints, its key, and the script."""

from django.conf import settings
from django.db.models import Max, Min
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from front.forms import CheckpointReaderForm
from front.record_words import lines_in_words
from record import tree
from record.chain import bytes_of
from record.checkpoints import file_name_of, newest_checkpoint
from record.merkle import inclusion_sides, leaf_hash
from record.models import Checkpoint, Entry, RecordHead, RecordKey
from record.verify import SCRIPT
from words.keyset import page_of


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """What the record is, its newest lines, and how one checks it."""
    return render(request, "front/record.html", record_context(request, CheckpointReaderForm()))


def record_context(request: HttpRequest, form: Form) -> dict[str, object]:
    """What the page shows, with the form as it is."""
    page = page_of(Entry.objects.all(), "-sequence", params=request.GET)
    head, newest = RecordHead.objects.filter(pk=1).first(), newest_checkpoint()
    return {
        "page": page,
        # The page of older lines opens at them, not at its top, above everything that was read before.
        "next_url": page.next_url and f"{page.next_url}#lines",
        "previous_url": page.previous_url and f"{page.previous_url}#lines",
        "lines": lines_in_words(page.rows),
        "count": head.sequence_count if head else 0,
        "newest": newest,
        "checkpoint_file": file_name_of(newest) if newest else "checkpoint.json",
        "form": form,
        "asked": request.GET.get("asked") == "yes",
        "ndjson_url": reverse("api:record-list") + "?format=ndjson",
        "site_host": settings.SITE_URL,
    }


@require_safe
def line(request: HttpRequest, sequence: int) -> HttpResponse:
    """One line, to the byte, and the proof that it is under a checkpoint."""
    entry = get_object_or_404(Entry, pk=sequence)
    covering = Checkpoint.objects.filter(sequence_count__gt=entry.sequence).order_by("sequence_count").first()
    proof: list[tuple[str, str]] = []
    if covering:
        parts = tree.inclusion_at(entry.sequence, covering.sequence_count)
        sides = inclusion_sides(entry.sequence, covering.sequence_count)
        proof = [(side, part.hex()) for side, part in zip(sides, parts, strict=True)]
    (in_words,) = lines_in_words([entry])
    previous = "0" * 64
    if entry.sequence:
        before = Entry.objects.filter(pk=entry.sequence - 1).values_list("hash", flat=True)
        previous = before.first() or ""  # the line before it is missing: the page of this one still opens
    context = {
        "line": in_words,
        "entry": entry,
        "bytes": bytes_of(entry.line).decode(errors="backslashreplace"),
        "previous": previous,
        "checkpoint": covering,
        "leaf": leaf_hash(bytes_of(entry.line)).hex(),
        "proof": proof,
    }
    return render(request, "front/record_line.html", context)


@require_safe
def checkpoints(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    page = page_of(Checkpoint.objects.all(), "-sequence_count", params=request.GET)
    return render(request, "front/record_checkpoints.html", {"page": page})


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public keys that signed checkpoints. Old ones stay: their checkpoints must be verifiable for good."""
    used = RecordKey.objects.annotate(signed_first=Min("checkpoints__at"), last_used_at=Max("checkpoints__at"))
    keys = used.order_by("-last_used_at", "id")
    listed = [
        {
            "key_id": one.pk,
            "algorithm": "Ed25519",
            "public_key": one.public_key,
            "first_used": one.signed_first or one.first_used_at,  # older sites kept a moment after the first note
            "last_used": one.last_used_at,
        }
        for one in keys
    ]
    response = JsonResponse({"origin": settings.SITE_URL, "keys": listed}, json_dumps_params={"indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def verify_script(request: HttpRequest) -> HttpResponse:
    """The script that verifies a copy of the record, with nothing but Python."""
    response = HttpResponse(SCRIPT.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_record.py"'
    response["Last-Modified"] = http_date(SCRIPT.stat().st_mtime)
    return response
