"""Every error of the API as an RFC 9457 problem document."""

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from rest_framework import exceptions
from rest_framework.response import Response

from record.exceptions import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger("django.request")
MEDIA_TYPE = "application/problem+json"
# Every type of problem: its code (the end of `type`, an anchor on /api/), its status, and what it means.
TYPES: "tuple[tuple[str, int, StrOrPromise], ...]" = (
    ("moved", 301, _later("The same address, written as it should be, is in Location. Most programs go there.")),
    (
        "bad_parameter",
        400,
        _later("Something in the address is unknown, or cannot be read. The field errors names each."),
    ),
    ("permission_denied", 403, _later("This is not for everybody.")),
    ("not_found", 404, _later("There is nothing at this address, or nothing that is public.")),
    ("method_not_allowed", 405, _later("This API is for reading: GET, HEAD and OPTIONS.")),
    ("not_acceptable", 406, _later("This address has no such format. Leave Accept out, or use format.")),
    ("throttled", 429, _later("You asked too often. Retry-After says how many seconds to wait.")),
    ("our_fault", 500, _later("Something went wrong here, not with you. Ask again later.")),
    ("refused", 400, _later("Anything else that we cannot do. The field detail says why.")),
)


class BadParameters(exceptions.APIException):
    """Parameters that cannot be taken, each with what is wrong with it."""

    status_code = HTTPStatus.BAD_REQUEST
    default_code = "bad_parameter"

    def __init__(self, wrong: dict[str, str]) -> None:
        names = ", ".join(printable(name) for name in wrong)
        super().__init__(_("Put this right: %(names)s.") % {"names": names})
        self.wrong = wrong


class OurFault(exceptions.APIException):
    """What broke is told to the people who mend it, not here."""

    default_code = "our_fault"
    default_detail = _later("Something went wrong here, not with you. It has been written down.")


def printable(text: str) -> str:
    """A stranger's text, safe to give back: cut, and without marks that cannot be seen."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in text[:60])


def handle_exception(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: a problem document for whatever was raised."""
    exc = _of_the_api(exc)
    if isinstance(exc, exceptions.Throttled):
        seconds = int(getattr(exc, "wait", None) or 1)
        exc = exceptions.Throttled(seconds)
        exc.detail = exceptions.ErrorDetail(
            _("You asked too often. Ask again in %(n)d seconds.") % {"n": seconds}, code=exc.default_code
        )
    elif isinstance(exc, exceptions.NotAcceptable):
        exc = exceptions.NotAcceptable(_("This address cannot answer in the format that Accept asks for."))
    if isinstance(exc, Refusal):
        return problem(exc.status, str(exc.message), code=exc.code)
    if not isinstance(exc, exceptions.APIException):
        return _our_fault(exc, context)
    more: dict[str, Any] = {}
    if isinstance(exc, BadParameters):
        more["errors"] = [{"parameter": printable(name), "detail": detail} for name, detail in exc.wrong.items()]
    response = problem(exc.status_code, str(exc.detail), code=_code(exc), **more)
    wait: float | None = getattr(exc, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(int(wait))
    return response


def _of_the_api(exc: Exception) -> Exception:
    """What Django raises, as the API says it."""
    if isinstance(exc, Http404):
        return exceptions.NotFound(_("There is nothing here, or nothing that is public."))
    if isinstance(exc, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(exc, DisallowedHost):
        return exceptions.ParseError(_("We do not go by the name in Host. Ask at %(url)s") % {"url": settings.SITE_URL})
    if isinstance(exc, SuspiciousOperation):  # what Django will not read is the caller's fault, not ours
        return exceptions.ParseError(_("We do not read this question. Ask with fewer parameters."))
    return exc


def problem(status: int, detail: str, *, code: str, **more: Any) -> Response:
    """One problem document. A code that is not among TYPES is told as “refused”: `type` must lead somewhere."""
    if code not in {known for known, _status, _meaning in TYPES}:
        code = "refused"
    document = {
        "type": f"{settings.SITE_URL}/api/#{code}",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        **more,
    }
    response = Response(document, status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def _code(exc: exceptions.APIException) -> str:
    codes = exc.get_codes()
    return codes if isinstance(codes, str) else "refused"


def _our_fault(exc: Exception, context: dict[str, Any]) -> Response:
    request = context.get("request")
    logger.error("The API failed at %s", getattr(request, "path", "?"), exc_info=exc)
    got_request_exception.send(sender=type(context.get("view")), request=getattr(request, "_request", None))
    return problem(500, str(OurFault.default_detail), code=OurFault.default_code)
