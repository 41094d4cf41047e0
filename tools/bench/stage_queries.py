"""How many SQL queries each row makes, and whether it answers with what it should."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client

from tools.environment import CannotStart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.bench.stage_posts import Request

TIMES = 3  # what is kept in memory after a first request is not asked for again in production either
ANSWERS = {"decisions_unchanged": 304, "vote": 302}
SIGNS = {  # what stands on the page where all is well
    "list": b'id="list"',
    "list_signed_in": b'id="list"',
    "list_deep": b'id="list"',
    "waiting_deep": b"page=",
}


@contextmanager
def counting() -> "Iterator[list[str]]":
    """The statements that run meanwhile."""
    seen: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield seen


def count_queries(key: str, lines: "list[Request]") -> int:
    """Those of the last of some requests; of other people and proposals where there are any, taken off `lines`."""
    number = 0
    for _time in range(TIMES):
        request = lines.pop() if len(lines) > TIMES else lines[0]
        with counting() as seen:
            answer = send(request)
        number = len(seen)
        if answer.status_code != ANSWERS.get(key, 200) or SIGNS.get(key, b"") not in answer.content:
            raise CannotStart(f"{request[0]} {request[1]} was answered with {answer.status_code}.")
    return number


def send(request: "Request") -> Any:
    """One request by the way that a web server takes, without the server."""
    method, url, headers, body = request
    client = Client(enforce_csrf_checks=True, headers=headers)
    cookies = headers.get("Cookie", "")
    for pair in filter(None, cookies.split("; ")):
        name, _equals, value = pair.partition("=")
        client.cookies[name] = value
    if method == "GET":
        return client.get(url)
    return client.post(url, body, content_type=headers["Content-Type"])
