"""One POST to one checked address: no proxy, no redirect, fifteen seconds in all, and a few kilobytes of answer.

Our own, on the standard library (docs/decisions/0072): what matters is what it does not do.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _

from record import clock
from webhooks.addresses import Refused, Target, addresses_of, read_url
from webhooks.exceptions import NotValid
from words.text import clean_text

SECONDS = 15.0  # from the look-up to the last byte
LONGEST_ANSWER = 4096  # bytes that are read
LONGEST_SAID = 500  # characters that are kept
GONE = 410
LONGEST_PAUSE = 24 * 3600  # seconds; a server that asks for more is asked again after a day


@dataclass(frozen=True)
class Outcome:
    """What became of a call. Without a status code there was no answer, and `said` says why."""

    status_code: int | None
    said: str
    duration_ms: int
    not_before: int = 0  # seconds to wait at least, as the server asked for

    @property
    def arrived(self) -> bool:
        """Any 2xx. A redirect is none: it is not followed."""
        return self.status_code is not None and 200 <= self.status_code < 300

    @property
    def is_gone(self) -> bool:
        return self.status_code == GONE


class _Connection(http.client.HTTPConnection):
    """To the address that was checked, under the name that was asked for: certificate, SNI and Host are the name's."""

    def __init__(self, target: Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.default_port = 443 if target.is_secure else 80
        self.target, self.address = target, address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.target.is_secure:
            self.sock = tls().wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def cut(self) -> None:
        """Hang up from another thread: whoever waits for a byte stops waiting."""
        if self.sock is not None:
            try:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
            except OSError:
                return


def tls() -> ssl.SSLContext:
    """Certificates are checked against the system's list."""
    return ssl.create_default_context()


def call(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS) -> Outcome:
    """POST once. Never raises: what goes wrong is an outcome. Touches no database, so it may run in any thread."""
    began = time.monotonic()
    pause = 0
    try:
        target = read_url(url)
        address = addresses_of(target)[0]
        code, said, pause = _post(target, address, body, headers, began + seconds)
    except (Refused, NotValid) as refused:
        code, said = None, str(refused)
    except TimeoutError:
        code, said = None, _("It took too long.")
    except ssl.SSLError as error:
        code, said = None, _("No safe connection: %(why)s") % {"why": error.reason or error}
    except (OSError, http.client.HTTPException) as error:
        code, said = None, _("No answer: %(why)s") % {"why": type(error).__name__}
    took = int((time.monotonic() - began) * 1000)
    return Outcome(code, clean_text(said)[:LONGEST_SAID], took, pause)


def _post(target: Target, address: str, body: bytes, headers: Mapping[str, str], end: float) -> tuple[int, str, int]:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection = _Connection(target, address, left)
    # A socket's own limit begins anew with each byte; a server that drips them would hold a worker for ever.
    watch = threading.Timer(left, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, _first_words(answer), _asked_pause(answer.getheader("Retry-After", ""))
    except (OSError, http.client.HTTPException):
        if time.monotonic() >= end:
            raise TimeoutError from None
        raise
    finally:
        watch.cancel()
        connection.close()


def _first_words(answer: http.client.HTTPResponse) -> str:
    """The start of the answer. The status is what counts: words that do not come make no failure."""
    try:
        return answer.read(LONGEST_ANSWER).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""


def _asked_pause(text: str) -> int:
    """Retry-After in seconds: a number, or the moment of an HTTP date. What cannot be read asks for nothing."""
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), LONGEST_PAUSE)
    moment = parse_http_date_safe(text)
    return 0 if moment is None else max(0, min(moment - int(clock.now().timestamp()), LONGEST_PAUSE))
