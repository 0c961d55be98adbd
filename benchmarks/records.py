"""A PDF/A record, beside the bare engine writing the same document."""

from benchmarks.measuring import Figure, Side, side_by_side
from benchmarks.stage import Stage
from formbuilder.database import cases, orders, signatures, units
from formbuilder.database.orders import ARCHIVE
from formbuilder.demo.town import TENANT
from formbuilder.services.files import Files
from formbuilder.services.record_document import record_document
from formbuilder.services.record_making import RecordMaking
from renderers.document import DocumentInput
from renderers.documents import document
from renderers.printing.engine import engine
from renderers.printing.markup import markup
from renderers.printing.records import with_record_rows


def record_figures(on: Stage, rounds: int) -> list[Figure]:
    """Return what our part of a record costs; an acceptance must have been stored."""
    source = max(_documents(on), key=lambda one: len(markup(with_record_rows(one))))
    written = markup(with_record_rows(source))
    bare, identifier = engine(), b"0" * 16

    def print_it() -> bytes:
        return bare.pdf(written, identifier, source.made_at, source.attachments)

    return [
        side_by_side(
            f"PDF/A record with {len(source.rows)} answers",
            "WeasyPrint writing the same HTML with the same options",
            Side(work=lambda: document("pdf").render(source)),
            Side(work=print_it),
            rounds=rounds,
        )
    ]


def _documents(on: Stage) -> list[DocumentInput]:
    """Return the document of every version that has arrived."""
    tools, forms = on.installation.tools, on.installation.services.forms
    making = RecordMaking(tools, forms, Files(tools))
    found = []
    with tools.database.read(TENANT) as tc:
        due = orders.due(tc, now=tools.clock(), limit=1000)
        rows = [row for key in due if (row := orders.get(tc, key)) is not None]
        for row in rows:
            unit = units.get(tc, row.unit_id or "") if row.kind == ARCHIVE else None
            case = cases.get(tc, row.case_id)
            if unit is None or case is None:
                continue
            said = units.decisions(tc, (unit.id,))[unit.id]
            proofs = [(signatures.get(tc, key), word) for key, word in said]
            found.append((case, unit, [(s, word) for s, word in proofs if s]))
    records = [making.record(TENANT, *one) for one in found if not one[1].sealed_to]
    return [record_document(record, on.form) for record in records]
