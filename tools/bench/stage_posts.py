"""Who backs what and votes how: signed in, each request another person or another proposal."""

from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from accounts.models import Session, User
from ballots.models import Ballot, Option
from communities.models import Community
from proposals.models import Proposal, Support
from proposals.seeding.quick import write_objects
from tools.bench.limit.load import LINES, PEOPLE, session_key
from tools.bench.stage import TOKEN

Request = tuple[str, str, dict[str, str], str]
FORM = "application/x-www-form-urlencoded"
MOST_PROPOSALS = 1000


def sign_in(residents: list[User]) -> list[str]:
    """A session for each, as signing in leaves it. The keys of the sessions, in the same order."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    until = store.get_expiry_date()
    sessions = []
    for number, person in enumerate(residents):
        held = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        sessions.append(Session(f"bench{number:027d}", store.encode(held), until, person.pk))
    write_objects(Session, sessions)
    return [session.session_key for session in sessions]


def backings(place: Community, residents: list[User], sessions: list[str], count: int) -> list[Request]:
    """People who back what waits for an answer: so many times the same work, since no threshold is crossed."""
    waiting = list(
        Proposal.objects.filter(community=place, state=Proposal.State.AWAITING_RESPONSE)
        .select_related("community")
        .order_by("pk")[:MOST_PROPOSALS]
    )
    there = set(Support.objects.filter(proposal__in=waiting).values_list("proposal_id", "user_id"))
    urls = [f"{proposal.get_absolute_url()}back/" for proposal in waiting]
    lines: list[Request] = []
    for at in range(len(residents) * len(waiting)):
        person, which = at % len(residents), (at + at // len(residents)) % len(waiting)
        pair = (waiting[which].pk, residents[person].pk)
        if pair not in there:
            there.add(pair)
            lines.append(_post(urls[which], sessions[person], {}, {"HX-Request": "true"}))
        if len(lines) == count:
            break
    return lines


def votes(place: Community, residents: list[User], sessions: list[str]) -> list[Request]:
    """Everybody votes; and when all have, everybody changes their vote."""
    ballot = Ballot.objects.get(community=place, state=Ballot.State.OPEN)
    url = f"{ballot.get_absolute_url()}vote/check/"
    codes = list(Option.objects.filter(ballot=ballot).order_by("position").values_list("code", flat=True))
    bodies = [{"choice": codes[:2]}, {"choice": codes[2:4]}]
    return [_post(url, session, body, {}) for body in bodies for session in sessions]


def plain_backings(count: int) -> list[Request]:
    """For the yardstick that backs: another person or another idea each time."""
    pairs = ((at % PEOPLE, (at + at // PEOPLE) % LINES) for at in range(count))
    return [_post("/backing", session_key(person), {"idea": [str(idea + 1)]}, {}) for person, idea in pairs]


def inserts(count: int) -> list[Request]:
    """For the yardstick: a row each, never the same twice."""
    form = {"Content-Type": FORM}
    return [("POST", "/insert", form, f"line={at % LINES + 1}&person={at}") for at in range(count)]


def _post(url: str, session: str, fields: dict[str, list[str]], more: dict[str, str]) -> Request:
    cookie = f"csrftoken={TOKEN}; sessionid={session}"
    headers = {"Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": FORM}
    return "POST", url, headers | more, urlencode(fields, doseq=True)
