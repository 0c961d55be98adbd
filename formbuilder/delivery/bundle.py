"""A delivery's content as bytes: what channels seal, and what an inbox opens."""

import base64
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Final

from formbuilder.delivery.channel import Delivery
from formbuilder.keyring import Keyring
from schemas.canonical import canonical
from schemas.representation import Representation

FILES: Final = "bilagor.json"
"""What lies beside files that leave the house: what each is and was called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file of a delivery in an inbox: its bytes stay where they were uploaded."""

    name: str
    original_name: str
    column: str
    reference: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The payload, the documents made of it, and which files belong to it."""

    payload: bytes = field(repr=False)
    documents: tuple[Representation, ...] = field(default=(), repr=False)
    files: tuple[Listed, ...] = field(default=(), repr=False)

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
                "files": [asdict(file) for file in self.files],
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
        files=tuple(Listed(**file) for file in found["files"]),
    )


def listed(delivery: Delivery) -> tuple[Listed, ...]:
    """Return the delivery's files without their bytes."""
    return tuple(
        Listed(
            name=file.name,
            original_name=file.original_name,
            column=file.column,
            reference=file.reference,
            media_type=file.media_type,
            size=file.size,
        )
        for file in delivery.files
    )


def seal(keyring: Keyring, delivery: Delivery) -> bytes:
    """Seal a delivery's content for its department's inbox."""
    content = Bundle(
        payload=delivery.payload,
        documents=delivery.documents,
        files=listed(delivery),
    ).to_bytes()
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


def outgoing(keyring: Keyring, delivery: Delivery) -> Iterator[Representation]:
    """Yield the files that leave the house, encrypted for a sealed department.

    They come one at a time, so that no more than one uploaded file is in memory.
    """
    for file in _clear(delivery):
        if not delivery.is_sealed:
            yield file
            continue
        yield Representation(
            name=f"{file.name}.cms",
            media_type="application/cms",
            content=keyring.department_seal(
                delivery.tenant, delivery.department, file.content
            ),
        )


def _clear(delivery: Delivery) -> Iterator[Representation]:
    yield Representation(
        name="payload.json", media_type="application/json", content=delivery.payload
    )
    yield from delivery.documents
    if not delivery.files:
        return
    described = [asdict(file) for file in listed(delivery)]
    yield Representation(
        name=FILES, media_type="application/json", content=canonical(described)
    )
    for file in delivery.files:
        yield Representation(
            name=file.name, media_type=file.media_type, content=b"".join(file.read())
        )


def _context(department: str, order_id: str) -> str:
    return f"{department}/{order_id}"


def _encode(content: bytes) -> str:
    return base64.b64encode(content).decode()
