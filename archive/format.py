"""One way to lay a record out as files, and to read and check such a layout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from archive.fixity import Difference
from archive.record import ArchiveRecord
from schemas.representation import Representation


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package taken apart: the record's files by name, and what is not as listed."""

    files: Mapping[str, Representation]
    differences: tuple[Difference, ...]


class ArchiveFormat(Protocol):
    """A kind of package. The same record gives the same bytes."""

    key: ClassVar[str]

    def files(self, record: ArchiveRecord) -> Iterator[tuple[str, bytes]]:
        """Yield every file of the package, its path starting with one folder."""

    def recognises(self, names: frozenset[str]) -> bool:
        """Tell whether files with these paths, without the folder, are such."""

    def read(self, files: Mapping[str, bytes]) -> Package:
        """Take a package apart and compare it with its own lists.

        Raises PermanentError when the lists themselves cannot be read.
        """


def package_name(record: ArchiveRecord) -> str:
    """Return the folder a record's package lies in."""
    return f"{record.tenant}-{record.id}"
