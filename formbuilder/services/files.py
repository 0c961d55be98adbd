"""Files in a draft: sealed while they stream in, named in the answers by their digest.

- `Files.attach(tenant, owner_id, question, name, chunks) -> Upload`
- `Files.scan(tenant, upload) -> Upload`, `.scan_waiting(tenant)`
- `Files.of(tenant, owner_id) -> tuple[Upload, ...]`, `.remove(…)`, `.remove_all(…)`
- `Files.find(tenant, owner_id, answers) -> tuple[Upload, ...]`: those answers name.
- `Files.read(tenant, upload) -> Iterator[bytes]`
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

import structlog

from archive.envelope import EnvelopeRefused
from formbuilder.database import uploads
from formbuilder.database.uploads import UploadRow
from formbuilder.objects import ObjectStore
from formbuilder.pictures import without_metadata
from formbuilder.scanning.scanner import ScannerUnavailable
from formbuilder.services.seals import is_sealed_to_department
from formbuilder.services.tools import Tools
from formbuilder.services.upload import Upload, opened, sealed_row
from schemas.errors import InvalidAnswer, OperatorError, PermanentError
from schemas.field_type import Question
from schemas.field_types.file import PREFIX
from schemas.file_limits import ACCEPTED, LARGEST
from schemas.file_references import FileAnswer

log = structlog.get_logger()


class Files:
    """Keeps, finds and removes uploaded files."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def attach(
        self,
        tenant: str,
        owner_id: str,
        question: Question,
        name: str,
        chunks: Iterator[bytes],
        *,
        most: int,
    ) -> Upload:
        """Seal a file while it is read and store where it lies.

        The question it answers says what is accepted and how large it may be, `most`
        how many files their owner may hold. A picture loses what tells where it was
        taken.

        Raises:
            InvalidAnswer: it is too large, empty, not what the question takes, or
                malware.
        """
        held = self.of(tenant, owner_id)
        if len(held) >= most:
            raise InvalidAnswer("file-too-many", limit=most)
        stored = self._objects().put(
            tenant,
            without_metadata(chunks),
            accept=tuple(question.ui.get("accept", ACCEPTED)),
            max_bytes=int(question.ui.get("max_bytes", LARGEST)),
        )
        same = next(
            (
                o
                for o in held
                if (o.sha256, o.pointer) == (stored.sha256, question.pointer)
            ),
            None,
        )
        if same is not None:  # the same file again: one of it is enough
            self._objects().remove(tenant, stored.name)
            return same
        upload_id = self._tools.new_id()
        told = {"name": name, "sha256": stored.sha256, "pointer": question.pointer}
        row = sealed_row(self._tools, tenant, owner_id, upload_id, told, stored)
        self._tools.database.write(tenant, lambda tc: uploads.insert(tc, row))
        upload = self.scan(tenant, opened(self._tools, tenant, row))
        if upload.is_stopped:
            self._remove(tenant, owner_id, upload)
            raise InvalidAnswer("file-malware")
        return upload

    def scan(self, tenant: str, upload: Upload) -> Upload:
        """Let the scanner read a file that waits for it; it waits on if it cannot."""
        try:
            return self._scanned(tenant, upload)
        except (ScannerUnavailable, PermanentError) as error:
            log.warning("scan_failed", upload=upload.id, reason=str(error))
            return upload

    def _scanned(self, tenant: str, upload: Upload) -> Upload:
        if not upload.is_waiting:
            return upload
        scanner = self._tools.scanner
        found = scanner.scan(self.read(tenant, upload))
        stopped_at = self._tools.clock() if found else None
        self._tools.database.write(
            tenant,
            lambda tc: uploads.scanned(
                tc, upload.id, by=scanner.key, stopped_at=stopped_at
            ),
        )
        if found:
            log.warning("malware_stopped", upload=upload.id, found=found)
            self._objects().remove(tenant, upload.object_name)
        return replace(upload, is_waiting=False, is_stopped=bool(found))

    def scanned(self, tenant: str, owner_id: str) -> tuple[Upload, ...]:
        """Return an owner's files; those that wait are scanned while it answers."""
        found, is_answering = [], True
        for upload in self.of(tenant, owner_id):
            read = self.scan(tenant, upload) if is_answering else upload
            is_answering = is_answering and not read.is_waiting
            found.append(read)
        return tuple(found)

    def scan_waiting(self, tenant: str) -> None:
        """Let the scanner read every file of a draft that still waits for it.

        A file that cannot be read any more keeps no other waiting.
        """
        with self._tools.database.read(tenant) as tc:
            rows = uploads.unscanned(tc, by=self._tools.scanner.key)
        for row in rows:
            try:
                self._scanned(tenant, opened(self._tools, tenant, row))
            except ScannerUnavailable as error:
                log.warning("scan_failed", upload=row.id, reason=str(error))
                return  # it does not answer; the next round tries again
            except PermanentError as error:
                log.warning("scan_failed", upload=row.id, reason=str(error))

    def of(self, tenant: str, owner_id: str) -> tuple[Upload, ...]:
        """Return the files of a draft or case, oldest first."""
        with self._tools.database.read(tenant) as tc:
            rows = uploads.of_owner(tc, owner_id)
        return tuple(opened(self._tools, tenant, row) for row in rows)

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
        own = [upload for upload in same if upload.pointer == pointer]
        return own[-1] if own else replace(same[-1], name="")

    def _opened_by(self, tenant: str, row: UploadRow, department: str) -> Upload | None:
        """Return an upload, None when it is sealed to another department."""
        if is_sealed_to_department(row.key_sealed) and not department:
            return None
        try:
            return opened(self._tools, tenant, row, department)
        except EnvelopeRefused:
            return None

    def read(self, tenant: str, upload: Upload) -> Iterator[bytes]:
        """Yield a file's content."""
        return self._objects().read(tenant, upload.object_name, upload.key)

    def remove(
        self, tenant: str, owner_id: str, answers: Collection[FileAnswer]
    ) -> None:
        """Remove the files that these answers named from their owner."""
        for upload in self.of(tenant, owner_id) if answers else ():
            if upload.answer in answers:
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

    def _objects(self) -> ObjectStore:
        if self._tools.objects is None:
            raise OperatorError(
                "There is nowhere to keep uploaded files. Set FORMBUILDER_HOME."
            )
        return self._tools.objects
