"""One call: what is sent, how long it may take, how much is read, and whose certificate counts."""

import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.webhooks.receiver import Receiver
from webhooks import calling
from webhooks.calling import call


def test_what_arrives(receiver: Receiver) -> None:
    receiver.status, receiver.answer = 200, b"thanks"
    outcome = call(receiver.url + "?key=1", b'{"a":1}', {"X-One": "1"})
    (hit,) = receiver.hits
    assert (hit.method, hit.path, hit.body) == ("POST", "/hook?key=1", b'{"a":1}')
    assert hit.headers["host"] == f"localhost:{receiver.port}"
    assert (outcome.arrived, outcome.status_code, outcome.said) == (True, 200, "thanks")


@pytest.mark.parametrize(("status", "arrived"), [(200, True), (202, True), (299, True), (301, False), (404, False)])
def test_only_2xx_is_a_yes(status: int, arrived: bool, receiver: Receiver) -> None:
    receiver.status = status
    assert call(receiver.url, b"", {}).arrived is arrived


def test_a_long_answer_is_cut_and_cleaned(receiver: Receiver) -> None:
    receiver.status, receiver.answer = 500, b"\x00\xff<script>" + b"x" * 1_000_000
    outcome = call(receiver.url, b"", {})
    assert outcome.status_code == 500
    assert len(outcome.said) == 500
    assert "\x00" not in outcome.said


def test_a_server_that_says_nothing(receiver: Receiver) -> None:
    release = threading.Event()
    receiver.before = lambda: release.wait(5) and None
    outcome = call(receiver.url, b"", {}, seconds=0.3)
    release.set()
    assert (outcome.status_code, outcome.said) == (None, "It took too long.")


def test_a_server_that_drips_its_answer(receiver: Receiver) -> None:
    """Each byte comes in time; the whole does not."""
    receiver.drip = 0.05
    began = time.monotonic()
    outcome = call(receiver.url, b"", {}, seconds=0.5)
    assert time.monotonic() - began < 2
    assert (outcome.status_code, outcome.said) == (None, "It took too long.")


def test_nobody_there(receiver: Receiver) -> None:
    outcome = call("http://localhost:1/", b"", {})
    assert (outcome.status_code, outcome.said) == (None, "No answer: ConnectionRefusedError")


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    private.write_bytes(pem)
    return cert, private


@pytest.mark.parametrize(
    ("name", "trusted", "arrives"), [("localhost", True, True), ("localhost", False, False), ("other", True, False)]
)
def test_the_certificate_must_be_the_names(
    name: str, trusted: bool, arrives: bool, receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call goes to an address; the certificate must be of the name, from somebody whom we trust."""
    cert, key = _certificate(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    asked_for: list[str | None] = []
    context.sni_callback = lambda _socket, host, _context: asked_for.append(host)
    safe = Receiver()
    server = safe.serve()
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    if trusted:
        monkeypatch.setattr(calling, "tls", lambda: ssl.create_default_context(cafile=str(cert)))
    outcome = call(f"https://localhost:{safe.port}/", b"{}", {})
    server.shutdown()
    server.server_close()
    assert outcome.arrived is arrives
    assert asked_for == ["localhost"]
    assert len(safe.hits) == int(arrives)
    assert arrives or outcome.said.startswith("No safe connection")
