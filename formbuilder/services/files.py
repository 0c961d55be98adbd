"""Files in a draft: sealed while they stream in, named in the answers by their digest.

- `Files.attach(tenant, owner_id, ui, name, chunks) -> Upload`
- `Files.of(tenant, owner_id) -> tuple[Upload, ...]`, `.remove(…)`, `.remove_all(…)`
- `Files.find(tenant, owner_id, answers) -> tuple[Upload, ...]`: those answers name.
- `Files.read(tenant, upload) -> Iterator[bytes]`
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from archive.envelope import EnvelopeRefused
from formbuilder.database import uploads
from formbuilder.database.uploads import UploadRow
from formbuilder.objects import ObjectStore, StoredObject
from formbuilder.services.seals import is_sealed_to_department
from formbuilder.services.tools import Tools
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.errors import InvalidAnswer, OperatorError, PermanentError
from schemas.field_types.file import PREFIX
from schemas.pointers import general, matches

ACCEPTED: Final = ("application/pdf", "image/jpeg", "image/png")
ENDINGS: Final = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
LARGEST: Final = 10_000_000
MOST: Final = 20
"""So many files one draft may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file; `value` is what stands for it among the answers."""

    id: str
    sha256: str
    name: str
    pointer: str
    media_type: str
    size: int
    object_name: str = field(repr=False)
    key: bytes = field(repr=False)

    @property
    def value(self) -> str:
        """Return the answer that names the file by its content."""
        return f"{PREFIX}{self.sha256}"

    @property
    def ending(self) -> str:
        """Return the ending of a file of this kind.

        >>> ENDINGS["image/png"]
        '.png'
        """
        return ENDINGS.get(self.media_type, ".bin")


class Files:
    """Keeps, finds and removes uploaded files."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def attach(
        self,
        tenant: str,
        owner_id: str,
        ui: Mapping[str, Json],
        name: str,
        chunks: Iterator[bytes],
        pointer: str = "",
    ) -> Upload:
        """Seal a file while it is read and store where it lies.

        `ui` may say what is accepted and how large it may be; `pointer` is the
        question it answers.

        Raises:
            InvalidAnswer: it is too large, empty, or not what the question takes.
        """
        held = self.of(tenant, owner_id)
        if len(held) >= MOST:
            raise InvalidAnswer("file-too-many", limit=MOST)
        stored = self._objects().put(
            tenant,
            chunks,
            accept=tuple(ui.get("accept", ACCEPTED)),
            max_bytes=int(ui.get("max_bytes", LARGEST)),
        )
        same = next((one for one in held if one.sha256 == stored.sha256), None)
        if same is not None:  # the same file again: one of it is enough
            self._objects().remove(tenant, stored.name)
            return same
        upload_id = self._tools.new_id()
        told = {"name": name, "sha256": stored.sha256, "pointer": pointer}
        row = self._row(tenant, owner_id, upload_id, told, stored)
        self._tools.database.write(tenant, lambda tc: uploads.insert(tc, row))
        return self._upload(tenant, row)

    def of(self, tenant: str, owner_id: str) -> tuple[Upload, ...]:
        """Return the files of a draft or case, oldest first."""
        with self._tools.database.read(tenant) as tc:
            rows = uploads.of_owner(tc, owner_id)
        return tuple(self._upload(tenant, row) for row in rows)

    def find(
        self,
        tenant: str,
        owner_id: str,
        answers: Iterable[tuple[str, str]],
        department: str = "",
    ) -> tuple[Upload, ...]:
        """Return the file of each (question's pointer, reference), in that order.

        The same bytes may have been attached to another question under a name that
        is not for everybody: the name is told only with the question's own file.
        What is sealed to a department is found for that department alone.

        Raises:
            PermanentError: one is not there.
        """
        with self._tools.database.read(tenant) as tc:
            rows = uploads.of_owner(tc, owner_id)
        return tuple(
            self._found(tenant, rows, pointer, reference, department)
            for pointer, reference in answers
        )

    def _found(
        self,
        tenant: str,
        rows: Sequence[UploadRow],
        pointer: str,
        reference: str,
        department: str,
    ) -> Upload:
        sha256 = reference.removeprefix(PREFIX)
        mac = self._tools.keyring.index(tenant, "upload", sha256)
        same = [
            upload
            for row in rows
            if row.digest_mac == mac
            and (upload := self._opened_by(tenant, row, department)) is not None
        ]
        if not same:
            raise PermanentError(
                "An uploaded file that answers name is gone. Restore the database "
                "and the objects from a backup."
            )
        own = [upload for upload in same if general(upload.pointer) == pointer]
        return own[-1] if own else replace(same[-1], name="")

    def _opened_by(self, tenant: str, row: UploadRow, department: str) -> Upload | None:
        """Return an upload, None when it is sealed to another department."""
        if is_sealed_to_department(row.key_sealed) and not department:
            return None
        try:
            return self._upload(tenant, row, department)
        except EnvelopeRefused:
            return None

    def read(self, tenant: str, upload: Upload) -> Iterator[bytes]:
        """Yield a file's content."""
        return self._objects().read(tenant, upload.object_name, upload.key)

    def remove(self, tenant: str, owner_id: str, sha256: str) -> None:
        """Remove the file with this digest from its owner."""
        for upload in self.of(tenant, owner_id):
            if upload.sha256 == sha256:
                self._remove(tenant, owner_id, upload)

    def remove_all(self, tenant: str, owner_id: str) -> None:
        """Remove every file of an owner that goes away."""
        for upload in self.of(tenant, owner_id):
            self._remove(tenant, owner_id, upload)

    def remove_left_behind(self, tenant: str) -> None:
        """Destroy what drafts were sent without: no answer names it."""
        with self._tools.database.read(tenant) as tc:
            rows = uploads.left_behind(tc)
        for row in rows:
            self._remove(tenant, row.owner_id, row)

    def give(self, tenant: str, owner_id: str, *, to: str) -> None:
        """Give every file of one owner to another."""
        self._tools.database.write(
            tenant, lambda tc: uploads.move(tc, owner_id=owner_id, to=to)
        )

    def _remove(self, tenant: str, owner_id: str, upload: Upload | UploadRow) -> None:
        self._tools.database.write(
            tenant, lambda tc: uploads.delete(tc, owner_id, upload.id)
        )
        self._objects().remove(tenant, upload.object_name)

    def _row(
        self,
        tenant: str,
        owner_id: str,
        upload_id: str,
        told: Mapping[str, str],
        stored: StoredObject,
    ) -> UploadRow:
        seal = self._tools.keyring.seal
        return UploadRow(
            id=upload_id,
            owner_id=owner_id,
            digest_mac=self._tools.keyring.index(tenant, "upload", stored.sha256),
            object_name=stored.name,
            size=stored.size,
            media_type=stored.media_type,
            name_sealed=seal(
                "uploads", tenant, f"{upload_id}/name", json.dumps(told).encode()
            ),
            key_sealed=seal("uploads", tenant, f"{upload_id}/key", stored.key),
            created_at=self._tools.clock(),
        )

    def _upload(self, tenant: str, row: UploadRow, department: str = "") -> Upload:
        keyring = self._tools.keyring

        def opened(what: str, sealed: bytes) -> bytes:
            if is_sealed_to_department(sealed):
                return keyring.department_open(tenant, department, sealed)
            return keyring.open("uploads", tenant, f"{row.id}/{what}", sealed)

        content = json.loads(opened("name", row.name_sealed))
        return Upload(
            id=row.id,
            sha256=content["sha256"],
            name=content["name"],
            pointer=content["pointer"],
            media_type=row.media_type,
            size=row.size,
            object_name=row.object_name,
            key=opened("key", row.key_sealed),
        )

    def _objects(self) -> ObjectStore:
        if self._tools.objects is None:
            raise OperatorError(
                "There is nowhere to keep uploaded files. Set FORMBUILDER_HOME."
            )
        return self._tools.objects


def ui_at(form: CompiledForm, pointer: str) -> Mapping[str, Json]:
    """Return what the author says of the question a file answers."""
    question = form.questions.get(pointer) or form.questions.get(general(pointer))
    if question is None:
        found = [q for p, q in form.questions.items() if matches(p, pointer)]
        question = found[0] if found else None
    return question.ui if question else {}
