"""BankID: log-in and signature by the app of Sweden's banks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

from cryptography import x509

from formbuilder.clock import utc_now
from formbuilder.identity.bankid import launch, qr
from formbuilder.identity.bankid.client import RelyingPartyClient
from formbuilder.identity.bankid.order_fields import order_fields
from formbuilder.identity.evidence.document import EvidenceRefused, decode
from formbuilder.identity.evidence.verification import (
    Expected,
    Function,
    verify_evidence,
)
from formbuilder.identity.provider import (
    Complete,
    Evidence,
    Failed,
    Identity,
    IdentityUnavailable,
    OrderRefused,
    OrderRequest,
    Outcome,
    Pending,
    Purpose,
    StartedOrder,
    Verdict,
)

FUNCTIONS: Final[Mapping[Purpose, Function]] = {
    "login": "Identification",
    "sign": "Signing",
}
TOKENS: Final = ("autoStartToken", "qrStartToken", "qrStartSecret")


class BankID:
    """BankID's service, seen as any other electronic identity.

    `relying_party` is the subject of our certificate as signatures write it.
    """

    key: ClassVar[str] = "bankid"

    def __init__(
        self,
        client: RelyingPartyClient,
        *,
        roots: Sequence[x509.Certificate],
        relying_party: str,
        launch_host: str = launch.LAUNCH_HOST,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._client = client
        self._roots = tuple(roots)
        self._relying_party = relying_party
        self._launch_host = launch_host
        self._clock = clock

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def start(self, request: OrderRequest) -> StartedOrder:
        call = self._client.sign if request.purpose == "sign" else self._client.auth
        answer = call(order_fields(request))
        # The first QR code counts from when the answer came (t = 0).
        started_at = self._clock()
        return StartedOrder(
            provider=self.key,
            purpose=request.purpose,
            reference=_required(answer, "orderRef"),
            started_at=started_at,
            user_agent=request.user_agent,
            tokens={name: _required(answer, name) for name in TOKENS},
        )

    def collect(self, order: StartedOrder) -> Outcome:
        answer = self._client.collect(order.reference)
        hint = answer.get("hintCode")
        match answer.get("status"):
            case "pending":
                return Pending(hint=str(hint))
            case "failed":
                return Failed(hint=str(hint))
            case "complete":
                return _complete(answer)
        raise IdentityUnavailable("internalError", "an unknown status")

    def cancel(self, order: StartedOrder) -> None:
        try:
            self._client.cancel(order.reference)
        except OrderRefused as refused:
            if refused.code != "invalidParameters":
                raise

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
        expected = Expected(
            function=FUNCTIONS[purpose],
            visible=visible_text.encode("utf-8"),
            non_visible=non_visible,
            person=person,
            relying_party=self._relying_party,
            received_at=received_at,
        )
        return verify_evidence(evidence, expected, self._roots)

    def qr(self, order: StartedOrder, now: datetime) -> str | None:
        seconds = int((now - order.started_at).total_seconds())
        if not 0 <= seconds < qr.LIFETIME:
            return None
        tokens = order.tokens
        return qr.payload(tokens["qrStartToken"], tokens["qrStartSecret"], seconds)

    def launch_url(self, order: StartedOrder, same_device: bool) -> str:
        if not same_device:
            return ""
        token = order.tokens["autoStartToken"]
        return launch.launch_url(token, order.user_agent, host=self._launch_host)


def _required(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise IdentityUnavailable("internalError", f"no {name} in the answer")
    return value


def _complete(answer: Mapping[str, Any]) -> Complete | Failed:
    completion = answer.get("completionData")
    user = completion.get("user") if isinstance(completion, dict) else None
    if not isinstance(completion, dict) or not isinstance(user, dict):
        raise IdentityUnavailable("internalError", "no completion in the answer")
    if completion.get("risk") == "high":
        # BankID's word for signs that somebody else's browser started the order.
        return Failed(hint="transactionRiskBlocked")
    device = completion.get("device")
    try:
        signature = decode(_required(completion, "signature"))
        ocsp = decode(_required(completion, "ocspResponse"))
    except EvidenceRefused as error:
        raise IdentityUnavailable("internalError", "evidence not in base64") from error
    return Complete(
        identity=Identity(
            personal_number=_required(user, "personalNumber"),
            given_name=str(user.get("givenName", "")),
            family_name=str(user.get("surname", "")),
            name=str(user.get("name", "")),
        ),
        evidence=Evidence(signature_xml=signature, ocsp=ocsp, completion=completion),
        device_ip=str(device.get("ipAddress", "")) if isinstance(device, dict) else "",
    )
