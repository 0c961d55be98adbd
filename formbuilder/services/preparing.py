"""From a draft or a waiting case to the submission somebody is asked to sign."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from formbuilder.services.audiences import sealed_sections
from formbuilder.services.casebook import CaseFile
from formbuilder.services.session import Session
from formbuilder.services.submission import Signed, Submission
from formbuilder.services.tools import Tools
from formbuilder.services.visible_text import visible_text
from schemas.acceptance import CaseState, Offer
from schemas.canonical import SALT_BYTES, manifest, section_digest
from schemas.code_words import list_digests, offered
from schemas.compiling import CompiledForm
from schemas.consent import Choice, latest
from schemas.definition import Json
from schemas.local_time import LOCAL
from schemas.pointers import ABSENT, get, join
from schemas.signed_answers import header_of, signed_answers
from schemas.units import Unit

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: nothing that is mistaken for something else."""


def new_reference(tools: Tools) -> str:
    """Return a case reference people can read to each other."""
    drawn = [LETTERS[byte % len(LETTERS)] for byte in tools.token_bytes(10)]
    return "".join(drawn[:5]) + "-" + "".join(drawn[5:])


def prepare(
    tools: Tools,
    session: Session,
    form: CompiledForm,
    *,
    state: CaseState,
    case: CaseFile | None,
    offers: Sequence[Offer],
    header: Json,
    draft_id: str,
) -> Submission:
    """Freeze what is offered: answers with salts, digests, text and manifest."""
    sealed = sealed_sections(form, tools.directories[session.tenant])
    units = tuple(
        _signed(
            tools,
            form,
            session.person_key,
            case,
            replace(o, sealed_to=sealed.get(o.section, "")),
            header_of(form, o.section, header),
        )
        for o in offers
    )
    submission = Submission(
        tenant=session.tenant,
        draft_id=draft_id,
        case_id=case.row.id if case else tools.new_id(),
        reference=(case.row.reference or "") if case else new_reference(tools),
        is_new_case=case is None,
        form_id=form.definition.id,
        version=form.definition.version,
        subject_key=state.family.child.key if state.family.child else "",
        signer=session.person_key,
        header=header,
        units=units,
        choices=tuple(_choices(state, offers, session.person_key, tools.clock())),
        against={o.place: _newest(state, o) for o in offers},
    )
    return _worded(tools, form, state, submission)


def declined_choices(
    units: Iterable[Unit], person: str, now: datetime
) -> tuple[Choice, ...]:
    """Return a no to every purpose of these units."""
    return tuple(
        Choice(purpose=purpose, person=person, value=False, at=now)
        for unit in units
        for purpose in dict.fromkeys(unit.consents.values())
    )


def _signed(
    tools: Tools,
    form: CompiledForm,
    person: str,
    case: CaseFile | None,
    offer: Offer,
    header: Json,
) -> Signed:
    if offer.kind != "new":
        digest = case.rows[offer.id].digest if case else ""
        return Signed(offer=offer, digest=digest)
    earlier = case.offered_to(person) if case else ()
    salt = tools.token_bytes(SALT_BYTES)
    answers = signed_answers(header, offer.answers)
    return Signed(
        offer=offer,
        digest=section_digest(salt, answers),
        salt=salt.hex(),
        offered=offered(form, answers, earlier),
    )


def _newest(state: CaseState, offer: Offer) -> str:
    version = state.waiting(offer.place) or state.current(offer.place)
    return version.id if version else ""


def _worded(
    tools: Tools, form: CompiledForm, state: CaseState, submission: Submission
) -> Submission:
    definition = form.definition
    titles = {section.id: section.title for section in definition.sections}
    said = [(s.offer, titles[s.offer.section]) for s in submission.units]
    text = visible_text(
        form,
        tools.directories[submission.tenant],
        state.family,
        reference=submission.reference,
        titles=[title for offer, title in said if offer.kind != "decline"],
        declined=[title for offer, title in said if offer.kind == "decline"],
    )
    signed = manifest(
        form=definition.id,
        version=definition.version,
        case=submission.case_id,
        sections=_digests(s for s in submission.units if not _is_no(s)),
        declined=_digests(s for s in submission.units if _is_no(s)),
        declaration=definition.declaration,
        code_lists=list_digests(form),
    )
    return replace(submission, visible_text=text, manifest=signed.decode())


def _digests(units: Iterable[Signed]) -> dict[str, str]:
    """Return digests by unit; a second version of one unit is numbered."""
    found: dict[str, str] = {}
    for signed in units:
        offer = signed.offer
        unit = f"{offer.section}/{offer.part}" if offer.part else offer.section
        name, number = unit, 1
        while name in found:
            number += 1
            name = f"{unit} {number}"
        found[name] = signed.digest
    return found


def _is_no(signed: Signed) -> bool:
    return signed.offer.kind == "decline"


def _choices(
    state: CaseState, offers: Iterable[Offer], person: str, now: datetime
) -> Iterable[Choice]:
    """Yield what the offers say about each consent; no longer asked is a no."""
    for offer in offers:
        unit = state.units[offer.section, offer.part]
        if offer.kind != "new":
            continue
        until = _until(unit, offer.answers)
        for pointer, purpose in unit.consents.items():
            value = get(offer.answers, pointer)
            before = latest(state.choices, purpose, person)
            if value is ABSENT and (before is None or not before.value):
                continue
            yield Choice(
                purpose=purpose, person=person, value=value is True, at=now, until=until
            )


def _until(unit: Unit, answers: Json) -> datetime | None:
    """Return when the section's consents end: after the day its `until` names."""
    value = get(answers, join(unit.section, "until"))
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), LOCAL)
