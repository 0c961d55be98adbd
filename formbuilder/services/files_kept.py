"""Which of a draft's files follow its answers into the case, and sealed how.

What no answer names stays behind and is destroyed. What only sealed sections name
opens from now on with their department's key alone, as the answers do.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from formbuilder.database import uploads
from formbuilder.database.uploads import UploadRow
from formbuilder.services.tools import Tools
from schemas.acceptance import Version
from schemas.compiling import CompiledForm
from schemas.field_types.file import PREFIX
from schemas.file_references import file_answers


def files_kept(
    tools: Tools,
    tenant: str,
    form: CompiledForm,
    draft_id: str,
    *,
    case_id: str,
    versions: Iterable[Version],
) -> tuple[UploadRow, ...]:
    """Return the draft's uploads as they are to lie in the case."""
    with tools.database.read(tenant) as tc:
        rows = uploads.of_owner(tc, draft_id) if draft_id else ()
    if not rows:
        return ()
    pointers = {row.id: _pointer(tools, tenant, row) for row in rows}
    wanted: dict[str, set[str]] = {}
    for version in versions:
        for answer in file_answers(form, version.answers):
            mac = tools.keyring.index(
                tenant, "upload", answer.reference.removeprefix(PREFIX)
            )
            for row in _answering(rows, pointers, answer.pointer, mac):
                wanted.setdefault(row.id, set()).add(version.sealed_to)
    return tuple(
        _resealed(tools, tenant, replace(row, owner_id=case_id), wanted[row.id])
        for row in rows
        if row.id in wanted
    )


def _answering(
    rows: Sequence[UploadRow], pointers: Mapping[str, str], pointer: str, mac: str
) -> list[UploadRow]:
    """Return the uploads with these bytes, the question's own if it has any."""
    same = [row for row in rows if row.digest_mac == mac]
    return [row for row in same if pointers[row.id] == pointer] or same[-1:]


def _pointer(tools: Tools, tenant: str, row: UploadRow) -> str:
    told = tools.keyring.open("uploads", tenant, f"{row.id}/name", row.name_sealed)
    return str(json.loads(told)["pointer"])


def _resealed(
    tools: Tools, tenant: str, row: UploadRow, readers: set[str]
) -> UploadRow:
    """Seal a file's name and key to the one department that may read it, if it is one."""
    if len(readers) != 1 or "" in readers:
        return row
    [department] = readers
    keyring = tools.keyring
    name = keyring.open("uploads", tenant, f"{row.id}/name", row.name_sealed)
    key = keyring.open("uploads", tenant, f"{row.id}/key", row.key_sealed)
    return replace(
        row,
        name_sealed=keyring.department_seal(tenant, department, name),
        key_sealed=keyring.department_seal(tenant, department, key),
    )
