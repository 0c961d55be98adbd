"""Drafts and new versions of their form: carried over where every answer still fits.

- `Renewing.look(session, draft_id) -> Renewal | None`
- `Renewing.carry(session, draft_id) -> Draft`

Everybody in a case answers the version it began with: a draft that was there before
the case is carried over to it, be it older or newer, with what the case says already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from formbuilder.database import cases
from formbuilder.database.cases import CaseRow
from formbuilder.services import prefill
from formbuilder.services.casebook import CaseFile, load
from formbuilder.services.content import DraftContent
from formbuilder.services.drafts import Draft, Drafts
from formbuilder.services.forms import Forms
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.carryover import Change, changes
from schemas.chosen_anew import still_set_aside
from schemas.compiling import CompiledForm
from schemas.field_type import Raw
from schemas.locking import carried
from schemas.offering import fingerprint, has_answers, mine
from schemas.people import Family
from schemas.units import combine, unit_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A draft whose form has a new version, and which of its answers do not fit there."""

    draft: Draft
    form: CompiledForm
    changes: tuple[Change, ...]


class Renewing:
    """Carries drafts over to the version that new answers meet."""

    def __init__(self, tools: Tools, forms: Forms, drafts: Drafts) -> None:
        self._tools = tools
        self._forms = forms
        self._drafts = drafts

    def look(
        self, session: Session, draft_id: str, language: str = "sv"
    ) -> Renewal | None:
        """Return what a new version would change, None when there is none for it.

        Raises:
            Refused: the draft is somebody else's, sent, too old or made up; audited.
        """
        draft = self._drafts.get(session, draft_id)
        form = self._wanted(session, draft)
        if form.definition.version == draft.form.definition.version:
            return None
        found = changes(draft.form, form, draft.answers, language)
        return Renewal(draft=draft, form=form, changes=found)

    def carry(self, session: Session, draft_id: str) -> Draft:
        """Let the draft answer the new version; what does not fit there stays parked.

        Raises:
            Refused: the draft is not theirs, or no longer there; audited.
            ProtectedStop: somebody concerned is or may be protected.
        """
        found = self.look(session, draft_id)
        if found is None:
            return self._drafts.get(session, draft_id)
        form, draft = found.form, found.draft
        family = self._drafts.family_of(session, form, draft.subject_key)
        sources = self._drafts.sources(session, family, draft.answers)

        begun = prefill.prefills(draft.form.definition)
        case = self._case(session, form, family)

        def change(content: DraftContent) -> DraftContent:
            answers = prefill.begin(form, content.answers, sources, begun=begun)
            renewed = replace(
                prefill.renewed(form, content, answers, family),
                locked=tuple(sorted(prefill.locked_pointers(form, sources))),
                typed=_carried(content.typed, draft.form, form),
                unchosen=_as_they_were(content.unchosen, draft.form, form),
                set_aside=still_set_aside(
                    content.set_aside, draft.form, form, content.answers
                ),
            )
            if case is None:
                return renewed
            if draft.case_id not in (None, case.row.id):  # of a case that is closed
                renewed = replace(renewed, base={}, kept=())
            return _joined(renewed, case, session.person_key)

        self._drafts.update(session, draft_id, change, version=form.definition.version)
        return self._drafts.get(session, draft_id)

    def _wanted(self, session: Session, draft: Draft) -> CompiledForm:
        """Return the version of the case there is, else the newest.

        What was begun in a case that is closed by now keeps that case's version.
        """
        form_id = draft.form.definition.id
        row = self._open(session, form_id, draft.subject_key)
        if row is not None:
            return self._forms.at(session.tenant, form_id, row.version)
        if draft.case_id:
            return draft.form
        return self._forms.current(session.tenant, form_id)

    def _case(
        self, session: Session, form: CompiledForm, family: Family
    ) -> CaseFile | None:
        subject = family.child.key if family.child else ""
        row = self._open(session, form.definition.id, subject)
        if row is None:
            return None
        return load(self._tools, session.tenant, row.id, form.definition, family)

    def _open(self, session: Session, form_id: str, subject_key: str) -> CaseRow | None:
        if not subject_key:
            return None
        with self._tools.database.read(session.tenant) as tc:
            return cases.open_about(tc, form_id, subject_key)


def _carried(
    typed: Mapping[str, Raw], was: CompiledForm, now: CompiledForm
) -> dict[str, Raw]:
    """Return what was half typed, as it stands in the questions of another version."""
    both = was.questions.keys() & now.questions.keys()
    return {
        p: carried(was.questions[p], now.questions[p], raw) if p in both else raw
        for p, raw in typed.items()
    }


def _as_they_were(
    waiting: Mapping[str, Raw], was: CompiledForm, now: CompiledForm
) -> dict[str, Raw]:
    """Return what waits in kinds of answer, where the kinds are what they were."""
    return {
        pointer: raw
        for pointer, raw in waiting.items()
        if pointer in now.questions
        and now.questions[pointer].schema == was.questions[pointer].schema
    }


def _joined(content: DraftContent, case: CaseFile, person: str) -> DraftContent:
    """Return a draft with what its case says of all that the draft says nothing of."""
    answers, base, kept = content.answers, dict(content.base), list(content.kept)
    for place, version in mine(case.state, person).items():
        if has_answers(unit_answers(case.state.units[version.key], answers)):
            continue
        if version.answers is None:
            kept.append(version.section)
        else:
            answers = combine([answers, version.answers])
            base[place] = fingerprint(version.answers)
    return replace(content, answers=answers, base=base, kept=tuple(dict.fromkeys(kept)))
