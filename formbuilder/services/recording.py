"""The one transaction of a signature: everything that follows, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive.metadata import written_about
from formbuilder.audit import Event
from formbuilder.database import (
    cases,
    consents,
    drafts,
    orders,
    signatures,
    streams,
    units,
    uploads,
)
from formbuilder.database.cases import CaseRow
from formbuilder.database.connection import TenantConnection
from formbuilder.database.consents import ConsentRow
from formbuilder.database.orders import OrderRow
from formbuilder.database.signatures import SignatureRow
from formbuilder.database.units import UnitRow
from formbuilder.database.uploads import UploadRow
from formbuilder.services import retaining
from formbuilder.services.auditing import record
from formbuilder.services.casebook import NO, YES, seal_unit
from formbuilder.services.content import HeaderContent, UnitContent
from formbuilder.services.deciding import Decision
from formbuilder.services.diary_numbers import DiaryNumbers
from formbuilder.services.files_kept import files_kept
from formbuilder.services.ordering import archive_orders, delivery_orders
from formbuilder.services.subjects import about
from formbuilder.services.tools import Tools
from schemas.acceptance import Version
from schemas.compiling import CompiledForm
from schemas.consent import Choice
from schemas.definition import Json
from schemas.offered import Offered
from schemas.projection import receivers
from schemas.signed_answers import header_of


class CaseMoved(Exception):  # noqa: N818 - what happened, not a fault
    """Somebody else's signature came between reading the case and storing ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act in a case with all that follows, ready to be stored.

    `case` is the row of a new case, `token` the state of an existing one. `salts`,
    `digests` and `offered` are those of the new versions. `signature` is None when nobody
    signed with an eID: a withdrawal, or a form that needs no signature.
    """

    tenant: str
    form: CompiledForm
    case_id: str
    case: CaseRow | None
    token: str
    header: Json
    decision: Decision
    signer: str
    signature: SignatureRow
    said: Mapping[str, str]
    salts: Mapping[str, str]
    digests: Mapping[str, str]
    offered: Mapping[str, tuple[Offered, ...]]
    subject_key: str = ""
    draft_id: str = ""
    event: Event = Event.SIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An act with everything sealed and numbered outside the transaction."""

    act: Act
    header_sealed: bytes
    unit_rows: tuple[UnitRow, ...]
    consent_rows: tuple[ConsentRow, ...]
    stream_ids: Mapping[str, str]
    order_rows: tuple[OrderRow, ...]
    upload_rows: tuple[UploadRow, ...]


def prepare(tools: Tools, act: Act) -> Prepared:
    """Seal all content, so that the transaction only stores rows."""
    stream_ids = {
        change.receiver: change.stream.id if change.stream else tools.new_id()
        for change in act.decision.changes
    }
    return Prepared(
        act=act,
        header_sealed=seal_header(tools, act),
        unit_rows=tuple(_unit_rows(tools, act)),
        consent_rows=tuple(
            _consent_row(tools, act, choice)
            for choice in act.decision.acceptance.choices
        ),
        stream_ids=stream_ids,
        order_rows=(
            *delivery_orders(
                tools,
                act.tenant,
                act.form,
                act.case_id,
                changes=act.decision.changes,
                payloads=act.decision.payloads,
                stream_ids=stream_ids,
                now=act.decision.now,
            ),
            *archive_orders(
                tools, act.case_id, act.decision.acceptance, act.decision.now
            ),
        ),
        upload_rows=_upload_rows(tools, act),
    )


def seal_header(tools: Tools, act: Act) -> bytes:
    """Seal what the case's sections share, with the number of the child."""
    child = act.decision.acceptance.state.family.child
    content = HeaderContent(
        answers=act.header, child=child.personal_number if child else ""
    )
    return tools.keyring.seal("cases", act.tenant, act.case_id, content.to_bytes())


def store(tools: Tools, prepared: Prepared, tc: TenantConnection) -> None:
    """Store the act within a transaction.

    Raises:
        CaseMoved: the case is no longer as it was read; nothing is stored.
    """
    act = prepared.act
    _case(tc, prepared)
    signatures.insert(tc, act.signature)
    for row in prepared.unit_rows:
        units.insert(tc, row)
    for unit_id, decision in act.said.items():
        units.decide(
            tc, unit_id=unit_id, signature_id=act.signature.id, decision=decision
        )
    _moves(tools, tc, act)
    for consent in prepared.consent_rows:
        consents.insert(tc, consent)
    retaining.renew(tc, act.case_id, act.decision.acceptance.state)
    _streams(tc, prepared)
    orders.insert_many(tc, prepared.order_rows)
    for upload in prepared.upload_rows:
        if not uploads.keep(tc, upload, owner_id=act.draft_id):
            raise CaseMoved  # taken away in another tab
    if act.draft_id:
        drafts.mark_sent(tc, act.draft_id, act.case_id, act.decision.now)
    record(
        tools,
        tc,
        act.event,
        actor=act.signer,
        about=act.case_id,
        signature=act.signature.id,
        accepted=",".join(act.decision.acceptance.accepted),
    )


def _case(tc: TenantConnection, prepared: Prepared) -> None:
    act = prepared.act
    if act.case is not None:
        subject = act.case.subject_key
        if subject and cases.open_about(tc, act.case.form_id, subject) is not None:
            raise CaseMoved
        cases.insert(tc, replace(act.case, header_sealed=prepared.header_sealed))
        return
    version = act.form.definition.version
    held = cases.touch(
        tc, act.case_id, version=version, header_sealed=prepared.header_sealed
    )
    if not held or cases.state_token(tc, act.case_id) != act.token:
        raise CaseMoved
    if act.decision.acceptance.new:
        cases.reopen(tc, act.case_id)


def _moves(tools: Tools, tc: TenantConnection, act: Act) -> None:
    """Mark what arrived, was turned down or was replaced."""
    acceptance, now = act.decision.acceptance, act.decision.now
    numbers = DiaryNumbers(tools.directories[act.tenant], tc, acceptance.state, now)
    for unit_id in acceptance.accepted:
        version = acceptance.version(unit_id)
        number = numbers.number(
            act.decision.acceptance.state.units[version.key].controller
        )
        units.mark_accepted(tc, unit_id, at=now, diary_number=number)
    for unit_id in acceptance.declined:
        units.mark_declined(tc, unit_id, now)
    new = frozenset(acceptance.new)
    for unit_id in acceptance.replaced:
        units.mark_replaced(tc, unit_id, now)
    for version in acceptance.state.versions:
        # A new version may be replaced by the next one of the same signature.
        if version.id in new and version.replaced_at:
            units.mark_replaced(tc, version.id, now)


def _streams(tc: TenantConnection, prepared: Prepared) -> None:
    act = prepared.act
    departments = {r.id: r.department for r in receivers(act.form)}
    for change in act.decision.changes:
        streams.save(
            tc,
            change,
            stream_id=prepared.stream_ids[change.receiver],
            case_id=act.case_id,
            department=departments[change.receiver],
            now=act.decision.now,
        )


def _upload_rows(tools: Tools, act: Act) -> tuple[UploadRow, ...]:
    acceptance = act.decision.acceptance
    return files_kept(
        tools,
        act.tenant,
        act.form,
        act.draft_id,
        case_id=act.case_id,
        versions=[acceptance.version(unit_id) for unit_id in acceptance.new],
    )


def _unit_rows(tools: Tools, act: Act) -> list[UnitRow]:
    acceptance = act.decision.acceptance
    return [
        _unit_row(tools, act, acceptance.version(unit_id)) for unit_id in acceptance.new
    ]


def _unit_row(tools: Tools, act: Act, version: Version) -> UnitRow:
    acceptance, directory = act.decision.acceptance, tools.directories[act.tenant]
    content = UnitContent(
        answers=version.answers,
        salt=act.salts[version.id],
        header=header_of(act.form, version.section, act.header),
        about=written_about(about(acceptance.state.family, directory)),
        offered=act.offered[version.id],
    )
    return UnitRow(
        id=version.id,
        case_id=act.case_id,
        section=version.section,
        part=version.part,
        owner=version.owner,
        version=version.number,
        content_sealed=seal_unit(
            tools, act.tenant, version.id, version.sealed_to, content
        ),
        sealed_to=version.sealed_to,
        digest=act.digests[version.id],
        created_at=version.created_at,
    )


def _consent_row(tools: Tools, act: Act, choice: Choice) -> ConsentRow:
    consent_id = tools.new_id()
    return ConsentRow(
        id=consent_id,
        case_id=act.case_id,
        subject_key=act.subject_key,
        purpose=choice.purpose,
        person_key=choice.person,
        value_sealed=tools.keyring.seal(
            "cases", act.tenant, consent_id, YES if choice.value else NO
        ),
        at=choice.at,
        until=choice.until,
    )
