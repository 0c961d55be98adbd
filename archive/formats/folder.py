"""A plain folder: for a person with a file manager and `sha256sum`."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from archive.fixity import differences, manifest, parse_manifest
from archive.format import Package, package_name
from archive.media_types import media_type
from archive.metadata import attachments
from archive.packaging.readme import readme
from archive.record import METADATA, ArchiveRecord
from schemas.errors import PermanentError
from schemas.representation import Representation

SUMS: Final = "SHA256SUMS"
README: Final = "README.txt"


class FolderFormat:
    """The document, everything attached to it, a README and the digests."""

    key: ClassVar[str] = "folder"

    def files(self, record: ArchiveRecord) -> Iterator[tuple[str, bytes]]:
        """Yield the record's files side by side."""
        files = [(f.name, f.content) for f in attachments(record)]
        files += [(f.name, f.content) for f in record.representations]
        files.append((README, readme(record)))
        files.append((SUMS, manifest(files)))
        folder = package_name(record)
        yield from ((f"{folder}/{name}", content) for name, content in files)

    def recognises(self, names: frozenset[str]) -> bool:
        """Tell it by its list of digests and the record's metadata at the top."""
        return {SUMS, METADATA} <= names

    def read(self, files: Mapping[str, bytes]) -> Package:
        """Compare every file with the list."""
        listed = {name: content for name, content in files.items() if name != SUMS}
        try:
            sums = parse_manifest(files[SUMS])
        except ValueError as error:
            raise PermanentError(
                f"{SUMS} is damaged: it cannot be read. Take the package anew."
            ) from error
        own = {
            name: Representation(
                name=name, media_type=media_type(name), content=content
            )
            for name, content in listed.items()
            if name != README
        }
        return Package(files=own, differences=differences(sums, listed))
