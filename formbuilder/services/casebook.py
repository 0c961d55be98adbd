"""A case as it is now, read in one transaction and opened outside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from formbuilder.database import cases, consents, signatures, streams, units
from formbuilder.database.cases import CaseRow
from formbuilder.database.connection import TenantConnection
from formbuilder.database.consents import ConsentRow
from formbuilder.database.signatures import SignatureRow
from formbuilder.database.units import UnitRow
from formbuilder.services import content
from formbuilder.services.tools import Tools
from schemas.acceptance import CaseState, Version
from schemas.consent import Choice
from schemas.definition import FormDefinition, Json
from schemas.offered import Offered
from schemas.offering import mine
from schemas.people import Family
from schemas.snapshots import Stream
from schemas.units import units_of

YES, NO = b"yes", b"no"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case with everything in it; `token` changes whenever anything does."""

    row: CaseRow
    state: CaseState
    header: Json
    rows: Mapping[str, UnitRow] = field(default_factory=dict)
    salts: Mapping[str, str] = field(default_factory=dict)
    offered: Mapping[str, tuple[Offered, ...]] = field(default_factory=dict)
    signatures: tuple[SignatureRow, ...] = ()
    streams: Mapping[str, Stream] = field(default_factory=dict)
    token: str = ""

    def offered_to(self, person: str) -> tuple[Offered, ...]:
        """Return the code lists behind the newest of everything this person answers."""
        versions = mine(self.state, person).values()
        return tuple(one for v in versions for one in self.offered.get(v.id, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    row: CaseRow
    units: tuple[UnitRow, ...]
    decisions: Mapping[str, list[tuple[str, str]]]
    signatures: tuple[SignatureRow, ...]
    consents: tuple[ConsentRow, ...]
    streams: Mapping[str, Stream]
    token: str


def load(
    tools: Tools,
    tenant: str,
    case_id: str,
    definition: FormDefinition,
    family: Family,
    *,
    opening: Iterable[str] = (),
) -> CaseFile | None:
    """Return the case as this form version and family see it.

    What is sealed to a department stays closed, unless it is one of `opening`.
    """
    with tools.database.read(tenant) as tc:
        found = _read(tc, case_id)
    if found is None:
        return None
    opened = {
        row.id: open_unit(tools, tenant, row)
        for row in found.units
        if not row.sealed_to or row.sealed_to in opening
    }
    known = {unit.key: unit for unit in units_of(definition)}
    state = CaseState(
        units=known,
        family=family,
        versions=tuple(
            _version(found, row, opened.get(row.id))
            for row in found.units
            # A unit that this version of the form no longer has stays as it is.
            if (row.section, row.part) in known
        ),
        choices=tuple(open_choice(tools, tenant, row) for row in found.consents),
    )
    return CaseFile(
        row=found.row,
        state=state,
        header=content.read_header(
            tools.keyring.open("cases", tenant, case_id, found.row.header_sealed)
        ).answers,
        rows={row.id: row for row in found.units},
        salts={key: unit.salt for key, unit in opened.items()},
        offered={key: unit.offered for key, unit in opened.items()},
        signatures=found.signatures,
        streams=found.streams,
        token=found.token,
    )


def open_unit(tools: Tools, tenant: str, row: UnitRow) -> content.UnitContent:
    """Open one version's content, with the department's key if it was sealed to one."""
    if row.sealed_to:
        plain = tools.keyring.department_open(tenant, row.sealed_to, row.content_sealed)
        return content.read_unit(plain)
    return content.read_unit(
        tools.keyring.open("units", tenant, row.id, row.content_sealed)
    )


def seal_unit(
    tools: Tools, tenant: str, unit_id: str, sealed_to: str, unit: content.UnitContent
) -> bytes:
    """Seal one version's content: under our key, or to one department's alone."""
    if sealed_to:
        return tools.keyring.department_seal(tenant, sealed_to, unit.to_bytes())
    return tools.keyring.seal("units", tenant, unit_id, unit.to_bytes())


def _read(tc: TenantConnection, case_id: str) -> _Read | None:
    row = cases.get(tc, case_id)
    if row is None:
        return None
    found = units.of_case(tc, case_id)
    return _Read(
        row=row,
        units=found,
        decisions=units.decisions(tc, tuple(unit.id for unit in found)),
        signatures=signatures.of_case(tc, case_id),
        consents=consents.of_case(tc, case_id),
        streams=streams.of_case(tc, case_id),
        token=cases.state_token(tc, case_id),
    )


def _version(found: _Read, row: UnitRow, opened: content.UnitContent | None) -> Version:
    people = {s.id: s.person_key for s in found.signatures}
    said = {"signed": set[str](), "declined": set[str]()}
    for signature_id, decision in found.decisions[row.id]:
        said[decision].add(people[signature_id])
    return Version(
        id=row.id,
        section=row.section,
        part=row.part,
        owner=row.owner,
        number=row.version,
        answers=opened.answers if opened else None,
        sealed_to=row.sealed_to,
        created_at=row.created_at,
        accepted_at=row.accepted_at,
        declined_at=row.declined_at,
        replaced_at=row.replaced_at,
        diary_number=row.diary_number or "",
        signed=frozenset(said["signed"]),
        declined=frozenset(said["declined"]),
    )


def open_choice(tools: Tools, tenant: str, row: ConsentRow) -> Choice:
    """Open what somebody said about a purpose."""
    word = tools.keyring.open("cases", tenant, row.id, row.value_sealed)
    return Choice(
        purpose=row.purpose,
        person=row.person_key,
        value=word == YES,
        at=row.at,
        until=row.until,
    )
