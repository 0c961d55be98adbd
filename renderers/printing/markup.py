"""The document as HTML, every text made printable and every value isolated."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from renderers.document import DocumentInput, Row, Signer
from renderers.printing.coverage import direction, printable
from schemas.catalogue import SOURCE_LANGUAGE, text
from schemas.local_time import LOCAL
from schemas.tongues import name_in
from schemas.visible import mark

NO_VALUE: Final = "–"

NOTHING: Final = Row(label="", value="")
"""What stands beside a row where nothing does."""
ISOLATES: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))

Paired = tuple[Row, Row]
"""A row, and the same row in the reader's language."""
Sections = list[tuple[str, list[tuple[str, list[Paired]]]]]


def markup(source: DocumentInput, written_out: frozenset[str] = frozenset()) -> str:
    """Return the page; characters in `written_out` are shown as code points."""
    marks = {ord(character): mark(character) for character in written_out}

    def clean(value: str) -> str:
        return printable(value).translate(marks)

    def said(value: str) -> str:
        return clean(value.translate(ISOLATES))

    def translated(message: str, language: str = source.language) -> str:
        return text(message, language)

    other = source.beside or DocumentInput(
        id="", name="", title="", made_at=source.made_at, language=""
    )
    return _template().render(
        source=source,
        other=other,
        said=said,
        paired=_paired,
        stamp=source.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        facts=_paired(_facts(source), _facts(other)),
        sections=_sections(_paired(source.rows, other.rows)),
        signer_rows=lambda signer: _paired(
            _signer_rows(signer, source.language),
            _signer_rows(signer, other.language),
        ),
        clean=clean,
        direction=direction,
        lines=lambda value: (clean(value) or NO_VALUE).split("\n"),
        t=translated,
    )


def local_time(moment: datetime) -> str:
    """Write a time as it is said in Sweden.

    >>> local_time(datetime(2027, 2, 1, 11, 30, tzinfo=UTC))
    '2027-02-01 12:30'
    """
    return moment.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("renderers", "printing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("document.html.jinja")


def _facts(source: DocumentInput) -> list[Row]:
    arrived = local_time(source.arrived_at) if source.arrived_at else ""
    known = (
        ("Diarienummer", source.diary_number),
        ("Ärende", source.case_reference),
        ("Kom in", arrived),
    )
    return [
        Row(label=text(label, source.language), value=value)
        for label, value in known
        if value
    ]


def _paired(rows: Iterable[Row], others: Iterable[Row] = ()) -> list[Paired]:
    """Return each row with what stands beside it."""
    found, beside = list(rows), list(others)
    missing = [NOTHING] * (len(found) - len(beside))
    return list(zip(found, [*beside, *missing], strict=True))


def _sections(rows: Iterable[Paired]) -> Sections:
    return [
        (
            section,
            [(g, list(r)) for g, r in groupby(within, lambda pair: pair[0].group)],
        )
        for section, within in groupby(rows, lambda pair: pair[0].section)
    ]


def _translation(signer: Signer, language: str) -> str:
    """Return the language somebody read in, where that is not the source itself."""
    if signer.language in ("", SOURCE_LANGUAGE):
        return ""
    return name_in(signer.language, language)


def _signer_rows(signer: Signer, language: str) -> list[Row]:
    known = (
        ("Namn", signer.name),
        ("Personnummer", signer.number),
        (signer.decision or "Skrev under", local_time(signer.signed_at)),
        ("Med", signer.method),
        ("Läste frågorna på", _translation(signer, language)),
    )
    return [
        Row(label=text(label, language), value=value) for label, value in known if value
    ]
