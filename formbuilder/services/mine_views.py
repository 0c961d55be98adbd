"""What a person's own pages show, as frozen values computed from the case."""

from dataclasses import dataclass
from datetime import datetime

from formbuilder.services.casebook import CaseFile
from formbuilder.services.drafts import DraftSummary
from formbuilder.services.reading import names
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.acceptance import Version, standing, wanted_from
from schemas.compiling import CompiledForm
from schemas.consent import is_given, latest
from schemas.definition import Json
from schemas.offered import Offered
from schemas.offering import is_change, shown
from schemas.titles import form_text, unit_text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCard:
    """One section or part: `waiting`, `received`, `declined` or `replaced`.

    A change waits beside what it would change, which counts until then.
    """

    unit_id: str
    section: str
    part: str
    title: str
    version: int
    status: str
    arrived_at: datetime | None
    diary_number: str
    waits_for: tuple[str, ...]
    is_change: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCard:
    """One consent: whether I say yes now or did until it ended, and what holds for all."""

    purpose: str
    pointer: str
    title: str
    mine: bool
    has_ended: bool
    state: bool
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """A case in a list; its status is computed, never stored."""

    case_id: str
    reference: str
    form_id: str
    form_version: str
    title: str
    subject_key: str
    child_name: str
    opened_at: datetime
    status: str
    units: tuple[UnitCard, ...]
    consents: tuple[ConsentCard, ...]
    can_sign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswers:
    """The answers of one version; none when they are sealed to their department.

    `offered` are the code lists they were chosen from, as they were then.
    """

    unit_id: str
    section: str
    part: str
    title: str
    answers: Json
    is_sealed: bool
    is_own: bool
    offered: tuple[Offered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case with the answers its reader may see."""

    card: CaseCard
    form: CompiledForm
    units: tuple[UnitAnswers, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """What somebody is asked to sign, and the pages that are theirs to answer."""

    case_id: str
    form: CompiledForm
    subject_key: str
    units: tuple[UnitAnswers, ...]
    own_pages: tuple[str, ...]
    draft_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A case that waits for its reader."""

    case_id: str
    title: str
    child_name: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything of one person's."""

    cases: tuple[CaseCard, ...]
    drafts: tuple[DraftSummary, ...]
    waiting: tuple[Waiting, ...]


def case_card(
    tools: Tools,
    session: Session,
    case: CaseFile,
    form: CompiledForm,
    language: str = "sv",
) -> CaseCard:
    """Return a case as its reader may see it in a list."""
    units = tuple(
        _unit_card(session, case, form, version, language)
        for version in shown(case.state, session.person_key)
    )
    child = case.state.family.child
    return CaseCard(
        case_id=case.row.id,
        reference=case.row.reference or "",
        form_id=form.definition.id,
        form_version=form.definition.version,
        title=form_text(form.definition, "title", language),
        subject_key=case.row.subject_key,
        child_name=child.given_name if child else "",
        opened_at=case.row.created_at,
        status=_status(case, units),
        units=units,
        consents=_consents(tools, session, case, form, language),
        can_sign=bool(wanted_from(case.state, session.person_key)),
    )


def unit_answers_of(
    case: CaseFile, form: CompiledForm, version: Version, language: str = "sv"
) -> UnitAnswers:
    """Return a version with its answers."""
    unit = case.state.units[version.key]
    return UnitAnswers(
        unit_id=version.id,
        section=unit.section,
        part=unit.part,
        title=unit_text(form.definition, unit.section, unit.part, language),
        answers=version.answers if version.answers is not None else {},
        is_sealed=version.answers is None,
        is_own=unit.is_own,
        offered=case.offered.get(version.id, ()),
    )


def _unit_card(
    session: Session,
    case: CaseFile,
    form: CompiledForm,
    version: Version,
    language: str,
) -> UnitCard:
    unit = case.state.units[version.key]
    waits_for = standing(case.state, version).waits_for if version.is_waiting else ()
    return UnitCard(
        unit_id=version.id,
        section=unit.section,
        part=unit.part,
        title=unit_text(form.definition, unit.section, unit.part, language),
        version=version.number,
        status=_unit_status(version),
        arrived_at=version.accepted_at,
        diary_number=version.diary_number,
        waits_for=names(case.state.family, waits_for, session.person_key),
        is_change=is_change(case.state, version),
    )


def _unit_status(version: Version) -> str:
    if version.declined_at:
        return "declined"
    if version.replaced_at:
        return "replaced"
    return "received" if version.accepted_at else "waiting"


def _status(case: CaseFile, units: tuple[UnitCard, ...]) -> str:
    """Return `closed`, `waiting_cosign`, `received` or, with nothing left, `declined`."""
    if case.row.closed_at is not None:
        return "closed"
    if any(unit.status == "waiting" for unit in units):
        return "waiting_cosign"
    return "received" if units else "declined"


def _consents(
    tools: Tools,
    session: Session,
    case: CaseFile,
    form: CompiledForm,
    language: str,
) -> tuple[ConsentCard, ...]:
    now, state = tools.clock(), case.state
    found = []
    for unit in state.units.values():
        for pointer, purpose in unit.consents.items():
            said = latest(state.choices, purpose, session.person_key)
            if said is None:
                continue
            question = form.questions.get(pointer)
            found.append(
                ConsentCard(
                    purpose=purpose,
                    pointer=pointer,
                    title=question.title_in(language) if question else purpose,
                    mine=said.is_yes(now),
                    has_ended=said.value and not said.is_yes(now),
                    state=is_given(state.choices, purpose, state.family.keys, now),
                    until=said.until,
                )
            )
    return tuple(found)
