"""A population register of our own: Skatteverket's answers about invented people."""

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from formbuilder.simulators import refuse_production
from formbuilder.simulators.http_server import LoopbackServer, Reply, Request
from formbuilder.simulators.register_posts import People

TOKEN_PATH: Final = "/oauth2/v1/token"  # noqa: S105 - a path, no secret
SERVICE_PATH: Final = (
    "/folkbokforing/folkbokforingsuppgifter-for-offentliga-aktorer/v3/hamta"
)
CLIENT_ID: Final = "formbuilder-simulator"
CLIENT_SECRET: Final = "nothing-is-secret-here"  # noqa: S105 - any trial may know it
ORDER: Final = "00000236-FO01-0002"
LIFETIME: Final = 3600
MOST_NUMBERS: Final = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRegister:
    """A simulated register that answers, and what a client needs to ask it."""

    base_url: str
    client_id: str = CLIENT_ID
    client_secret: str = field(default=CLIENT_SECRET, repr=False)
    order: str = ORDER
    people: People = field(repr=False)
    _server: LoopbackServer = field(repr=False)

    def stop(self) -> None:
        """Stop answering."""
        self._server.stop()


def start(*, environment: str, port: int = 0) -> RunningRegister:
    """Start the register on loopback; port 0 takes a free one.

    Raises:
        PermanentError: this is production.
    """
    refuse_production(environment, "register")
    people = People()
    server = LoopbackServer(_Service(people).answer, port=port)
    return RunningRegister(
        base_url=f"http://127.0.0.1:{server.port}/", people=people, _server=server
    )


class _Service:
    """Answers as Skatteverket's service does, and obeys a test under `/_sim/`."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._tokens: set[str] = set()
        self._faults: list[int] = []
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Reply:
        parts = request.path.strip("/").split("/")
        if parts[0] == "_sim":
            return self._control(request, parts[1:])
        with self._lock:
            fault = self._faults.pop(0) if self._faults else None
        if fault is not None:
            return Reply(status=fault, body=b"as asked for", media_type="text/plain")
        if request.method != "POST":
            return _json({"error": "method not allowed"}, 405)
        if request.path == TOKEN_PATH:
            return self._token(request)
        if request.path == SERVICE_PATH:
            return self._fetch(request)
        return _json({"error": "not found"}, 404)

    def _token(self, request: Request) -> Reply:
        form = parse_qs(request.body.decode("utf-8", "replace"))
        asked = (form.get("client_id"), form.get("client_secret"))
        if asked != ([CLIENT_ID], [CLIENT_SECRET]) or form.get("grant_type") != [
            "client_credentials"
        ]:
            return _json({"error": "invalid_client"}, 401)
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._tokens.add(token)
        return _json(
            {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME}
        )

    def _fetch(self, request: Request) -> Reply:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        with self._lock:
            if token not in self._tokens:
                return _json({"error": "invalid_token"}, 401)
        body = _object(request.body)
        numbers = body.get("identitetsbeteckningar")
        if body.get("bestallning") != ORDER or not isinstance(numbers, list):
            return _json({"error": "bad order or numbers"}, 400)
        if not 0 < len(numbers) <= MOST_NUMBERS:
            return _json({"error": "one to 900 numbers"}, 400)
        posts = [self._people.post(str(number)) for number in numbers]
        return _json({"folkbokforingsposter": [p for p in posts if p is not None]})

    def _control(self, request: Request, parts: list[str]) -> Reply:
        if request.headers.get("sec-fetch-site", "none") != "none":
            return _json({"error": "not from a page"}, 403)
        body = _object(request.body)
        match request.method, parts:
            case "POST", ["persons", number]:
                if not self._people.change(number, body):
                    return _json({"error": "nobody has that number"}, 404)
                return _json(self._people.post(number))
            case "POST", ["faults"]:
                with self._lock:
                    self._faults += [int(body["status"])] * int(body.get("times", 1))
                return _json({})
            case "DELETE", ["persons"]:
                self._people.reset()
                return _json({})
        return _json({"error": "there is no such control"}, 404)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _json(content: Any, status: int = 200) -> Reply:
    return Reply(status=status, body=json.dumps(content).encode("utf-8"))
