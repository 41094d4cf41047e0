"""A real server that receives webhooks: it counts what comes, and answers as it is told."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Hit:
    """One request that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`status`, `answer` and `headers` are what it says; `before` runs while the caller waits."""

    port: int = 0
    hits: list[Hit] = field(default_factory=list)
    status: int = 204
    answer: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], None] | None = None
    drip: float = 0.0  # seconds between two bytes of the answer, sent without end
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        return [hit.headers["webhook-id"] for hit in self.hits]

    def serve(self) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server


def _handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - a class that knows its receiver
    class Handler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            receiver.connections += 1
            super().setup()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.hits.append(Hit(self.command, self.path, headers, body))
            if receiver.before:
                receiver.before()
            if receiver.drip:
                self._drip()
                return
            try:
                self._answer()
            except OSError:  # the caller had enough, and hung up
                return

        def do_GET(self) -> None:  # what follows a redirect would come like this
            self.do_POST()

        def _answer(self) -> None:
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(receiver.answer)))
            self.end_headers()
            self.wfile.write(receiver.answer)

        def _drip(self) -> None:
            try:
                for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 1000:
                    self.wfile.write(bytes([letter]))
                    time.sleep(receiver.drip)
            except OSError:
                return

        def log_message(self, *_arguments: object) -> None:
            return

    return Handler
