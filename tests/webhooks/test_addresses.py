"""Where we never call, however it is spelled, redirected to, or answered by a name server. Nothing is connected to."""

import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tests.webhooks.receiver import Receiver
from webhooks.addresses import is_public, read_url
from webhooks.calling import Outcome, call
from webhooks.exceptions import NotValid

FOREIGN = "93.184.216.34"
Resolver = Callable[[dict[str, list[list[str]]]], list[str]]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that we connect to; foreign ones refuse."""
    seen: list[str] = []
    real = socket.create_connection

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        seen.append(address[0])
        if address[0] not in ("127.0.0.1", "::1"):
            raise ConnectionRefusedError
        return real(address, *args, **kwargs)

    monkeypatch.setattr(socket, "create_connection", connect)
    return seen


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Resolver:
    """names({name: [first answer, second answer, …]}): a name server that may change its mind; the last answer stays.
    Gives the list of what was asked."""

    def install(book: dict[str, list[list[str]]]) -> list[str]:
        asked: list[str] = []

        def look_up(host: str, port: int, *_args: Any, **_kwargs: Any) -> list[Any]:
            asked.append(host)
            if host not in book:
                raise socket.gaierror
            found = book[host].pop(0) if len(book[host]) > 1 else book[host][0]
            family = {4: socket.AF_INET, 6: socket.AF_INET6}
            return [(family[ip_address(text).version], socket.SOCK_STREAM, 6, "", (text, port)) for text in found]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return asked

    return install


@pytest.fixture
def inside(receiver: Receiver, settings: Settings) -> Receiver:
    """A server of our own network: any port and plain http may be called, this machine may not."""
    settings.WEBHOOK_LOOPBACK = False
    return receiver


def post(url: str) -> Outcome:
    return call(url, b"{}", {}, seconds=5)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "１２７.0.0.1",
        "127。0。0。1",
        "localhost.",
        "foo.localhost",
        "169.254.169.254",
        "metadata.google.internal",
        "printer.local",
        "intranet",
        "user:pass@localhost",
    ],
)
def test_internal_hosts_in_every_spelling(host: str, inside: Receiver, connections: list[str]) -> None:
    outcome = post(f"http://{host}:{inside.port}/")
    assert outcome.status_code is None
    assert (connections, inside.connections) == ([], 0)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::5db8:d822",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:5db8:d822::",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_a_name_that_leads_inside(address: str, inside: Receiver, names: Resolver, connections: list[str]) -> None:
    assert not is_public(ip_address(address))
    names({"hooks.example.org": [[address]]})
    outcome = post(f"http://hooks.example.org:{inside.port}/")
    assert outcome.said == "This name leads to an address that is not public."
    assert address not in outcome.said
    assert (connections, inside.connections) == ([], 0)


@pytest.mark.parametrize("address", [FOREIGN, "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1"])
def test_public_addresses(address: str) -> None:
    assert is_public(ip_address(address))


def test_one_internal_address_among_public_ones_is_enough(
    inside: Receiver, names: Resolver, connections: list[str]
) -> None:
    names({"hooks.example.org": [[FOREIGN, "127.0.0.1"]]})
    assert post(f"http://hooks.example.org:{inside.port}/").status_code is None
    assert connections == []


def test_a_name_that_changes_its_mind_after_the_check(
    inside: Receiver, names: Resolver, connections: list[str]
) -> None:
    """It is asked once; the call goes to what was checked. At the next call the new answer is refused."""
    asked = names({"rebind.example.org": [[FOREIGN], ["127.0.0.1"]]})
    url = f"http://rebind.example.org:{inside.port}/"
    assert post(url).said == "No answer: ConnectionRefusedError"
    assert (asked, connections) == (["rebind.example.org"], [FOREIGN])
    assert post(url).said == "This name leads to an address that is not public."
    assert connections == [FOREIGN]
    assert inside.connections == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_the_inside_is_not_followed(status: int, receiver: Receiver, connections: list[str]) -> None:
    secret = Receiver()
    server = secret.serve()
    receiver.status, receiver.headers = status, {"Location": f"http://127.0.0.1:{secret.port}/admin"}
    outcome = post(receiver.url)
    server.shutdown()
    server.server_close()
    assert (outcome.status_code, outcome.arrived) == (status, False)
    assert (len(receiver.hits), secret.connections) == (1, 0)


def test_proxies_of_the_environment_are_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert post(receiver.url).arrived


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "gopher://hooks.example.org/",
        "javascript:alert(1)",
        "//hooks.example.org/",
        "hooks.example.org",
        "https://",
        "https://hooks.example.org:8443/",
        "https://hooks.example.org:22/",
        "https://hooks.example.org:99999/",
        "https://hooks.example.org:x/",
        "https://me:pw@hooks.example.org/",
        "https://me@hooks.example.org/",
        "https://@hooks.example.org/",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/",
        "https://[::1",
        "https://hooks.example.org\\@localhost/",
        "https://hooks example.org/",
        "https://hooks.example.org/\r\nHost: localhost",
        "https://-x.example.org/",
        "https://a..example.org/",
        "https://example.org.1/",
        "https://" + "a" * 64 + ".example.org/",
        "https://hooks.example.org/" + "x" * 500,
        "https://xn--\x00.example.org/",
    ],
)
def test_forms_that_are_refused_before_anything_is_looked_up(url: str, names: Resolver, connections: list[str]) -> None:
    asked = names({})
    with pytest.raises(NotValid):
        read_url(url)
    assert post(url).status_code is None
    assert (asked, connections) == ([], [])


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://hooks.example.org", "hooks.example.org", "/"),
        ("https://Hooks.Example.ORG:443/a/b?x=1&y=%20#part", "hooks.example.org", "/a/b?x=1&y=%20"),
        ("https://bücher.example/ä", "xn--bcher-kva.example", "/%C3%A4"),
    ],
)
def test_forms_that_are_taken(url: str, host: str, path: str) -> None:
    target = read_url(url)
    assert (target.host, target.port, target.path, target.is_secure) == (host, 443, path, True)
