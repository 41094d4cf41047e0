"""What every page knows of the site."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ballots.unfinished import unfinished_votes
from communities.models import Community, Membership
from communities.seats import seats_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Names for the frame of each page. What costs a query is called by the template only where it is shown.

    The count of unread notifications is a column of the signed-in person, so it costs nothing more.
    """
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "site_phone": settings.SITE_PHONE,
        "site_phone_link": "".join(mark for mark in settings.SITE_PHONE if mark in "+0123456789"),
        "contact_email": settings.CONTACT_EMAIL,
        "demo": settings.DEMO,
        "section": _section(request.path),
        "unfinished_votes": partial(unfinished_votes, request),
        "sign_in_next": _sign_in_next(request),
        "my_community": partial(_my_community, request),
        "has_desk": partial(_has_desk, request),
    }


def _section(path: str) -> str:
    """Which link of the main navigation a path belongs to."""
    parts = [part for part in path.split("/") if part]
    if not parts:
        return "waiting"
    if parts[0] == "c":
        return {"proposals": "proposals", "ballots": "ballots"}.get("".join(parts[2:3]), "community")
    return parts[0] if parts[0] in {"waiting", "ballots", "decisions", "desk"} else ""


def _sign_in_next(request: HttpRequest) -> str:
    """Where to come back to after signing in: this page, unless it is about signing in, was not simply read, or has a
    token in its address: that is a key, and does not go into another address."""
    if request.method != "GET" or request.path == "/" or request.path.startswith(("/account/", "/demo/")):
        return ""
    if request.resolver_match is not None and "token" in request.resolver_match.kwargs:
        return ""
    return request.get_full_path()


def _my_community(request: HttpRequest) -> Community | None:
    """The community of the person's first seat."""
    seats = sorted(_seats(request), key=lambda seat: seat.joined_at)
    return seats[0].community if seats else None


def _has_desk(request: HttpRequest) -> bool:
    """Whether the person sits somewhere for an organisation."""
    return any(seat.role == Membership.Role.PROFESSIONAL for seat in _seats(request))


def _seats(request: HttpRequest) -> list[Membership]:
    user = getattr(request, "user", None)  # an error page may be made before anyone was recognised
    return list(seats_of(user).values()) if user is not None else []
