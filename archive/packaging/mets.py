"""METS of an information package and of its representation, E-ARK CSIP and SIP 2.1.0."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from lxml import etree

from archive.fixity import digest
from archive.metadata import instant
from archive.packaging.xml import Writer, document
from archive.record import ArchiveRecord, Organisation

METS: Final = "http://www.loc.gov/METS/"
XLINK: Final = "http://www.w3.org/1999/xlink"
CSIP: Final = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP: Final = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
PROFILE: Final = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
CATEGORY: Final = "Textual works – Digital"
CONTENT: Final = "urn:formbuilder:archive-record:1"
REPRESENTATION: Final = "representations/rep1"

_write = Writer(mets=METS, xlink=XLINK, csip=CSIP, sip=SIP, xsi=INSTANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a package as METS describes it, its path relative to the METS."""

    path: str
    media_type: str
    content: bytes

    @property
    def id(self) -> str:
        """Return an XML id that only this path has."""
        return f"file-{digest(self.path.encode())[:16]}"


def package_mets(
    record: ArchiveRecord,
    name: str,
    *,
    descriptive: Part,
    preservation: Part,
    groups: Mapping[str, Sequence[Part]],
) -> bytes:
    """Return the METS at the package's root; `groups` are its file groups by use."""
    root = _root(record, name, "MIXED")
    dmd = _description(root, record, descriptive)
    amd = _provenance(root, record, preservation)
    _files(root, record, groups)
    top = _structure(root, name)
    _division(top, "Metadata", ADMID=amd, DMDID=dmd)
    for use in ("Documentation", "Schemas"):
        _pointer(_division(top, use), use)
    use = next(use for use in groups if use.startswith("Representations"))
    contents = _division(top, "Representations")
    _pointer(contents, use)
    one = _division(contents, use)
    href = groups[use][0].path
    _write.add(
        one, "mptr", LOCTYPE="URL", xlink__type="simple", xlink__href=href,
        xlink__title=_group_id(use),
    )  # fmt: skip
    return document(root)


def representation_mets(
    record: ArchiveRecord, name: str, *, preservation: Part, data: Sequence[Part]
) -> bytes:
    """Return the METS of the representation's data."""
    root = _root(record, name, "MIXED")
    amd = _provenance(root, record, preservation)
    _files(root, record, {"Data": data})
    top = _structure(root, name)
    _division(top, "Metadata", ADMID=amd)
    _pointer(_division(top, "Data"), "Data")
    return document(root)


def _root(record: ArchiveRecord, name: str, content: str) -> etree._Element:
    root = _write.root(
        "mets",
        OBJID=name,
        LABEL=record.name,
        TYPE=CATEGORY,
        PROFILE=PROFILE,
        csip__CONTENTINFORMATIONTYPE=content,
        xsi__schemaLocation=f"{METS} http://www.loc.gov/standards/mets/mets.xsd",
    )
    made = instant(record.made_at)
    header = _write.add(
        root,
        "metsHdr",
        CREATEDATE=made,
        LASTMODDATE=made,
        RECORDSTATUS="NEW",
        csip__OAISPACKAGETYPE="SIP",
    )
    software = _write.add(
        header, "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE"
    )
    _write.add(software, "name", "formbuilder")
    _write.add(
        software, "note", version("formbuilder"), csip__NOTETYPE="SOFTWARE VERSION"
    )
    _organisation(header, "ARCHIVIST", record.creator)
    _organisation(header, "IPOWNER", record.municipality)
    _write.add(header, "altRecordID", record.diary_number, TYPE="REFERENCECODE")
    return root


def _organisation(
    header: etree._Element, role: str, organisation: Organisation
) -> None:
    agent = _write.add(header, "agent", ROLE=role, TYPE="ORGANIZATION")
    _write.add(agent, "name", organisation.name)
    if organisation.number:
        number = f"ORG:{organisation.number}"
        _write.add(agent, "note", number, csip__NOTETYPE="IDENTIFICATIONCODE")


def _description(root: etree._Element, record: ArchiveRecord, descriptive: Part) -> str:
    made, identifier = instant(record.made_at), f"dmd-{record.id}"
    section = _write.add(root, "dmdSec", ID=identifier, CREATED=made, STATUS="CURRENT")
    _reference(section, descriptive, made, MDTYPE="OTHER", OTHERMDTYPE="ERMS")
    return identifier


def _provenance(root: etree._Element, record: ArchiveRecord, preservation: Part) -> str:
    identifier = f"amd-{record.id}"
    section = _write.add(root, "amdSec", ID=identifier)
    provenance = _write.add(
        section, "digiprovMD", ID=f"digiprov-{record.id}", STATUS="CURRENT"
    )
    made = instant(record.made_at)
    _reference(provenance, preservation, made, MDTYPE="PREMIS", MDTYPEVERSION="3.0")
    return identifier


def _reference(
    parent: etree._Element, part: Part, made: str, **attributes: str
) -> None:
    _write.add(
        parent,
        "mdRef",
        LOCTYPE="URL",
        xlink__type="simple",
        xlink__href=part.path,
        **attributes,
        **_facts(part, made),
    )


def _files(
    root: etree._Element, record: ArchiveRecord, groups: Mapping[str, Iterable[Part]]
) -> None:
    made = instant(record.made_at)
    section = _write.add(root, "fileSec", ID=f"files-{record.id}")
    for use, parts in groups.items():
        group = _write.add(
            section,
            "fileGrp",
            ID=_group_id(use),
            USE=use,
            # CSIP63 as its validator reads it: every group says what it holds.
            csip__CONTENTINFORMATIONTYPE="OTHER",
            csip__OTHERCONTENTINFORMATIONTYPE=CONTENT,
        )
        for part in parts:
            file = _write.add(group, "file", ID=part.id, **_facts(part, made))
            _write.add(
                file, "FLocat", LOCTYPE="URL", xlink__type="simple",
                xlink__href=part.path,
            )  # fmt: skip


def _facts(part: Part, made: str) -> dict[str, str]:
    return {
        "MIMETYPE": part.media_type,
        "SIZE": str(len(part.content)),
        "CREATED": made,
        "CHECKSUM": digest(part.content),
        "CHECKSUMTYPE": "SHA-256",
    }


def _structure(root: etree._Element, name: str) -> etree._Element:
    structure = _write.add(
        root, "structMap", ID="structure", TYPE="PHYSICAL", LABEL="CSIP"
    )
    return _write.add(structure, "div", ID="div-package", LABEL=name)


def _division(parent: etree._Element, label: str, **attributes: str) -> etree._Element:
    identifier = f"div-{label.replace('/', '-').lower()}"
    return _write.add(parent, "div", ID=identifier, LABEL=label, **attributes)


def _pointer(division: etree._Element, use: str) -> None:
    _write.add(division, "fptr", FILEID=_group_id(use))


def _group_id(use: str) -> str:
    return f"group-{use.replace('/', '-').lower()}"
