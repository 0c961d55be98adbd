"""`privacy`: the record of processing activities, made from the definitions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Final

import click

from formbuilder.cli.authoring import FILE, compiled_file, directory_of
from formbuilder.cli.common import json_option, write_file
from formbuilder.cli.reading import read_text
from renderers.document import Cell, DocumentInput
from schemas.directory import Contact, Directory, parse_directory
from schemas.privacy import ProcessingRow, processing_record
from schemas.privacy_words import ground, kept

OF_SECTION: Final = {
    "form": "Formulär",
    "section": "Del",
    "controller": "Personuppgiftsansvarig",
    "contact": "Kontakt",
    "data_protection_officer": "Dataskyddsombud",
    "purpose": "Ändamål",
    "legal_basis": "Rättslig grund",
    "secrecy": "Sekretess",
    "data_subjects": "Registrerade",
    "categories": "Personuppgifter",
    "retention": "Gallring",
}
OF_RECEIVER: Final = {
    "receiver": "Mottagare",
    "fields": "Får",
    "decides_on": "Styrs av",
    "disclosure_basis": "Lämnas ut med stöd av",
}
KINDS: Final = ("csv", "xlsx")


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--directory", type=FILE, help="The municipality's directory.toml.")
@click.option(
    "-o", "--output", type=FILE, help="A spreadsheet to write: .csv or .xlsx."
)
@json_option
def privacy(
    files: tuple[Path, ...],
    directory: Path | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Print the record of processing activities (registerförteckning) of definitions."""
    rows = [row for path in files for row in _rows(path, directory)]
    if output is not None:
        _write(output, rows)
    elif as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print(rows)


def _rows(path: Path, named: Path | None) -> Iterator[dict[str, str]]:
    """Yield a definition's rows; without a directory, keys stand for names."""
    place = directory_of(path, named)
    directory = parse_directory(read_text(place), str(place)) if place else None
    form = compiled_file(path, named, draft=True)
    for row in processing_record(form):
        yield (
            _told(row)
            | _controller(row.controller, directory)
            | _receiver(row, directory)
        )


def _told(row: ProcessingRow) -> dict[str, str]:
    return dict.fromkeys(OF_SECTION, "") | {
        "form": row.form,
        "section": row.section,
        "purpose": row.purpose,
        "legal_basis": ground(row.legal_basis) if row.legal_basis else "",
        "secrecy": row.secrecy,
        "data_subjects": "; ".join(row.data_subjects),
        "categories": "; ".join(row.categories),
        "retention": "; ".join(dict.fromkeys(kept(rule) for rule in row.retention)),
    }


def _controller(key: str, directory: Directory | None) -> dict[str, str]:
    found = directory.controllers.get(key) if directory else None
    if directory is None or found is None:
        return {"controller": key}
    officer = found.data_protection_officer
    return {
        "controller": found.name,
        "contact": _reached(found.contact),
        "data_protection_officer": _reached(
            officer or directory.municipality.data_protection_officer
        ),
    }


def _reached(contact: Contact) -> str:
    parts = (contact.name, contact.address, contact.phone, contact.email)
    return ", ".join(part for part in parts if part)


def _receiver(row: ProcessingRow, directory: Directory | None) -> dict[str, str]:
    told = row.disclosure
    if told is None:
        return dict.fromkeys(OF_RECEIVER, "")
    department = directory.departments.get(told.department) if directory else None
    return {
        "receiver": department.title if department else told.department,
        "fields": "; ".join(told.columns),
        "decides_on": "; ".join(told.decides_on),
        "disclosure_basis": told.basis,
    }


def _print(rows: Sequence[Mapping[str, str]]) -> None:
    """Print each section once, its receivers below it.

    Sections may have the same title; what is said of them tells them apart.
    """
    for _, group in groupby(rows, key=lambda row: [row[key] for key in OF_SECTION]):
        receivers = list(group)
        for key, heading in OF_SECTION.items():
            if said := receivers[0][key]:
                click.echo(f"{heading}: {said}")
        for row in receivers:
            for key, heading in OF_RECEIVER.items():
                if row[key]:
                    indent = "" if key == "receiver" else "  "
                    click.echo(f"{indent}{heading}: {row[key]}")
        click.echo()


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    kind = path.suffix.removeprefix(".")
    if kind not in KINDS:
        raise click.UsageError("Skriv en fil som slutar på .csv eller .xlsx.")
    from renderers.documents import document  # noqa: PLC0415 - spreadsheets, which nobody else waits for

    headings = (OF_SECTION | OF_RECEIVER).items()
    sheet = DocumentInput(
        id="",
        name=path.stem,
        title="Registerförteckning",
        made_at=datetime.now(UTC),
        records=tuple(
            tuple(Cell(name=key, title=said, value=row[key]) for key, said in headings)
            for row in rows
        ),
    )
    write_file(path, document(kind).render(sheet).content)
    click.echo(f"{path}: {len(rows)} rader")
