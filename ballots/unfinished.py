"""An unfinished vote is said on every later page until it is cast or dropped. The session names the ballot, never
what was chosen: saying it costs no query."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ballots.models import Ballot
from record import clock

SESSION_KEY = "unfinished_votes"
MOST = 5  # of several open votes; the oldest is forgotten here, and still kept in its ballot


@dataclass(frozen=True)
class Unfinished:
    """What the banner says. `is_over`: the vote closed meanwhile, and the choices were not counted."""

    question: str
    url: str
    check_url: str
    drop_url: str
    is_over: bool


def remember(request: HttpRequest, ballot: Ballot) -> None:
    """From now on each page says it."""
    held = request.session.get(SESSION_KEY, {})
    held[ballot.reference] = {
        "community": ballot.community.slug,
        "question": ballot.question,
        "until": ballot.closes_at.timestamp() if ballot.closes_at else 0,
    }
    request.session[SESSION_KEY] = dict(list(held.items())[-MOST:])


def is_of(request: HttpRequest, ballot: Ballot) -> bool:
    """Whether this session holds an unfinished vote in this ballot."""
    return ballot.reference in request.session.get(SESSION_KEY, {})


def forget(request: HttpRequest, reference: str) -> None:
    """The vote in the ballot of this reference was cast, dropped, or cannot be cast any more."""
    if reference in request.session.get(SESSION_KEY, {}):
        _take_out(request, [reference])


def unfinished_votes(request: HttpRequest) -> list[Unfinished]:
    """For the frame of each page. After its close each is said once more, and then forgotten."""
    session = getattr(request, "session", None)
    user = getattr(request, "user", None)
    if session is None or user is None or not user.is_authenticated or SESSION_KEY not in session:
        return []
    now = clock.now().timestamp()
    found = [_told(reference, held, now) for reference, held in session[SESSION_KEY].items()]
    _take_out(request, [reference for reference, held in session[SESSION_KEY].items() if held["until"] <= now])
    return found


def _told(reference: str, held: dict[str, Any], now: float) -> Unfinished:
    address = [held["community"], reference]
    return Unfinished(
        question=held["question"],
        url=reverse("ballots:detail", args=address),
        check_url=reverse("ballots:check", args=address),
        drop_url=reverse("ballots:drop", args=address),
        is_over=held["until"] <= now,
    )


def _take_out(request: HttpRequest, references: list[str]) -> None:
    if not references:
        return
    left = {key: held for key, held in request.session[SESSION_KEY].items() if key not in references}
    if left:
        request.session[SESSION_KEY] = left
    else:
        del request.session[SESSION_KEY]
