"""An E-ARK information package (CSIP and SIP 2.1.0), which FGS Paketstruktur 2.0 is."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files as packaged
from typing import ClassVar, Final

from lxml import etree

from archive.fixity import differences, manifest, parse_manifest
from archive.format import Package, package_name
from archive.media_types import media_type
from archive.metadata import attachments
from archive.packaging.erms import erms
from archive.packaging.mets import (
    METS,
    REPRESENTATION,
    XLINK,
    Part,
    package_mets,
    representation_mets,
)
from archive.packaging.premis import premis
from archive.packaging.readme import readme
from archive.record import ArchiveRecord
from schemas.errors import PermanentError
from schemas.representation import Representation

ROOT: Final = "METS.xml"
SUMS: Final = "SHA256SUMS"
DATA: Final = f"{REPRESENTATION}/data"
ERMS: Final = "metadata/descriptive/erms.xml"
PREMIS: Final = "metadata/preservation/premis.xml"
README: Final = "documentation/README.txt"
SCHEMA: Final = "schemas/archive-record.schema.json"
USE: Final = "Representations/rep1"


class EarkFormat:
    """METS over METS: descriptive and preservation metadata, then the data."""

    key: ClassVar[str] = "eark"

    def files(self, record: ArchiveRecord) -> Iterator[tuple[str, bytes]]:
        """Yield the package, its folder named as its OBJID."""
        name = package_name(record)
        content = list(_content(record, name))
        content.append((SUMS, manifest(content)))
        yield from ((f"{name}/{path}", data) for path, data in content)

    def recognises(self, names: frozenset[str]) -> bool:
        """Tell it by the METS at its top."""
        return ROOT in names

    def read(self, files: Mapping[str, bytes]) -> Package:
        """Compare every file with the METS that lists it, and the METS with the sums.

        METS lists every file but itself, so `SHA256SUMS` stands beside it. A
        package that another program passed on may have lost that file.
        """
        sums = _listed(files, ROOT, "") | _listed(
            files, f"{REPRESENTATION}/{ROOT}", f"{REPRESENTATION}/"
        )
        if SUMS in files:
            sums.update(_summed(files[SUMS]))
        unlisted = {SUMS} if ROOT in sums else {SUMS, ROOT}
        content = {n: c for n, c in files.items() if n not in unlisted}
        found = differences(sums, content)
        own = {
            name.removeprefix(f"{DATA}/"): Representation(
                name=name.removeprefix(f"{DATA}/"),
                media_type=media_type(name),
                content=content,
            )
            for name, content in files.items()
            if name.startswith(f"{DATA}/")
        }
        return Package(files=own, differences=found)


def _content(record: ArchiveRecord, name: str) -> Iterator[tuple[str, bytes]]:
    data = [*record.representations, *attachments(record)]
    placed = [(f"{DATA}/{file.name}", file) for file in data]
    representation = _representation(record, data)
    mets, *_ = representation
    groups: dict[str, Sequence[Part]] = {
        "Documentation": [_part(README, "text/plain", readme(record))],
        "Schemas": [_part(SCHEMA, "application/json", _schema())],
        USE: [_part(f"{REPRESENTATION}/{ROOT}", "application/xml", mets.content)],
    }
    descriptive = _part(ERMS, "application/xml", erms(record, placed))
    preservation = _part(PREMIS, "application/xml", premis(record, placed))
    outer = package_mets(
        record, name, descriptive=descriptive, preservation=preservation, groups=groups
    )
    yield ROOT, outer
    for part in (
        descriptive,
        preservation,
        *groups["Documentation"],
        *groups["Schemas"],
    ):
        yield part.path, part.content
    for part in representation:
        yield f"{REPRESENTATION}/{part.path}", part.content


def _representation(
    record: ArchiveRecord, data: Sequence[Representation]
) -> tuple[Part, ...]:
    """Return the representation's files, its METS first, paths relative to it."""
    parts = tuple(_part(f"data/{f.name}", f.media_type, f.content) for f in data)
    described = premis(record, [(f"data/{file.name}", file) for file in data])
    preservation = _part(PREMIS, "application/xml", described)
    mets = representation_mets(record, "rep1", preservation=preservation, data=parts)
    return (_part(ROOT, "application/xml", mets), preservation, *parts)


def _listed(files: Mapping[str, bytes], mets: str, folder: str) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(files[mets], parser)
        entries = [*root.iter(f"{{{METS}}}mdRef"), *root.iter(f"{{{METS}}}file")]
        return {f"{folder}{_path(e)}": e.attrib["CHECKSUM"] for e in entries}
    except (etree.XMLSyntaxError, KeyError) as error:
        raise PermanentError(
            f"{mets} is damaged: it cannot be read. Take the package anew."
        ) from error


def _summed(content: bytes) -> Mapping[str, str]:
    try:
        return parse_manifest(content)
    except ValueError as error:
        raise PermanentError(
            f"{SUMS} is damaged: it cannot be read. Take the package anew."
        ) from error


def _path(entry: etree._Element) -> str:
    location = entry.find(f"{{{METS}}}FLocat")
    holder = entry if location is None else location
    return str(holder.attrib[f"{{{XLINK}}}href"])


def _part(path: str, media: str, content: bytes) -> Part:
    return Part(path=path, media_type=media, content=content)


def _schema() -> bytes:
    documents = packaged("schemas") / "documents"
    return (documents / "archive-record.schema.json").read_bytes()
