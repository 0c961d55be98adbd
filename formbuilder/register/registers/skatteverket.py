"""Skatteverket's REST service for public bodies, version 3."""

import json
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Final

import httpx

from formbuilder.clock import utc_now
from formbuilder.register.register import (
    PersonRecord,
    RegisterRefused,
    RegisterUnavailable,
)
from formbuilder.register.registers.skatteverket_records import read_record

CONNECT_SECONDS: Final = 5.0
# An ordinary answer takes less than 2 seconds, the slowest 30.
ANSWER_SECONDS: Final = 30.0
LARGEST_ANSWER: Final = 8 * 1024 * 1024
MOST_NUMBERS: Final = 900
SCOPE: Final = "fbfuppgoffakt"
SERVICE: Final = "folkbokforing/folkbokforingsuppgifter-for-offentliga-aktorer/v3/hamta"
TOKEN: Final = "oauth2/v1/token"  # noqa: S105 - a path, no secret
EARLY: Final = timedelta(seconds=30)


def http_client(context: ssl.SSLContext | None = None) -> httpx.Client:
    """Return a client that follows nothing and reads no proxy from the environment."""
    return httpx.Client(
        verify=context if context is not None else True,
        timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,
    )


class Skatteverket:
    """Asks with the municipality's order number and an OAuth 2.0 token of its own.

    Nothing is kept between calls: a guardianship may end or a protection begin at
    any moment.
    """

    key: ClassVar[str] = "skatteverket"

    def __init__(
        self,
        http: httpx.Client,
        *,
        base_url: str,
        client_id: str,
        client_secret: str,
        order: str,
        token_url: str = "",
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._http = http
        self._base = base_url.rstrip("/") + "/"
        self._token_url = token_url or self._base + TOKEN
        self._credentials = (client_id, client_secret)
        self._order = order
        self._clock = clock
        self._token = ""
        self._token_until = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def person(self, personal_number: str) -> PersonRecord | None:
        return self._fetch([personal_number]).get(personal_number)

    def children_of(self, personal_number: str, on: date) -> tuple[PersonRecord, ...]:
        person = self.person(personal_number)
        if person is None or person.is_dead(on):
            return ()
        numbers = [g.number for g in person.guardian_for if g.holds(on) and g.number]
        found = self._fetch(numbers)
        # The child's own record decides: both must say so, or nobody gets in.
        children = [
            child
            for number in numbers
            if (child := found.get(number)) is not None
            and not child.is_dead(on)
            and any(
                g.number == personal_number and g.holds(on) for g in child.guardians
            )
        ]
        return tuple(sorted(children, key=lambda child: child.personal_number))

    def guardians_of(self, child: str, on: date) -> tuple[PersonRecord, ...]:
        record = self.person(child)
        if record is None:
            return ()
        held = [g for g in record.guardians if g.holds(on)]
        found = self._fetch([g.number for g in held if g.number])
        guardians = (
            found.get(g.number)
            or PersonRecord(personal_number=g.number, given_name=g.name)
            for g in held
        )
        return tuple(person for person in guardians if not person.is_dead(on))

    def _fetch(self, numbers: Iterable[str]) -> dict[str, PersonRecord]:
        wanted = list(dict.fromkeys(numbers))[:MOST_NUMBERS]
        if not wanted:
            return {}
        answer = self._post(
            self._base + SERVICE,
            json.dumps({"bestallning": self._order, "identitetsbeteckningar": wanted}),
            {
                "Authorization": f"Bearer {self._bearer()}",
                "Content-Type": "application/json",
            },
        )
        posts = answer.get("folkbokforingsposter")
        if not isinstance(posts, list):
            raise RegisterUnavailable(
                "The population register's answer has no records in it. Try again."
            )
        records = [read_record(post) for post in posts]
        return {r.personal_number: r for r in records if r.personal_number in wanted}

    def _bearer(self) -> str:
        """Return a token that is good for a while yet."""
        with self._lock:
            if self._clock() >= self._token_until:
                self._renew()
            return self._token

    def _renew(self) -> None:
        client_id, client_secret = self._credentials
        form = httpx.QueryParams(
            grant_type="client_credentials",
            client_id=client_id,
            client_secret=client_secret,
            scope=SCOPE,
        )
        answer = self._post(
            self._token_url,
            str(form),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        token, lifetime = answer.get("access_token"), answer.get("expires_in", 60)
        if not isinstance(token, str) or not isinstance(lifetime, int):
            raise RegisterRefused(
                "The population register gave no access token. Check the register's "
                "client id and secret."
            )
        self._token = token
        self._token_until = self._clock() + timedelta(seconds=lifetime) - EARLY

    def _post(
        self, url: str, content: str, headers: Mapping[str, str]
    ) -> Mapping[str, Any]:
        try:
            with self._http.stream(
                "POST", url, content=content.encode("utf-8"), headers=dict(headers)
            ) as response:
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > LARGEST_ANSWER:
                        raise RegisterUnavailable(
                            "The population register's answer is too big. Try again."
                        )
        except httpx.TransportError as error:
            raise RegisterUnavailable(
                "The population register does not answer. Try again in a while."
            ) from error
        return _object(response.status_code, bytes(body))


def _object(status: int, body: bytes) -> Mapping[str, Any]:
    if status in (400, 401, 403, 404):
        raise RegisterRefused(
            f"The population register answered {status}. Check the register's "
            "address, order number, client id, secret and certificate."
        )
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if status != httpx.codes.OK or not isinstance(answer, dict):
        raise RegisterUnavailable(
            f"The population register answered {status}. Try again in a while."
        )
    return answer
