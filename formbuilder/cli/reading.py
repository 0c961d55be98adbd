"""Files that an author names on the command line, read or written, in plain words."""

import sys
from pathlib import Path
from typing import Final, NoReturn

import click

from formbuilder.files import write_new
from schemas.errors import OperatorError

UNUSABLE: Final = 2
LARGEST: Final = 16 * 1024 * 1024
"""Octets; the largest schemas that are published are a tenth of it."""
READABLE: Final = 0o644
WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""The first octets of a text in UTF-16."""


def read_text(path: Path) -> str:
    """Read what an author wrote; exit 2 and say why if it cannot be read."""
    try:
        with path.open("rb") as file:  # a device may have no end
            content = file.read(LARGEST + 1)
    except OSError as error:
        _stop(f"{path} kan inte läsas: {_reason(error)}")
    if len(content) > LARGEST:
        _stop(
            f"{path} är större än {LARGEST // 1024**2} MB och läses inte. "
            "Kontrollera att det är rätt fil."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        _stop(_ill_coded(path, content, error.start))


def _stop(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(UNUSABLE)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "den finns inte. Kontrollera namnet och i vilken mapp du står."
    if isinstance(error, IsADirectoryError):
        return "det är en mapp. Skriv namnet på en fil i den."
    if isinstance(error, PermissionError):
        return "du får inte läsa den. Be den som äger filen om läsrätt."
    return f"{error.strerror}. Kontrollera filen."


def _ill_coded(path: Path, content: bytes, at: int) -> str:
    """Return where a text stops being UTF-8, and how it is saved as that."""
    how = "Spara om den i redigeraren med kodningen UTF-8."
    if content.startswith(WIDE):
        return f"{path}:1:1: Filen är sparad som UTF-16. {how}"
    before = content[:at].rpartition(b"\n")[2].decode("utf-8", "replace")
    line = content.count(b"\n", 0, at) + 1
    return (
        f"{path}:{line}:{len(before) + 1}: Filen är inte sparad som UTF-8: "
        f"här står ett tecken i en annan kodning. {how}"
    )


def refuse_taken(file: Path) -> None:
    """Refuse to write over what is there.

    Raises:
        OperatorError: something is there, or there is no folder for it.
    """
    if file.exists() or file.is_symlink():
        raise OperatorError(
            f"{file} finns redan och skrivs inte över. Välj ett annat namn."
        )
    if not file.parent.is_dir():
        raise OperatorError(
            f"Mappen {file.parent} finns inte. Gör den först, eller välj en annan."
        )


def write_definition(file: Path, text: str) -> None:
    """Write a definition where there was none.

    Raises:
        OperatorError: it cannot be written.
    """
    try:
        write_new(file, text.encode(), mode=READABLE)
    except FileExistsError:
        refuse_taken(file)
    except OSError as error:
        raise OperatorError(
            f"{file} kan inte skrivas ({error.strerror}). Välj en plats där du får skriva."
        ) from error
