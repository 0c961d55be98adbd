"""Elis's school start all the way into the archive, for tests that read its records."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from household import ELIS, JOHAN
from school_start import PLAIN
from town import Town

from archive.reading import read_record
from archive.record import ArchiveRecord
from formbuilder.database import records


@contextmanager
def archived_town(folder: Path, happen: Callable[[Path], Town]) -> Iterator[Town]:
    """Yield a town after something happened in it and everything was archived."""
    found = happen(folder)
    found.work()
    yield found
    found.database.close()


def cosign(town: Town) -> None:
    """Let Johan sign what waits, with contact data of his own."""
    session = town.session(JOHAN)
    draft = town.services.drafts.open(session, "skolstart", town.child(ELIS))
    own = {key: PLAIN[key] for key in ("contacts", "photo")}
    town.sign(session, town.fill(session, draft, own))


def documents_of(town: Town) -> tuple[bytes, ...]:
    """Return the PDF of every record."""
    with town.database.read("ekvalla") as tc:
        rows = records.all_kept(tc)
    return tuple(town.services.archiving.document_of("ekvalla", row) for row in rows)


def records_of(town: Town) -> tuple[ArchiveRecord, ...]:
    """Return every record as its PDF carries it."""
    return tuple(read_record(document) for document in documents_of(town))
