"""What an electronic identity must be able to do."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol

from schemas.errors import PermanentError, TemporaryError

Purpose = Literal["login", "sign"]


class IdentityUnavailable(TemporaryError):  # noqa: N818 - what happened to a peer
    """The identity service did not answer as it should; `code` names the message."""

    def __init__(self, code: str, details: str = "") -> None:
        self.code = code
        super().__init__(
            f"The identity service answered {code}{_spaced(details)}. "
            "Try again in a while; if it goes on, see the service's own status page."
        )


class OrderRefused(PermanentError):  # noqa: N818 - a verdict of theirs
    """The identity service will not take this call; `code` names the message."""

    def __init__(self, code: str, details: str = "") -> None:
        self.code = code
        super().__init__(
            f"The identity service refused the call: {code}{_spaced(details)}. "
            "`formbuilder doctor` tells whether the certificate and settings are good."
        )


def _spaced(details: str) -> str:
    return f" ({details})" if details else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRequest:
    """What we ask somebody to do: log in, or sign this.

    `person` is who alone may do it. `end_user_ip` is the address of their device as
    we see it. The rest tells the identity service about the browser.
    """

    purpose: Purpose
    end_user_ip: str
    visible_text: str = ""
    non_visible: bytes | None = None
    person: str | None = None
    return_url: str = ""
    user_agent: str = ""
    referring_domain: str = ""
    device_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedOrder:
    """An order under way; everything in it stays on the server, sealed."""

    provider: str
    purpose: Purpose
    reference: str
    started_at: datetime
    user_agent: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)

    def to_json(self) -> str:
        """Write the order as text that `from_json` reads back."""
        return json.dumps(asdict(self) | {"started_at": self.started_at.isoformat()})

    @classmethod
    def from_json(cls, text: str) -> "StartedOrder":
        """Read an order that `to_json` wrote."""
        values = json.loads(text)
        started_at = datetime.fromisoformat(values.pop("started_at"))
        return cls(started_at=started_at, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who did it, as the identity service knows them."""

    personal_number: str
    given_name: str
    family_name: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What proves it: the signature, the word that it was valid, and all that was said."""

    signature_xml: bytes = field(repr=False)
    ocsp: bytes = field(repr=False)
    completion: Mapping[str, Any] = field(repr=False)

    def to_json(self) -> str:
        """Write the evidence as text that `from_json` reads back."""
        return json.dumps(
            {
                "signature_xml": base64.b64encode(self.signature_xml).decode(),
                "ocsp": base64.b64encode(self.ocsp).decode(),
                "completion": self.completion,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "Evidence":
        """Read evidence that `to_json` wrote."""
        values = json.loads(text)
        return cls(
            signature_xml=base64.b64decode(values["signature_xml"]),
            ocsp=base64.b64decode(values["ocsp"]),
            completion=values["completion"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """They are not done; `hint` names the message that says what to do."""

    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It will not happen; `hint` names the message that says why."""

    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """They did it; `device_ip` is where their app sat, empty when nobody tells."""

    identity: Identity
    evidence: Evidence
    device_ip: str = ""


Outcome = Pending | Failed | Complete


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether evidence holds; `reason` is a code, empty when it does."""

    ok: bool
    reason: str = ""
    signed_at: datetime | None = None


class IdentityProvider(Protocol):
    """One electronic identity.

    `collect` must be called by one caller at a time: a final answer is given once.
    """

    key: ClassVar[str]

    def start(self, request: OrderRequest) -> StartedOrder:
        """Ask for a log-in or a signature.

        Raises:
            IdentityUnavailable: trying again later may help.
            OrderRefused: it will not.
        """

    def collect(self, order: StartedOrder) -> Outcome:
        """Ask how it goes; never repeated by itself."""

    def cancel(self, order: StartedOrder) -> None:
        """Stop waiting for them; an order already gone is no error."""

    def verify(
        self,
        evidence: Evidence,
        *,
        purpose: Purpose,
        visible_text: str,
        non_visible: bytes | None,
        person: str | None,
        received_at: datetime,
    ) -> Verdict:
        """Check that this person did exactly this, just now, for us."""

    def qr(self, order: StartedOrder, now: datetime) -> str | None:
        """Return the text to show as a QR code now, or None when it is too late."""

    def launch_url(self, order: StartedOrder, same_device: bool) -> str:
        """Return the address that opens their app here, empty when it is elsewhere."""
