"""Refusals and errors as RFC 9457 problem documents."""

from rest_framework.views import exception_handler as handle_exception

__all__ = ["handle_exception"]
