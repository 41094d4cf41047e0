"""Where we may send: to public addresses of the internet, and nowhere else.

A subscriber writes the URL, so it may point at our own network. A name is looked up once for each call, each address
that it has is checked, and the call goes to the very address that was checked: a name that changes its mind between
the check and the call changes nothing.
"""

import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from webhooks.exceptions import NotValid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LOOKUP_SECONDS = 5
LONGEST_URL = 500
UNREADABLE = gettext_lazy("We cannot read this address. Write one such as https://hooks.example.org/news")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_INTERNAL_NAMES = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".onion")
# The rest is not given out: NAT64, mapped and local addresses lie there.
_PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
# Public to look at, and yet a way to an address of the old kind, or to nobody: protocol assignments and Teredo, 6to4,
# documentation, and the relays of 6to4.
_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "192.88.99.0/24", "192.0.0.0/24")
)


class Refused(Exception):
    """We do not call there. The message is for the subscriber, and tells nothing of our network."""


@dataclass(frozen=True)
class Target:
    """A URL, taken apart and found to be of the right form."""

    is_secure: bool
    host: str
    port: int
    path: str


def read_url(url: str) -> Target:
    """The parts of a URL. Raises NotValid where it has a form that we do not call. Nothing is looked up."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower().rstrip(".")
    except ValueError:  # UnicodeError is one
        raise NotValid(str(UNREADABLE), field="url") from None
    if len(url) > LONGEST_URL or not url.isprintable() or any(mark in url for mark in " \\"):
        raise NotValid(str(UNREADABLE), field="url")
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOK_PLAIN_HTTP):
        raise NotValid(_("The address must begin with https://"), field="url")
    if parts.username is not None or parts.password is not None:
        raise NotValid(_("Leave the name and the password out of the address"), field="url")
    port = port or (443 if parts.scheme == "https" else 80)
    if port != 443 and not settings.WEBHOOK_PLAIN_HTTP:
        raise NotValid(_("Take the port number (:%(port)d) out of the address") % {"port": port}, field="url")
    _check_name(host)
    path = quote(parts.path or "/", safe="/:@!$&'()*+,;=~-._%")
    query = quote(parts.query, safe="/:@!$&'()*+,;=~-._%?")
    return Target(parts.scheme == "https", host, port, f"{path}?{query}" if query else path)


def _check_name(host: str) -> None:
    """A name as public ones are. Numbers in whatever spelling (127.1, 0x7f000001, 2130706433, [::1]) are not names."""
    if settings.WEBHOOK_LOOPBACK and host == "localhost":
        return
    labels = host.split(".")
    named = len(host) <= 253 and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    if not named or not labels[-1][0].isalpha() or host.endswith(_INTERNAL_NAMES):
        raise NotValid(_("Give the name of a server that everybody can reach, such as hooks.example.org"), field="url")


def addresses_of(target: Target) -> list[str]:
    """The addresses of the name, each of them checked. Raises Refused where one of them is not public."""
    found = _look_up(target.host, target.port)
    if not found:
        raise Refused(_("No server has this name."))
    if not all(_may_call(ipaddress.ip_address(text.partition("%")[0])) for text in found):
        raise Refused(_("This name leads to an address that is not public."))
    return found


def is_public(address: Address) -> bool:
    """Whether everybody on the internet would reach the same server there."""
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address not in _PUBLIC_IPV6:
        return False
    return not any(address in network for network in _NEVER if network.version == address.version)


def _may_call(address: Address) -> bool:
    return is_public(address) or (settings.WEBHOOK_LOOPBACK and address == ipaddress.IPv4Address("127.0.0.1"))


def _look_up(host: str, port: int) -> list[str]:
    """What the name is now. The system's resolver has no time limit of its own, so it is left alone after a while."""
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(LOOKUP_SECONDS)
    return list(found)
