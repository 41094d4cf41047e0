"""An unfinished vote is said on every later page until it is cast or dropped. The session names the ballot, never
what was chosen: saying it costs no query."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from ballots.models import Ballot
from record import clock

SESSION_KEY = "unfinished_vote"


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
    request.session[SESSION_KEY] = {
        "community": ballot.community.slug,
        "reference": ballot.reference,
        "question": ballot.question,
        "until": ballot.closes_at.timestamp() if ballot.closes_at else 0,
    }


def is_of(request: HttpRequest, ballot: Ballot) -> bool:
    """Whether the unfinished vote of this session is in this ballot."""
    held = request.session.get(SESSION_KEY)
    return held is not None and bool(held["reference"] == ballot.reference)


def forget(request: HttpRequest, ballot: Ballot) -> None:
    """It was cast, dropped, or cannot be cast any more."""
    if is_of(request, ballot):
        del request.session[SESSION_KEY]


def unfinished_vote(request: HttpRequest) -> Unfinished | None:
    """For the frame of each page. After the close it is said once more, and then forgotten."""
    session = getattr(request, "session", None)
    user = getattr(request, "user", None)
    if session is None or user is None or not user.is_authenticated or SESSION_KEY not in session:
        return None
    held = session[SESSION_KEY]
    is_over = held["until"] <= clock.now().timestamp()
    if is_over:
        del session[SESSION_KEY]
    address = [held["community"], held["reference"]]
    return Unfinished(
        question=held["question"],
        url=reverse("ballots:detail", args=address),
        check_url=reverse("ballots:check", args=address),
        drop_url=reverse("ballots:drop", args=address),
        is_over=is_over,
    )
