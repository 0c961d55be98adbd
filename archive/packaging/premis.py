"""Preservation metadata, PREMIS 3: which files, how they came to be, who was behind."""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from archive.fixity import digest
from archive.metadata import instant
from archive.packaging.xml import Writer, document
from archive.record import ArchiveRecord
from schemas.representation import Representation

PREMIS: Final = "http://www.loc.gov/premis/v3"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
AGENT: Final = "formbuilder"

_write = Writer(premis=PREMIS, xsi=INSTANCE)


def premis(record: ArchiveRecord, files: Sequence[tuple[str, Representation]]) -> bytes:
    """Return the PREMIS document of a record's files, each with its path."""
    root = _write.root("premis", version="3.0")
    for path, file in files:
        _object(root, path, file)
    signed = [
        ("digital signature", s.signed_at, f"{s.method}, {s.name}")
        for s in record.signatures
    ]
    events = [
        *signed,
        ("ingestion", record.arrived_at, "The answers had arrived."),
        ("creation", record.made_at, "The record was made as PDF/A-3a and PDF/UA-1."),
    ]
    for number, (kind, moment, detail) in enumerate(events, start=1):
        event = _write.add(root, "event")
        _identifier(event, "event", f"{record.id}:event:{number}")
        _write.add(event, "eventType", kind)
        _write.add(event, "eventDateTime", instant(moment))
        described = _write.add(event, "eventDetailInformation")
        _write.add(described, "eventDetail", detail)
        linked = _write.add(event, "linkingAgentIdentifier")
        _write.add(linked, "linkingAgentIdentifierType", "local")
        _write.add(linked, "linkingAgentIdentifierValue", AGENT)
    agent = _write.add(root, "agent")
    _identifier(agent, "agent", AGENT)
    _write.add(agent, "agentName", AGENT)
    _write.add(agent, "agentType", "software")
    return document(root)


def _object(root: etree._Element, path: str, file: Representation) -> None:
    described = _write.add(root, "object", xsi__type="premis:file")
    _identifier(described, "object", path)
    facts = _write.add(described, "objectCharacteristics")
    fixity = _write.add(facts, "fixity")
    _write.add(fixity, "messageDigestAlgorithm", "SHA-256")
    _write.add(fixity, "messageDigest", digest(file.content))
    _write.add(facts, "size", str(len(file.content)))
    kind = _write.add(_write.add(facts, "format"), "formatDesignation")
    _write.add(kind, "formatName", file.media_type)
    _write.add(described, "originalName", file.name)


def _identifier(parent: etree._Element, kind: str, value: str) -> None:
    identifier = _write.add(parent, f"{kind}Identifier")
    _write.add(identifier, f"{kind}IdentifierType", "local")
    _write.add(identifier, f"{kind}IdentifierValue", value)
