"""A call to the department's own system, signed as Standard Webhooks prescribes."""

import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar, Final

import httpx

from formbuilder.delivery import bundle
from formbuilder.delivery.addresses import Target, target
from formbuilder.delivery.channel import (
    ChannelRefused,
    ChannelTools,
    ChannelUnavailable,
    Delivery,
    Receipt,
)
from schemas.representation import Representation

_TIMEOUT: Final = httpx.Timeout(10.0, read=30.0)
LARGEST: Final = 30_000_000
_TRY_AGAIN: Final = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)


class Webhook:
    """One POST for each delivery; `webhook-id` is the delivery's id at every try."""

    key: ClassVar[str] = "webhook"

    def __init__(self, tools: ChannelTools) -> None:
        self._tools = tools
        self._tls = ssl.create_default_context()

    def deliver(self, delivery: Delivery) -> Receipt:
        """Send the payload, documents and files; any 2xx is a receipt."""
        tools = self._tools
        _fits(delivery)
        where = target(
            str(delivery.settings.get("url", "")),
            resolve=tools.resolve,
            allow_loopback=tools.settings.environment != "production",
        )
        content = body(delivery, files=bundle.outgoing(tools.keyring, delivery))
        secrets = tools.keyring.webhook_secrets(delivery.tenant, delivery.department)
        headers = {
            "host": where.host_header,
            "content-type": "application/json",
            "user-agent": "formbuilder-webhook/1",
            **signature_headers(
                delivery.id, content, at=tools.clock(), secrets=secrets
            ),
        }
        _judge(self._status(where, content, headers), where.host)
        return Receipt()

    def _status(self, where: Target, content: bytes, headers: dict[str, str]) -> int:
        """Send, and return the status; the answer's body is never read."""
        # Environment variables must not route a checked address through a proxy.
        with httpx.Client(
            verify=self._tls, timeout=_TIMEOUT, trust_env=False, follow_redirects=False
        ) as client:
            request = client.build_request(
                "POST",
                where.url,
                content=content,
                headers=headers,
                extensions={"sni_hostname": where.host},
            )
            try:
                response = client.send(request, stream=True)
            except httpx.HTTPError as error:
                raise ChannelUnavailable(
                    "webhook_unreachable",
                    f"{where.host} did not answer ({type(error).__name__}). Check "
                    "that the receiver is up; it is tried again.",
                ) from error
            response.close()
            return response.status_code


def body(delivery: Delivery, *, files: Iterable[Representation]) -> bytes:
    """Return what is sent: plain JSON, files as base64.

    The payload stands in clear JSON for a department that is not sealed.
    """
    content: dict[str, object] = {
        "receiver": delivery.receiver,
        "ref": delivery.ref,
        "version": delivery.version,
    }
    if not delivery.is_sealed:
        content["payload"] = json.loads(delivery.payload)
    content["documents"] = [
        {
            "name": file.name,
            "media_type": file.media_type,
            "content": base64.b64encode(file.content).decode(),
        }
        for file in files
        if file.name != "payload.json"
    ]
    message = {
        "type": "delivery",
        "timestamp": delivery.created_at.isoformat(),
        "data": content,
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def signature_headers(
    id_: str, content: bytes, *, at: datetime, secrets: Iterable[bytes]
) -> dict[str, str]:
    """Return the three headers; one signature for each secret still in use."""
    timestamp = str(int(at.timestamp()))
    signed = b".".join((id_.encode(), timestamp.encode(), content))
    signatures = (hmac.new(key, signed, hashlib.sha256).digest() for key in secrets)
    return {
        "webhook-id": id_,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(
            f"v1,{base64.b64encode(one).decode()}" for one in signatures
        ),
    }


def _fits(delivery: Delivery) -> None:
    """Refuse what is too large for one call to be sure to arrive."""
    if sum(file.size for file in delivery.files) > LARGEST:
        raise ChannelRefused(
            "files_too_large",
            f"The files together are over {LARGEST // 10**6} MB, too much for one "
            f"call. Let {delivery.department} get this view by folder or inbox, then "
            f"run: formbuilder deliveries retry {delivery.id}.",
        )


def _judge(status: int, host: str) -> None:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    code = f"webhook_http_{status}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _TRY_AGAIN:
        raise ChannelUnavailable(
            code, f"{host} answered {status}. It is tried again; ask the receiver."
        )
    raise ChannelRefused(
        code,
        f"{host} answered {status}, which trying again does not change. Ask the "
        "receiver what it refuses, then run: formbuilder deliveries retry ID.",
    )
