"""Plain text: what a screen reader, a printer or an old system takes."""

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from renderers.document import DocumentInput, Row
from renderers.printing.markup import local_time
from renderers.printing.records import with_record_rows
from schemas.catalogue import text
from schemas.representation import Representation
from schemas.visible import visible


class TextDocument:
    """Headings underlined, one question and its answer after the other."""

    key: ClassVar[str] = "text"

    def render(self, source: DocumentInput) -> Representation:
        """Write the lines in UTF-8."""
        content = "\n".join(visible(line) for line in _lines(with_record_rows(source)))
        return Representation(
            name=f"{source.name}.txt",
            media_type="text/plain; charset=utf-8",
            content=f"{content}\n".encode(),
        )


def _lines(source: DocumentInput) -> Iterator[str]:
    yield from filter(None, (source.municipality, source.controller))
    if source.is_test:
        yield text("TESTMILJÖ – detta är ingen riktig handling", source.language)
    yield from ("", source.title, "=" * len(source.title))
    yield from filter(None, (source.subject,))
    if source.arrived_at:
        arrived = text("Kom in", source.language)
        yield f"{arrived}: {local_time(source.arrived_at)}"
    yield from filter(None, (source.diary_number, source.case_reference))
    if source.introduction:
        yield from ("", source.introduction)
    for (section, group), rows in groupby(source.rows, lambda r: (r.section, r.group)):
        yield from _group(section, group, rows)
    for signer in source.signers:
        did = signer.decision or text("Skrev under", source.language)
        when = local_time(signer.signed_at)
        yield from ("", f"{signer.name}, {signer.method}. {did} {when}")


def _group(section: str, group: str, rows: Iterator[Row]) -> Iterator[str]:
    heading = " – ".join(filter(None, (section, group)))
    if heading:
        yield from ("", heading, "-" * len(heading))
    for row in rows:
        answer = (row.value or "–").replace("\n", "\n    ")
        yield f"{row.label}\n    {answer}"
