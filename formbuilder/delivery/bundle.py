"""A delivery's content as bytes: what channels seal, and what an inbox opens."""

import base64
import json
from dataclasses import dataclass, field

from formbuilder.delivery.channel import Delivery
from formbuilder.keyring import Keyring
from schemas.representation import Representation


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The payload and the documents made of it."""

    payload: bytes = field(repr=False)
    documents: tuple[Representation, ...] = field(default=(), repr=False)

    def to_bytes(self) -> bytes:
        """Return the bundle as `read` takes it."""
        return json.dumps(
            {
                "payload": _encode(self.payload),
                "documents": [
                    {
                        "name": document.name,
                        "media_type": document.media_type,
                        "content": _encode(document.content),
                    }
                    for document in self.documents
                ],
            }
        ).encode()


def read(content: bytes) -> Bundle:
    """Read what `Bundle.to_bytes` wrote."""
    found = json.loads(content)
    return Bundle(
        payload=base64.b64decode(found["payload"]),
        documents=tuple(
            Representation(
                name=document["name"],
                media_type=document["media_type"],
                content=base64.b64decode(document["content"]),
            )
            for document in found["documents"]
        ),
    )


def seal(keyring: Keyring, delivery: Delivery) -> bytes:
    """Seal a delivery's content for its department's inbox."""
    content = Bundle(payload=delivery.payload, documents=delivery.documents).to_bytes()
    if delivery.is_sealed:
        return keyring.department_seal(delivery.tenant, delivery.department, content)
    context = _context(delivery.department, delivery.id)
    return keyring.seal("deliveries", delivery.tenant, context, content)


def unseal(
    keyring: Keyring,
    *,
    tenant: str,
    department: str,
    order_id: str,
    sealed: bytes,
    is_sealed: bool,
) -> Bundle:
    """Open what `seal` made.

    Raises:
        PermanentError: it is damaged, or another department's.
    """
    if is_sealed:
        return read(keyring.department_open(tenant, department, sealed))
    context = _context(department, order_id)
    return read(keyring.open("deliveries", tenant, context, sealed))


def outgoing(keyring: Keyring, delivery: Delivery) -> tuple[Representation, ...]:
    """Return the files that leave the house, encrypted for a sealed department."""
    payload = Representation(
        name="payload.json", media_type="application/json", content=delivery.payload
    )
    files = (payload, *delivery.documents)
    if not delivery.is_sealed:
        return files
    return tuple(
        Representation(
            name=f"{file.name}.cms",
            media_type="application/cms",
            content=keyring.department_seal(
                delivery.tenant, delivery.department, file.content
            ),
        )
        for file in files
    )


def _context(department: str, order_id: str) -> str:
    return f"{department}/{order_id}"


def _encode(content: bytes) -> str:
    return base64.b64encode(content).decode()
