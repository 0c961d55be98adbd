"""One uploaded file, and how its name and key are sealed in its row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from formbuilder.database.uploads import UploadRow
from formbuilder.objects import StoredObject
from formbuilder.services.seals import is_sealed_to_department
from formbuilder.services.tools import Tools
from schemas.field_types.file import PREFIX
from schemas.file_references import FileAnswer

ENDINGS: Final = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file; `value` is what stands for it among the answers.

    `pointer` is the question it was attached to, rows as `*`. It waits until the
    scanner in use has read it, and is stopped when malware was found: then its bytes
    are gone.
    """

    id: str
    sha256: str
    name: str
    pointer: str
    media_type: str
    size: int
    object_name: str = field(repr=False)
    key: bytes = field(repr=False)
    is_waiting: bool = False
    is_stopped: bool = False

    @property
    def value(self) -> str:
        """Return the answer that names the file by its content."""
        return f"{PREFIX}{self.sha256}"

    @property
    def answer(self) -> FileAnswer:
        """Return what names the file where it was attached."""
        return FileAnswer(pointer=self.pointer, reference=self.value)

    @property
    def ending(self) -> str:
        """Return the ending of a file of this kind.

        >>> ENDINGS["image/png"]
        '.png'
        """
        return ENDINGS.get(self.media_type, ".bin")


def sealed_row(
    tools: Tools,
    tenant: str,
    owner_id: str,
    upload_id: str,
    told: Mapping[str, str],
    stored: StoredObject,
) -> UploadRow:
    """Return the row of a stored file; `told` has its name, sha256 and pointer."""
    seal = tools.keyring.seal
    return UploadRow(
        id=upload_id,
        owner_id=owner_id,
        digest_mac=tools.keyring.index(tenant, "upload", stored.sha256),
        object_name=stored.name,
        size=stored.size,
        media_type=stored.media_type,
        name_sealed=seal(
            "uploads", tenant, f"{upload_id}/name", json.dumps(told).encode()
        ),
        key_sealed=seal("uploads", tenant, f"{upload_id}/key", stored.key),
        created_at=tools.clock(),
    )


def opened(tools: Tools, tenant: str, row: UploadRow, department: str = "") -> Upload:
    """Return the file of a row; one sealed to a department is opened as that one.

    Raises:
        EnvelopeRefused: it is sealed to another department.
    """
    keyring = tools.keyring

    def clear(what: str, sealed: bytes) -> bytes:
        if is_sealed_to_department(sealed):
            return keyring.department_open(tenant, department, sealed)
        return keyring.open("uploads", tenant, f"{row.id}/{what}", sealed)

    content = json.loads(clear("name", row.name_sealed))
    is_stopped = row.stopped_at is not None
    return Upload(
        id=row.id,
        sha256=content["sha256"],
        name=content["name"],
        pointer=content["pointer"],
        media_type=row.media_type,
        size=row.size,
        object_name=row.object_name,
        key=clear("key", row.key_sealed),
        is_waiting=not is_stopped and row.scanned_by != tools.scanner.key,
        is_stopped=is_stopped,
    )
