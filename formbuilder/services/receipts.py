"""Receipts: what came in when, under which number, and what still waits for whom.

- `Receipts.view(session, case_id) -> Receipt`
- `Receipts.pdf(session, case_id, language) -> Representation`: with the answers the
  reader may see, the shared ones and their own; in Swedish, the reader's language
  beside it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from formbuilder.services.audiences import titles_of
from formbuilder.services.casebook import CaseFile
from formbuilder.services.reading import Reading, names
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from renderers.document import DocumentInput, Row, Signer
from renderers.documents import document
from renderers.summary import answered, unshown
from schemas.acceptance import Version, standing
from schemas.catalogue import SOURCE_LANGUAGE, text
from schemas.compiling import CompiledForm
from schemas.offering import is_change, mine, shown
from schemas.people import Family
from schemas.representation import Representation
from schemas.titles import form_text, unit_text
from schemas.units import combine


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptUnit:
    """One section or part of a receipt; without `arrived_at` it waits."""

    section: str
    part: str
    title: str
    arrived_at: datetime | None
    diary_number: str
    controller: str
    waits_for: tuple[str, ...]
    receivers: tuple[str, ...]
    is_change: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a person has sent and what became of it."""

    case_id: str
    reference: str
    form_id: str
    form_title: str
    form_version: str
    signed_at: datetime
    units: tuple[ReceiptUnit, ...]
    child_name: str
    is_complete: bool


class Receipts:
    """Makes receipts of cases."""

    def __init__(self, tools: Tools, reading: Reading) -> None:
        self._tools = tools
        self._reading = reading

    def view(
        self,
        session: Session,
        case_id: str,
        language: str = "sv",
        *,
        family: Family | None = None,
    ) -> Receipt:
        """Return the receipt of a case as this person may see it.

        `family` is who decides, if the register was asked just now.
        """
        case, form = self._reading.case(session, case_id, family)
        return self.receipt(session, case, form, language)

    def receipt(
        self,
        session: Session,
        case: CaseFile,
        form: CompiledForm,
        language: str = "sv",
    ) -> Receipt:
        """Return the receipt of a case that is already open."""
        units = tuple(
            self._unit(session, case, form, version, language)
            for version in shown(case.state, session.person_key)
        )
        mine_signed = [
            s.signed_at for s in case.signatures if s.person_key == session.person_key
        ]
        child = case.state.family.child
        return Receipt(
            case_id=case.row.id,
            reference=case.row.reference or "",
            form_id=form.definition.id,
            form_title=form_text(form.definition, "title", language),
            form_version=form.definition.version,
            signed_at=max(mine_signed, default=case.row.created_at),
            units=units,
            child_name=child.given_name if child else "",
            is_complete=all(unit.arrived_at for unit in units),
        )

    def pdf(
        self, session: Session, case_id: str, language: str = SOURCE_LANGUAGE
    ) -> Representation:
        """Return the receipt as an accessible PDF; the Swedish in it counts."""
        case, form = self._reading.case(session, case_id)
        made = self._document(session, case, form, SOURCE_LANGUAGE)
        if language != SOURCE_LANGUAGE:
            beside = self._document(session, case, form, language)
            made = replace(
                made,
                introduction=_counts(SOURCE_LANGUAGE),
                beside=replace(beside, introduction=_counts(language)),
            )
        return document("pdf").render(made)

    def _document(
        self, session: Session, case: CaseFile, form: CompiledForm, language: str
    ) -> DocumentInput:
        receipt = self.receipt(session, case, form, language)
        versions = mine(case.state, session.person_key)
        answers = combine([case.header, *(v.answers or {} for v in versions.values())])
        directory = self._tools.directories[session.tenant]
        return DocumentInput(
            id=f"{case.row.id}/{case.token}",
            name=f"kvitto-{receipt.reference}",
            title=text("Kvitto: {title}", language, title=receipt.form_title),
            language=language,
            made_at=receipt.signed_at,
            municipality=directory.municipality.name,
            case_reference=receipt.reference,
            arrived_at=max(
                (u.arrived_at for u in receipt.units if u.arrived_at), default=None
            ),
            rows=(
                *_status_rows(receipt, language),
                *unshown(
                    form,
                    answered(
                        form,
                        answers,
                        language=language,
                        holds=lambda p: not p.startswith("/facts"),
                        offered=case.offered_to(session.person_key),
                    ),
                    language,
                ),
            ),
            signers=tuple(_signers(case)),
            declaration=form_text(form.definition, "declaration", language),
        )

    def _unit(
        self,
        session: Session,
        case: CaseFile,
        form: CompiledForm,
        version: Version,
        language: str,
    ) -> ReceiptUnit:
        unit = case.state.units[version.key]
        directory = self._tools.directories[session.tenant]
        controller = directory.controllers.get(unit.controller)
        waits_for = (
            () if version.accepted_at else standing(case.state, version).waits_for
        )
        return ReceiptUnit(
            section=unit.section,
            part=unit.part,
            title=unit_text(form.definition, unit.section, unit.part, language),
            arrived_at=version.accepted_at,
            diary_number=version.diary_number,
            controller=controller.name_in(language) if controller else "",
            waits_for=names(case.state.family, waits_for, session.person_key),
            receivers=titles_of(form, unit, directory, language),
            is_change=is_change(case.state, version),
        )


def _counts(language: str) -> str:
    return text(
        "Kvittot står på svenska och på språket du läste på. Den svenska texten gäller.",
        language,
    )


def _status_rows(receipt: Receipt, language: str) -> list[Row]:
    heading = text("Det här har hänt", language)
    return [
        Row(label=unit.title, value=_status(unit, language), section=heading)
        for unit in receipt.units
    ]


def _status(unit: ReceiptUnit, language: str) -> str:
    if unit.arrived_at is not None:
        return text(
            "Inkommet till {controller}, {number}",
            language,
            controller=unit.controller,
            number=unit.diary_number,
        )
    who = ", ".join(unit.waits_for)
    if not who:
        return text("Väntar på en underskrift till", language)
    if unit.is_change:
        return text("Ändringen väntar på {who}", language, who=who)
    return text("Väntar på {who}", language, who=who)


def _signers(case: CaseFile) -> list[Signer]:
    """Return the guardians who signed with an eID, by the name the register has."""
    found = []
    for signature in case.signatures:
        person = case.state.family.guardian(signature.person_key)
        if person is not None and signature.manifest:
            found.append(Signer(name=person.name, signed_at=signature.signed_at))
    return found
