"""What an archive record says of one accepted version."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from archive.metadata import about_of
from archive.record import (
    DECLINED,
    SENT,
    SIGNED,
    About,
    ArchiveRecord,
    Organisation,
    SignatureEvidence,
    upload_name,
)
from formbuilder.database import cases, consents, units
from formbuilder.database.cases import CaseRow
from formbuilder.database.connection import TenantConnection
from formbuilder.database.signatures import SignatureRow
from formbuilder.database.units import UnitRow
from formbuilder.identity.provider import Evidence
from formbuilder.services.casebook import open_choice, open_unit
from formbuilder.services.content import UnitContent, read_json
from formbuilder.services.files import Files
from formbuilder.services.forms import Forms
from formbuilder.services.replacing import replaced_record
from formbuilder.services.retaining import consent_ends, last_day
from formbuilder.services.tools import Tools
from schemas.canonical import canonical
from schemas.compiling import CompiledForm
from schemas.definition import ArchiveRule, Json, LegalBasis, Retention
from schemas.file_references import file_answers
from schemas.representation import Representation
from schemas.signed_answers import signed_answers
from schemas.units import Unit, units_of


class RecordMaking:
    """Gathers answers, evidence, files and rules of a version."""

    def __init__(self, tools: Tools, forms: Forms, files: Files) -> None:
        self._tools = tools
        self._forms = forms
        self._files = files

    def record(
        self,
        tenant: str,
        case: CaseRow,
        row: UnitRow,
        signed: Iterable[tuple[SignatureRow, str]],
    ) -> ArchiveRecord:
        """Return the record of a version that has arrived.

        Raises:
            EarlierFirst: the version before it has no record yet.
        """
        with self._tools.database.read(tenant) as tc:
            replaced = replaced_record(tc, row)
        made = replace(self._made(tenant, case, row, signed), replaces=replaced)
        with self._tools.database.read(tenant) as tc:
            return replace(made, dispose_after=self.last_day(tc, made, row.id))

    def _made(
        self,
        tenant: str,
        case: CaseRow,
        row: UnitRow,
        signed: Iterable[tuple[SignatureRow, str]],
    ) -> ArchiveRecord:
        form = self._forms.at(tenant, case.form_id, case.version)
        content = open_unit(self._tools, tenant, row)
        unit = _unit(form, row)
        section = form.definition.section(row.section)
        rule = section.archive or _NO_RULE
        about = about_of(content.about) if content.about else About()
        arrived_at = row.accepted_at or row.created_at
        controller = self._controller(tenant, section.controller)
        return ArchiveRecord(
            id=self._tools.new_id(),
            tenant=tenant,
            municipality=self._municipality(tenant),
            controller=controller,
            creator=controller,
            form_id=form.definition.id,
            form_title=form.definition.title,
            form_version=form.definition.version,
            form_document=canonical(form.definition.document),
            section=row.section,
            part=row.part,
            title=unit.title,
            version=row.version,
            case_reference=case.reference or "",
            diary_number=row.diary_number or "",
            arrived_at=arrived_at,
            made_at=self._tools.clock(),
            record_type=rule.record_type,
            classification=rule.classification,
            retention=unit.retention or rule.retention,
            about=about,
            code_lists=content.offered,
            secrecy=section.secrecy,
            purpose=section.purpose,
            legal_basis=_basis(section.legal_basis),
            is_test=self._tools.is_test,
            answers=canonical(signed_answers(content.header, content.answers)),
            signatures=tuple(
                self._evidence(tenant, signature, word, content)
                for signature, word in signed
            ),
            files=self._uploaded(tenant, row, form, content),
        )

    def _evidence(
        self, tenant: str, row: SignatureRow, word: str, content: UnitContent
    ) -> SignatureEvidence:
        found = read_json(
            self._tools.keyring.open("evidence", tenant, row.id, row.evidence_sealed)
        )
        proof = Evidence.from_json(found["evidence"]) if found["evidence"] else None
        return SignatureEvidence(
            name=found["name"],
            personal_number=found["personal_number"],
            signed_at=row.signed_at,
            method="BankID" if proof else "Inloggad",
            role=_role(content.about, found["personal_number"]),
            decision=_decision(word, is_signed=proof is not None),
            signature=proof.signature_xml if proof else b"",
            ocsp=proof.ocsp if proof else b"",
            visible_text=found["visible_text"],
            language=found["language"],
            manifest=row.manifest.encode(),
            salt=content.salt,
        )

    def _uploaded(
        self, tenant: str, row: UnitRow, form: CompiledForm, content: UnitContent
    ) -> tuple[Representation, ...]:
        """Return the files the answers name; their own names may name people."""
        named = {f.reference: f.pointer for f in file_answers(form, content.answers)}
        answers = [(pointer, reference) for reference, pointer in named.items()]
        found = self._files.find(tenant, row.case_id, answers, row.sealed_to)
        return tuple(
            Representation(
                name=upload_name(number, f"{upload.sha256[:12]}{upload.ending}"),
                media_type=upload.media_type,
                content=b"".join(self._files.read(tenant, upload)),
            )
            for number, upload in enumerate(found, start=1)
        )

    def last_day(
        self, tc: TenantConnection, record: ArchiveRecord, unit_id: str
    ) -> date | None:
        """Return the last day a record must be kept, as far as it is known now."""
        row = units.get(tc, unit_id)
        case = cases.get(tc, row.case_id) if row else None
        if row is None or case is None:
            return None
        form = self._forms.at(tc.tenant, record.form_id, record.form_version)
        choices = [
            open_choice(self._tools, tc.tenant, said)
            for said in consents.of_case(tc, case.id)
        ]
        return last_day(
            record.retention,
            arrived_at=record.arrived_at,
            replaced_at=row.replaced_at,
            closed_at=row.closed_at,
            consent_ends=consent_ends(_unit(form, row), row.owner, choices),
            about=record.about,
        )

    def _municipality(self, tenant: str) -> Organisation:
        found = self._tools.directories[tenant].municipality
        return Organisation(
            key=found.key, name=found.name, number=found.organisation_number
        )

    def _controller(self, tenant: str, key: str) -> Organisation:
        directory = self._tools.directories[tenant]
        found = directory.controllers.get(key)
        number = directory.municipality.organisation_number
        return Organisation(key=key, name=found.name if found else key, number=number)


_NO_RULE: Final = ArchiveRule(
    record_type="",
    classification="",
    retention=Retention(preserve=True),
)
"""Nothing is disposed of without a decision."""


def _unit(form: CompiledForm, row: UnitRow) -> Unit:
    found = (u for u in units_of(form.definition) if u.key == (row.section, row.part))
    unit = next(found, None)
    if unit is None:
        section = form.definition.section(row.section)
        return Unit(section=row.section, part=row.part, title=section.title, fields=())
    section_title = form.definition.section(row.section).title
    if row.part and unit.title != section_title:
        return replace(unit, title=f"{section_title}: {unit.title}")
    return unit


def _basis(found: LegalBasis | None) -> str:
    if found is None:
        return ""
    return "; ".join(p for p in (found.gdpr, found.special, found.national) if p)


def _role(about: Json, personal_number: str) -> str:
    guardians = about.get("guardians", ()) if about else ()
    is_one = any(g["personal_number"] == personal_number for g in guardians)
    return "Vårdnadshavare" if is_one else ""


def _decision(word: str, *, is_signed: bool) -> str:
    if word == "declined":
        return DECLINED
    return SIGNED if is_signed else SENT
