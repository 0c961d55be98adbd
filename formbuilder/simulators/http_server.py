"""A small threaded HTTP server on loopback: one function answers every request."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

LARGEST_BODY: Final = 1024 * 1024
IDLE_SECONDS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client sent; `certificate` is the one it showed, in DER."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    certificate: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What it gets back; with `drop` the connection is cut instead."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False


Answer = Callable[[Request], Reply]


class _Server(ThreadingHTTPServer):
    """Does the TLS handshake in the connection's own thread and can hang up."""

    daemon_threads = True
    block_on_close = False

    def __init__(
        self, port: int, answer: Answer, context: ssl.SSLContext | None
    ) -> None:
        self.answer = answer
        self._context = context
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        connection: socket.socket = request
        try:
            if self._context is not None:
                connection.settimeout(IDLE_SECONDS)
                connection = self._context.wrap_socket(connection, server_side=True)
        except OSError:
            # Whoever shows no certificate of ours is turned away in the handshake.
            return
        with self._lock:
            self._open.add(connection)
        try:
            super().finish_request(connection, client_address)
        except OSError:
            # They hung up; there is nobody left to tell.
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            self.shutdown_request(connection)

    def hang_up(self) -> None:
        """Close every connection that is still open."""
        with self._lock:
            connections = tuple(self._open)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    server: _Server
    server_version = "formbuilder-simulator"
    sys_version = ""

    def handle_any(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._send(Reply(status=413))
            return
        request = Request(
            method=self.command,
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
            certificate=_certificate(self.connection),
        )
        self._send(self.server.answer(request))

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815 - the base class finds methods by these names

    def _send(self, reply: Reply) -> None:
        if reply.drop:
            self.close_connection = True
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        # One write for head and body: two would wait for each other's receipt.
        head = b"".join(getattr(self, "_headers_buffer", [])) + b"\r\n"
        self._headers_buffer: list[bytes] = []
        self.wfile.write(head + (b"" if self.command == "HEAD" else reply.body))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep quiet: a request may hold what a person typed."""


def _certificate(connection: Any) -> bytes:
    if not isinstance(connection, ssl.SSLSocket):
        return b""
    return connection.getpeercert(binary_form=True) or b""


class LoopbackServer:
    """A running server; `port` is the one it got."""

    def __init__(
        self, answer: Answer, *, port: int = 0, context: ssl.SSLContext | None = None
    ) -> None:
        self._server = _Server(port, answer, context)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            daemon=True,
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and close every connection."""
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
