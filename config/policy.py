"""The content security policy of every page that has none of its own, written out once.

django-csp puts it together anew for each answer, which took a twentieth of the time of a short one."""

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    @cached_property
    def _usual(self) -> str:
        return str(build_policy())

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Whatever a view or a nonce changes goes the way of django-csp, as does a second policy that only reports."""
        if _is_special(request, response):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._usual)
        return response


def _is_special(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        any(name.startswith("_csp_") for name in response.__dict__)
        or getattr(request, "_csp_nonce", None) is not None
        or settings.DEBUG
        or getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None) is not None
    )
