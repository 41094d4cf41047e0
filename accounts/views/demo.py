"""The demo's two pages: enter as somebody, and read the mail that was sent. They exist in demo mode only."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth import login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User

if TYPE_CHECKING:
    from email.message import EmailMessage

DOMAIN = "demo.toptable.example"
MOST_MAILS = 200


@dataclass(frozen=True)
class Guise:
    """Somebody to enter the demo as. `key` is the part of their address before the @; "" is nobody."""

    key: str
    who: str | Promise
    can: str | Promise
    shape: str


GUISES = [
    Guise("resident", _("A resident"), _("Table a proposal, back one, say whether an answer answers it."), "resident"),
    Guise(
        "chair",
        _("The chair of the residents’ association"),
        _("The same as every resident. Being the chair gives no vote more."),
        "resident",
    ),
    Guise(
        "officer",
        _("A housing officer"),
        _("See what is due at the desk, answer in public, make promises, ask for more time."),
        "professional",
    ),
    Guise("nhs", _("A manager in the health service"), _("Answer for another organisation."), "professional"),
    Guise(
        "facilitator",
        _("The facilitator"),
        _("Invite residents and print their letters, join proposals, call one in."),
        "facilitator",
    ),
]


@never_cache
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Six people to enter as; the sixth, a journalist, reads without signing in."""
    _require_demo()
    users = {user.email: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True)}
    guises = [(guise, users.get(f"{guise.key}@{DOMAIN}")) for guise in GUISES]
    return render(request, "demo/people_list.html", {"guises": guises, "loaded": any(user for _g, user in guises)})


@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the demo's people."""
    _require_demo()
    if key not in {guise.key for guise in GUISES}:
        raise Http404
    user = get_object_or_404(User, email=f"{key}@{DOMAIN}", is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    works = user.memberships.filter(ended_at=None, role="professional").exists()
    return redirect("desk:desk" if works else "front:home")


@never_cache
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail that the demo would have sent, newest first."""
    _require_demo()
    return render(request, "demo/mail_list.html", {"mails": _read_all()})


@never_cache
@require_GET
def mail(request: HttpRequest, number: str) -> HttpResponse:
    """One mail, as plain text, with its headers."""
    return render(request, "demo/mail_detail.html", {"mail": _find(number)})


@never_cache
@require_GET
@csp_replace({"sandbox": ["allow-popups"], "style-src": ["'unsafe-inline'"], "script-src": [NONE]})  # type: ignore[arg-type]
def mail_as_page(request: HttpRequest, number: str) -> HttpResponse:
    """One mail as a mail program would draw it: nothing in it can run, load anything or send a form."""
    html = _find(number)["html"]
    if not html:
        raise Http404
    return HttpResponse(html)


@never_cache
@require_GET
def mail_file(request: HttpRequest, number: str, at: int) -> FileResponse:
    """What was attached to a mail, to keep: never shown in the browser, whatever it is."""
    files = _find(number)["files"]
    if at >= len(files):
        raise Http404
    name, content = files[at]
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type="application/octet-stream")


def _find(number: str) -> dict[str, Any]:
    _require_demo()
    for found in _read_all():
        if found["number"] == number:
            return found
    raise Http404


def _require_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _read_all() -> list[dict[str, Any]]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", settings.VAR_DIR / "mail"))
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)[:MOST_MAILS]
    found: list[dict[str, Any]] = []
    for file in files:
        sent_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        for at, raw in enumerate(_split(file.read_bytes())):
            message: EmailMessage = email.message_from_bytes(raw, policy=email.policy.default)
            text, html = message.get_body(("plain",)), message.get_body(("html",))
            found.append(
                {
                    "number": f"{file.stem}-{at}",
                    "subject": message.get("Subject", ""),
                    "to": message.get("To", ""),
                    "sent_at": sent_at,
                    "headers": [(name, str(value)) for name, value in message.items()],
                    "text": text.get_content() if text is not None else "",
                    "html": html.get_content() if html is not None else "",
                    "files": [_attached(part) for part in message.iter_attachments()],
                }
            )
    return found[:MOST_MAILS]


def _attached(part: "EmailMessage") -> tuple[str, bytes]:
    """The name and the bytes of what is attached."""
    content: bytes = part.get_payload(decode=True) or b""  # type: ignore[assignment]  # of one part: never a message
    return part.get_filename("attachment"), content


def _split(raw: bytes) -> list[bytes]:
    """The messages of one file: Django ends each with a line of dashes."""
    parts = raw.split(b"\n" + b"-" * 79)
    return [part.strip(b"\n") for part in parts if part.strip()]
