"""What a delivery order carries: one receiver's snapshot, sealed for its department."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from formbuilder.services.seals import is_sealed_to_department
from formbuilder.services.tools import Tools
from schemas.addressed_files import AddressedFile, addressed_files
from schemas.canonical import canonical
from schemas.column_words import all_in_words
from schemas.compiling import CompiledForm
from schemas.definition import Json, Receiver
from schemas.projection import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderContent:
    """One version of what a receiver is told; without columns it is the end of it.

    `files` are those the columns name; their bytes go with the delivery. `words` is
    what people read in each column: chosen when it was sent, so that a delivery
    made again later says the same. They are no part of the payload.
    """

    receiver: str
    department: str
    ref: str
    title: str
    form: str
    version: int
    is_ended: bool
    arrived_at: datetime
    columns: tuple[tuple[str, str, Json], ...]
    documents: tuple[str, ...]
    files: tuple[AddressedFile, ...] = ()
    words: Mapping[str, Json] = field(default_factory=dict)

    def payload(self) -> Payload:
        """Return the columns as the receiver's payload."""
        return Payload(
            receiver=self.receiver,
            department=self.department,
            ref=self.ref,
            columns=self.columns,
        )

    def to_bytes(self) -> bytes:
        """Write what the receiver is given, as canonical JSON."""
        return canonical(self._told())

    def whole(self) -> bytes:
        """Write what the receiver is given and the words for its documents."""
        return canonical({**self._told(), "words": dict(self.words)})

    def _told(self) -> dict[str, Json]:
        return {
            "$schema": "urn:formbuilder:delivery:1",
            "receiver": self.receiver,
            "department": self.department,
            "ref": self.ref,
            "title": self.title,
            "form": self.form,
            "version": self.version,
            "ended": self.is_ended,
            "arrived_at": self.arrived_at.isoformat(),
            "columns": [
                {"name": name, "title": title, "value": value}
                for name, title, value in self.columns
            ],
            "documents": list(self.documents),
            "files": [
                {
                    "column": file.column,
                    "pointer": file.pointer,
                    "reference": file.reference,
                }
                for file in self.files
            ],
        }


def read_order(content: bytes) -> OrderContent:
    """Read what `OrderContent.whole` wrote, or `to_bytes`, which has no words."""
    found = json.loads(content)
    return OrderContent(
        receiver=found["receiver"],
        department=found["department"],
        ref=found["ref"],
        title=found["title"],
        form=found["form"],
        version=found["version"],
        is_ended=found["ended"],
        arrived_at=datetime.fromisoformat(found["arrived_at"]),
        columns=tuple((c["name"], c["title"], c["value"]) for c in found["columns"]),
        documents=tuple(found["documents"]),
        files=tuple(AddressedFile(**file) for file in found["files"]),
        words=found.get("words", {}),
    )


def seal_order(
    tools: Tools,
    tenant: str,
    order_id: str,
    receiver: Receiver,
    *,
    form: CompiledForm,
    case_id: str,
    version: int,
    payload: Payload | None,
    now: datetime,
) -> bytes:
    """Seal a snapshot for its department: with its own certificate if it has one."""
    content = OrderContent(
        receiver=receiver.id,
        department=receiver.department,
        ref=payload.ref
        if payload
        else tools.reference(tenant, case_id, receiver.department),
        title=receiver.title or form.definition.title,
        form=form.definition.id,
        version=version,
        is_ended=payload is None,
        arrived_at=now,
        columns=payload.columns if payload else (),
        documents=receiver.documents,
        files=addressed_files(form, receiver, payload.columns) if payload else (),
        words=all_in_words(form, receiver, payload.columns) if payload else {},
    )
    return seal_for(tools, tenant, receiver.department, order_id, content.whole())


def seal_for(
    tools: Tools, tenant: str, department: str, context: str, content: bytes
) -> bytes:
    """Seal content so that only deliveries to this department open it."""
    if tools.directories[tenant].departments[department].sealed:
        return tools.keyring.department_seal(tenant, department, content)
    place = f"{department}/{context}"
    return tools.keyring.seal("deliveries", tenant, place, content)


def open_for(
    tools: Tools, tenant: str, department: str, context: str, sealed: bytes
) -> bytes:
    """Open what `seal_for` sealed, also if the department was not sealed then."""
    if is_sealed_to_department(sealed):
        return tools.keyring.department_open(tenant, department, sealed)
    place = f"{department}/{context}"
    return tools.keyring.open("deliveries", tenant, place, sealed)
