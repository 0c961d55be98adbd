"""An accepted version becomes an archive record that is known to open.

- `Archiving.archive(tenant, order)`: PDF/A with answers and evidence attached, in an
  envelope, in the store, read back; then the row.
- `Archiving.key_of(tenant, record) -> RecordKey`: opens one record's envelope.
- `Archiving.document_of(tenant, record) -> bytes`: the PDF/A of a record.

A record's key is stored with its row once its envelope lies verified in the store;
an attempt that dies before leaves an envelope nobody can read. The key of a sealed
section's record is itself sealed to the department.
"""

from dataclasses import replace

from archive.envelope import open_with_key
from archive.fixity import digest
from archive.keys import RecordKey, new_record_key
from archive.record import ArchiveRecord
from archive.sealing import deposit, object_name
from archive.store import Store
from formbuilder.audit import Event
from formbuilder.database import cases, records, signatures, units
from formbuilder.database.connection import TenantConnection
from formbuilder.database.orders import OrderRow
from formbuilder.database.records import RecordRow
from formbuilder.database.units import UnitRow
from formbuilder.services.auditing import record as audit
from formbuilder.services.files import Files
from formbuilder.services.forms import Forms
from formbuilder.services.record_document import record_document
from formbuilder.services.record_making import RecordMaking
from formbuilder.services.retaining import midnight, write_retention
from formbuilder.services.seals import is_sealed_to_department
from formbuilder.services.tools import Tools
from renderers.documents import document
from schemas.compiling import CompiledForm
from schemas.errors import PermanentError


class Archiving:
    """Makes records and opens them."""

    def __init__(self, tools: Tools, forms: Forms, files: Files, store: Store) -> None:
        self._tools = tools
        self._forms = forms
        self._making = RecordMaking(tools, forms, files)
        self._store = store

    def archive(self, tenant: str, order: OrderRow) -> None:
        """Make the record of a version, unless there is one already.

        Raises:
            PermanentError: there is no such version, or it has not arrived.
        """
        unit_id = order.unit_id or ""
        with self._tools.database.read(tenant) as tc:
            is_done = records.of_unit(tc, unit_id) is not None
            unit = units.get(tc, unit_id)
            case = cases.get(tc, order.case_id)
            said = units.decisions(tc, (unit_id,))[unit_id]
            signed = [(signatures.get(tc, key), word) for key, word in said]
        if is_done:
            return
        if unit is None or case is None or unit.accepted_at is None:
            raise PermanentError(
                f"The archive order {order.id} is about a version that has not "
                "arrived. Restore the database from a backup."
            )
        record = self._making.record(
            tenant, case, unit, [(s, word) for s, word in signed if s is not None]
        )
        self._keep(tenant, record, unit)

    def key_of(self, tenant: str, record: RecordRow) -> RecordKey:
        """Return the key that opens a record's envelope.

        Raises:
            PermanentError: the record is disposed of: its key is gone.
        """
        sealed = record.kek_sealed
        if sealed is None:
            raise PermanentError(
                f"The record {record.id} is disposed of; its key is gone for good."
            )
        if is_sealed_to_department(sealed):
            with self._tools.database.read(tenant) as tc:
                unit = units.get(tc, record.unit_id)
            department = (unit.sealed_to if unit else "") or ""
            key = self._tools.keyring.department_open(tenant, department, sealed)
        else:
            key = self._tools.keyring.open("records", tenant, record.id, sealed)
        return RecordKey(key_id=record.key_id, key=key)

    def document_of(self, tenant: str, record: RecordRow) -> bytes:
        """Return a record's PDF/A, read from the store and opened."""
        key = self.key_of(tenant, record)
        return open_with_key(self._store.get(record.object_name), key.key, key.key_id)

    def _keep(self, tenant: str, record: ArchiveRecord, unit: UnitRow) -> None:
        """Put the record's document into the store, then remember its key."""
        made = document("pdf").render(
            record_document(record, self._form(tenant, record))
        )
        key = new_record_key(record.id)
        name = object_name(tenant, record.id)
        kept = deposit(self._store, name, made.content, key)
        row = RecordRow(
            id=record.id,
            unit_id=unit.id,
            case_id=unit.case_id,
            object_name=kept.name,
            kek_sealed=self._sealed_key(tenant, record.id, unit.sealed_to, key),
            key_id=key.key_id,
            envelope_sha256=kept.envelope_sha256,
            content_mac=self._tools.keyring.index(
                tenant, "record", digest(made.content)
            ),
            made_at=record.made_at,
            verified_at=self._tools.clock(),
            record_type=record.record_type,
            classification=record.classification,
            controller=record.controller.key,
            retention=write_retention(record.retention),
        )

        def work(tc: TenantConnection) -> bool:
            # A consent may have ended while the document was made.
            after = midnight(self._making.last_day(tc, record, unit.id))
            return self._insert(tc, replace(row, dispose_after=after))

        if not self._tools.database.write(tenant, work):
            self._store.remove(name)  # another worker was quicker

    def _insert(self, tc: TenantConnection, row: RecordRow) -> bool:
        if records.of_unit(tc, row.unit_id) is not None:
            return False
        records.insert_once(tc, row)
        audit(self._tools, tc, Event.RECORD_MADE, about=row.id, unit=row.unit_id)
        return True

    def _sealed_key(
        self, tenant: str, record_id: str, sealed_to: str, key: RecordKey
    ) -> bytes:
        if sealed_to:
            return self._tools.keyring.department_seal(tenant, sealed_to, key.key)
        return self._tools.keyring.seal("records", tenant, record_id, key.key)

    def _form(self, tenant: str, record: ArchiveRecord) -> CompiledForm:
        return self._forms.at(tenant, record.form_id, record.form_version)
