"""What an archivist does: list, open, verify, take out.

- `Archivist.records(tenant) -> tuple[RecordRow, ...]`, `.row(tenant, record_id)`
- `Archivist.open(tenant, record_id) -> ArchiveRecord`
- `Archivist.document(tenant, record_id) -> bytes`: the PDF/A itself.
- `Archivist.verify(tenant, record_id) -> tuple[Finding, ...]`
- `Archivist.escrow(tenant) -> bytes`: the records' keys, for the archivist alone.
"""

from archive.envelope import open_with_key
from archive.finding import Finding
from archive.keys import escrow_table
from archive.reading import read_record
from archive.record import ArchiveRecord
from archive.store import Store
from archive.verification import verify_stored
from formbuilder.database import records
from formbuilder.database.records import RecordRow
from formbuilder.services.archiving import Archiving
from formbuilder.services.seals import is_sealed_to_department
from formbuilder.services.tools import Tools
from schemas.errors import OperatorError


class Archivist:
    """Reads the archive; every opening of a record is for the command line alone."""

    def __init__(self, tools: Tools, archiving: Archiving, store: Store) -> None:
        self._tools = tools
        self._archiving = archiving
        self._store = store

    def records(self, tenant: str) -> tuple[RecordRow, ...]:
        """Return every record that is kept, in the order they were made."""
        with self._tools.database.read(tenant) as tc:
            return records.all_kept(tc)

    def row(self, tenant: str, record_id: str) -> RecordRow:
        """Return what is known of one record.

        Raises:
            OperatorError: there is none of that id.
        """
        with self._tools.database.read(tenant) as tc:
            row = records.get(tc, record_id)
        if row is None:
            raise OperatorError(
                f"There is no record {record_id}. See `formbuilder archive list`."
            )
        return row

    def document(self, tenant: str, record_id: str) -> bytes:
        """Return the record's PDF/A, out of its envelope."""
        return self._archiving.document_of(tenant, self.row(tenant, record_id))

    def open(self, tenant: str, record_id: str) -> ArchiveRecord:
        """Return the record as the PDF/A carries it."""
        return read_record(self.document(tenant, record_id))

    def verify(self, tenant: str, record_id: str) -> tuple[Finding, ...]:
        """Check the envelope's digest, that it opens, and all that lies in it."""
        row = self.row(tenant, record_id)
        key = self._archiving.key_of(tenant, row)
        return verify_stored(
            self._store,
            row.object_name,
            sha256=row.envelope_sha256,
            record_id=row.id,
            opener=lambda envelope: open_with_key(envelope, key.key, key.key_id),
        )

    def escrow(self, tenant: str) -> bytes:
        """Return the keys of all records, sealed to the archivist's certificate.

        A sealed department's records are left out: their keys are its own.
        """
        keys = [
            self._archiving.key_of(tenant, row)
            for row in self.records(tenant)
            if row.kek_sealed is not None
            and not is_sealed_to_department(row.kek_sealed)
        ]
        certificate = self._tools.keyring.escrow_certificate(tenant)
        return escrow_table(keys, certificate)
