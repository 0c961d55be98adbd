"""The kinds of packages a record can be handed over as."""

from archive.format import ArchiveFormat
from archive.formats.eark import EarkFormat
from archive.formats.folder import FolderFormat

BUILT_IN: tuple[type[ArchiveFormat], ...] = (EarkFormat, FolderFormat)


def archive_format(key: str) -> ArchiveFormat:
    """Return the built-in format of that name.

    Raises:
        StopIteration: there is no such format; callers offer only these.

    """
    return next(part for part in BUILT_IN if part.key == key)()
