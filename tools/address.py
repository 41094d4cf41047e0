"""Where the site is found: a socket taken before anything else is done, and the names it answers to."""

import contextlib
import socket
from collections.abc import Iterator

from tools.environment import CannotStart


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The web's socket, taken before anything else is done: a taken port is told at once."""
    if not 0 <= port <= 65535:
        raise CannotStart(f"There is no port {port}: ports go from 1 to 65535.")
    try:
        family, kind, _, _, name = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        taken = socket.socket(family, kind)
    except OSError as error:
        raise CannotStart(f"“{host}” is no address that this machine knows.") from error
    with taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(name)
            # Two sockets may be bound to one port while none listens: only this is the test.
            taken.listen()
        except PermissionError as error:
            raise CannotStart(f"Port {port} is for administrators only. Try: bin/serve --port 8000") from error
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            raise CannotStart(
                f"Port {port} at {host} cannot be used: {(error.strerror or 'no reason given').lower()}. "
                f"Try another: bin/serve --port {other}"
            ) from error
        yield taken


def address_of(host: str, port: int) -> str:
    """The address to show to a person."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def own_names(host: str) -> list[str]:
    """The names under which a browser may ask for the site when it listens at this address."""
    names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host}
    if host in ("0.0.0.0", "::"):  # noqa: S104 - asked for by the person who starts it
        names |= {socket.gethostname(), *socket.gethostbyname_ex(socket.gethostname())[2]}
    return sorted(names)
