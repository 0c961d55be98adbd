"""What channels are tested with: tools, a delivery, and a receiver that listens."""

import json
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from formbuilder.config import Settings
from formbuilder.database.database import Database
from formbuilder.delivery.addresses import system_resolve
from formbuilder.delivery.channel import Attached, ChannelTools, Delivery
from formbuilder.keyring import Keyring
from schemas.representation import Representation
from tests.installed import NOW, Clock


@pytest.fixture
def tools(
    sqlite_settings: Settings, keys: Keyring, clock: Clock, new_id: Callable[[], str]
) -> Iterator[ChannelTools]:
    database = Database(sqlite_settings)
    yield ChannelTools(
        settings=sqlite_settings,
        database=database,
        keyring=keys,
        clock=clock,
        new_id=new_id,
        resolve=system_resolve,
    )
    database.close()


@pytest.fixture
def delivery() -> Delivery:
    return Delivery(
        id="0190a0",
        tenant="ekvalla",
        department="kitchen",
        receiver="diet.kitchen",
        ref="k-1",
        version=1,
        created_at=NOW,
        payload=json.dumps({"avoid": ["nötter"]}).encode(),
        documents=(
            Representation(
                name="kitchen.csv", media_type="text/csv", content=b"a;b\n1;2\n"
            ),
        ),
    )


def attached(content: bytes, *, size: int = 0) -> Attached:
    """Return a file whose sender gave it a name no channel could take."""
    return Attached(
        name="diet-certificate-1.pdf",
        original_name="../Intyg (CANARYCANARY)?.pdf",
        column="diet.certificate",
        reference=f"sha256:{sha256(content).hexdigest()}",
        media_type="application/pdf",
        size=size or len(content),
        read=lambda: iter((content[:5], content[5:])),
    )


class Listener:
    """A receiver's web server on loopback; it remembers every call."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                listener.calls.append((dict(self.headers.items()), body))
                self.send_response(listener.status)
                if listener.status == 302:
                    self.send_header("location", "http://169.254.169.254/")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()
