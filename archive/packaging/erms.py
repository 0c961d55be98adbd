"""Descriptive metadata of a case file with one record, in the terms of ERMS 3.

The vocabulary (CITS ERMS 3.0, of which FGS Ärendehantering 2.0 is the Swedish
name) has a place for what archivists ask: classification, secrecy, retention with
its decision, direction, signatures and the files.
"""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from archive.metadata import instant
from archive.packaging.xml import Writer, document
from archive.record import ArchiveRecord, Organisation
from schemas.representation import Representation

ERMS: Final = "https://DILCIS.eu/XML/ERMS"

_write = Writer(erms=ERMS)


def erms(record: ArchiveRecord, files: Sequence[tuple[str, Representation]]) -> bytes:
    """Return the case file with its record and the paths of its files."""
    root = _write.root("erms")
    _control(root, record)
    case = _write.add(
        _write.add(root, "aggregations"),
        "aggregation",
        systemIdentifier=record.case_reference,
        aggregationType="caseFile",
    )
    _write.add(case, "objectId", record.diary_number or record.id)
    _classification(case, record)
    _write.add(case, "title", record.form_title)
    _write.add(case, "status", value="received")
    _restriction(case, record)
    _disposal(case, record)
    agents = _write.add(case, "agents")
    _agent(agents, "creator", record.creator)
    _agent(agents, "responsible_person", record.controller)
    _date(case, "received", record)
    _record(case, record, files)
    return document(root)


def _control(root: etree._Element, record: ArchiveRecord) -> None:
    control = _write.add(root, "control")
    _write.add(control, "identification", record.id, identificationType="record")
    kept = _write.add(control, "maintenanceInformation")
    _write.add(kept, "maintenanceStatus", value="new")
    agency = _write.add(kept, "maintenanceAgency")
    _write.add(agency, "agencyName", record.municipality.name)
    history = _write.add(kept, "maintenanceHistory")
    event = _write.add(history, "maintenanceEvent")
    _write.add(event, "eventType", value="created")
    _write.add(event, "eventDateTime", instant(record.made_at))
    _agent(event, "creator", record.municipality)


def _record(
    case: etree._Element,
    record: ArchiveRecord,
    files: Sequence[tuple[str, Representation]],
) -> None:
    entry = _write.add(
        case,
        "record",
        systemIdentifier=record.id,
        recordType=record.record_type,
        recordPhysicalOrDigital="digital",
    )
    _write.add(entry, "objectId", f"{record.diary_number or record.id}:1")
    _classification(entry, record)
    _write.add(entry, "title", record.title)
    _restriction(entry, record)
    _disposal(entry, record)
    _write.add(entry, "direction", directionDefinition="incoming")
    if record.signatures:
        agents = _write.add(entry, "agents")
        for signature in record.signatures:
            agent = _write.add(agents, "agent", agentType="main_signatory")
            _write.add(agent, "name", signature.name)
            _write.add(agent, "role", signature.role)
    _date(entry, "received", record)
    signatures = _write.add(entry, "eSignatures")
    for signature in record.signatures:
        moment = instant(signature.signed_at)
        _write.add(
            signatures, "eSignature", present="true", dateeSignatureIsVerified=moment
        )
    added = _write.add(entry, "additionalInformation")
    for path, file in files:
        _write.add(
            added, "appendix", name=file.name, path=path, fileFormat=file.media_type
        )


def _classification(parent: etree._Element, record: ArchiveRecord) -> None:
    _write.add(
        parent,
        "classification",
        f"{record.classification_scheme} {record.classification}".strip(),
        classificationCode=record.classification,
    )


def _restriction(parent: etree._Element, record: ArchiveRecord) -> None:
    kinds = (("confidential", record.secrecy), ("gdpr", record.legal_basis))
    for kind, regulation in kinds:
        if regulation:
            restriction = _write.add(parent, "restriction", restrictionType=kind)
            _write.add(restriction, "regulation", regulation)


def _disposal(parent: etree._Element, record: ArchiveRecord) -> None:
    """Write the rule; ERMS wants a date, and without one the rule says it all."""
    rule, end = record.retention, record.dispose_after
    disposal = _write.add(
        parent, "disposal", disposable="false" if rule.preserve else "true"
    )
    _write.add(disposal, "disposalAction", "bevaras" if rule.preserve else "gallras")
    if rule.keep:
        _write.add(disposal, "disposalPeriod", rule.keep)
    if rule.decision:
        _write.add(disposal, "disposalMandate", rule.decision)
    if not rule.preserve:
        _write.add(disposal, "disposalDescription", f"räknas från {rule.start}")
    dates = _write.add(disposal, "dates")
    kind, moment = (
        ("retention_period_end", f"{end.isoformat()}T00:00:00Z")
        if end
        else ("retention_period_start", instant(record.arrived_at))
    )
    _write.add(dates, "disposalDate", moment, dateType=kind)


def _agent(parent: etree._Element, kind: str, organisation: Organisation) -> None:
    agent = _write.add(parent, "agent", agentType=kind)
    _write.add(agent, "name", organisation.name)


def _date(parent: etree._Element, kind: str, record: ArchiveRecord) -> None:
    dates = _write.add(parent, "dates")
    _write.add(dates, "date", instant(record.arrived_at), dateType=kind)
