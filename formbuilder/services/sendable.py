"""Whether a draft may be sent as it stands beside its case."""

from collections.abc import Mapping, Sequence

from formbuilder.services.audiences import sealed_sections
from formbuilder.services.casebook import CaseFile
from formbuilder.services.drafts import Draft
from formbuilder.services.file_answers import file_faults
from formbuilder.services.files import Files
from formbuilder.services.tools import Tools
from schemas.acceptance import CaseState, Offer
from schemas.code_words import was_chosen_before
from schemas.compiling import CompiledForm
from schemas.faults import OPTIONS, Fault
from schemas.following import question_at
from schemas.offered import Offered
from schemas.offering import fingerprint, has_answers, mine
from schemas.people import Family
from schemas.pointers import covers, get
from schemas.policies import quorum
from schemas.units import unit_answers, units_of


def case_state(draft: Draft, case: CaseFile | None) -> CaseState:
    """Return the state of the draft's case, an empty one if it has none."""
    if case is not None:
        return case.state
    known = {unit.key: unit for unit in units_of(draft.form.definition)}
    return CaseState(units=known, family=draft.family)


def base_of(state: CaseState, person: str) -> Mapping[tuple[str, str, str], str]:
    """Return the fingerprints a draft of this person begins with now."""
    return {
        place: fingerprint(version.answers)
        for place, version in mine(state, person).items()
        if version.answers is not None
    }


def standing_faults(
    tools: Tools,
    tenant: str,
    draft: Draft,
    state: CaseState,
    offered: Sequence[Offered],
) -> tuple[Fault, ...]:
    """Return what keeps the draft from being sent.

    A sealed section that was sent before and not answered again stays as it is:
    nobody here can show it to be repeated. So does what was chosen from code lists
    as they were `offered` before, and is offered no more.
    """
    kept = kept_sections(tools, tenant, draft, state)
    unread = file_faults(Files(tools), tenant, draft)
    half = (Fault(pointer=pointer, code="half-typed") for pointer in draft.half_typed)
    return tuple(
        fault
        for fault in (*half, *draft.found, *unread)
        if not any(covers(pointer, fault.pointer) for pointer in kept)
        and not _is_of_another_day(draft, fault, offered)
    )


def _is_of_another_day(draft: Draft, fault: Fault, offered: Sequence[Offered]) -> bool:
    """Tell whether a fault is a choice that was offered when it was made."""
    asked = draft.settled.asked
    above = fault.pointer.rpartition("/")[0]  # a place of a ranked choice
    question = question_at(asked, fault.pointer) or asked.get(above)
    if question is None or fault.code not in OPTIONS:
        return False
    answer = get(draft.settled.answers, fault.pointer)
    return was_chosen_before(question, answer, offered)


def kept_sections(
    tools: Tools, tenant: str, draft: Draft, state: CaseState
) -> tuple[str, ...]:
    """Return the fields of sealed sections that count already and are left alone."""
    sealed = sealed_sections(draft.form, tools.directories[tenant])
    arrived = {v.section for v in state.versions if v.is_current}
    answered = {
        unit.section
        for unit in state.units.values()
        if has_answers(unit_answers(unit, draft.settled.answers))
    }
    return tuple(
        field
        for unit in state.units.values()
        if unit.section in sealed
        and unit.section in arrived
        and unit.section not in answered
        for field in unit.fields
    )


def needs_signature(
    form: CompiledForm, family: Family, offers: tuple[Offer, ...]
) -> bool:
    """Tell whether anything offered must be signed by anybody."""
    known = {unit.key: unit for unit in units_of(form.definition)}
    return any(
        quorum(known[o.section, o.part], family, owner=o.owner).people for o in offers
    )
