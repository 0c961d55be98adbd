"""Drafts and new versions of their form: carried over where every answer still fits.

- `Renewing.look(session, draft_id) -> Renewal | None`
- `Renewing.carry(session, draft_id) -> Draft`

A draft of a case keeps the version that everybody in the case answers, also when the
case came after the draft.
"""

from dataclasses import dataclass, replace

from formbuilder.database import cases
from formbuilder.services import prefill
from formbuilder.services.content import DraftContent
from formbuilder.services.drafts import Draft, Drafts
from formbuilder.services.forms import Forms
from formbuilder.services.sessions import Session
from formbuilder.services.tools import Tools
from schemas.carryover import Change, changes
from schemas.compiling import CompiledForm


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
        form = self._forms.current(session.tenant, draft.form.definition.id)
        if form.definition.version == draft.form.definition.version:
            return None
        if draft.case_id or self._has_case(session, draft):
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

        def change(content: DraftContent) -> DraftContent:
            answers = prefill.begin(form, content.answers, sources, begun=begun)
            return replace(
                prefill.renewed(form, content, answers, family),
                locked=tuple(sorted(prefill.locked_pointers(form, sources))),
            )

        self._drafts.update(session, draft_id, change, version=form.definition.version)
        return self._drafts.get(session, draft_id)

    def _has_case(self, session: Session, draft: Draft) -> bool:
        """Tell whether another guardian has sent theirs since the draft was begun."""
        if not draft.subject_key:
            return False
        form_id = draft.form.definition.id
        with self._tools.database.read(session.tenant) as tc:
            return cases.open_about(tc, form_id, draft.subject_key) is not None
