"""What a person has said before in the same form, to fill in a new draft with.

Of the last case about the same it is everything they may see. Of other cases, such as
a sibling's, it is what they answered for themselves alone: no child's answers ever
stand in another child's form.
"""

from collections.abc import Mapping

from formbuilder.database import cases, units
from formbuilder.database.cases import CaseRow
from formbuilder.database.connection import TenantConnection
from formbuilder.services import casebook
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.offering import mine
from schemas.people import Family
from schemas.units import units_of

Key = tuple[str, str]


def earlier_answers(
    tools: Tools, session: Session, form: CompiledForm, family: Family, subject: str
) -> Mapping[Key, Json]:
    """Return the person's latest answers by section and part."""
    return {
        **_own(tools, session, form),
        **_of_last_case(tools, session, form, family, subject),
    }


def _own(tools: Tools, session: Session, form: CompiledForm) -> dict[Key, Json]:
    """Return what they said of themselves in any case of the form."""
    known = {u.key for u in units_of(form.definition) if u.scope == "each_guardian"}
    with tools.database.read(session.tenant) as tc:
        found = [
            row
            for row in units.arrived_from(tc, session.person_key)
            if (row.section, row.part) in known and _is_of(tc, row.case_id, form)
        ]
    return {
        (row.section, row.part): casebook.open_unit(tools, session.tenant, row).answers
        for row in found
    }


def _is_of(tc: TenantConnection, case_id: str, form: CompiledForm) -> bool:
    case = cases.get(tc, case_id)
    return case is not None and case.form_id == form.definition.id


def _of_last_case(
    tools: Tools, session: Session, form: CompiledForm, family: Family, subject: str
) -> dict[Key, Json]:
    """Return what the last case about the same says that this person may see."""
    row = _last(tools, session, form, subject)
    if row is None:
        return {}
    found = casebook.load(tools, session.tenant, row.id, form.definition, family)
    if found is None:
        return {}
    return {
        (version.section, version.part): version.answers
        for version in mine(found.state, session.person_key).values()
        if version.answers is not None
    }


def _last(
    tools: Tools, session: Session, form: CompiledForm, subject: str
) -> CaseRow | None:
    with tools.database.read(session.tenant) as tc:
        found = (
            cases.about(tc, (subject,))
            if subject
            else cases.opened_by(tc, session.person_key)
        )
    wanted = (form.definition.id, subject)
    return next(
        (row for row in found if (row.form_id, row.subject_key) == wanted), None
    )
