"""Half-filled forms: each person's own space, encrypted, which nobody else opens.

- `Drafts.open(session, form_id, subject_key="") -> Draft`: begin or go on.
- `Drafts.get(session, draft_id) -> Draft`
- `Drafts.save_page(session, draft_id, page_id, values) -> Saved`
- `Drafts.list(session) -> tuple[DraftSummary, ...]`, `.discard(session, draft_id)`
- `Drafts.attach(session, draft_id, pointer, name, media_type, chunks) -> Upload`,
  `.uploads(session, draft_id)`
- `Drafts.prune(tenant) -> int`: destroy what is too old.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from formbuilder.database import drafts
from formbuilder.database.drafts import DraftRow
from formbuilder.services import prefill
from formbuilder.services.assurance import is_assured
from formbuilder.services.auditing import refuse
from formbuilder.services.beginning import Beginning
from formbuilder.services.content import DraftContent
from formbuilder.services.draft_keeping import DraftKeeping
from formbuilder.services.draft_views import (
    Draft,
    DraftSummary,
    Saved,
    saved_on,
    settable,
    summary_of,
)
from formbuilder.services.family import Families
from formbuilder.services.file_answers import Given, files_named, with_own_files
from formbuilder.services.files import Files
from formbuilder.services.forms import Forms
from formbuilder.services.opened import Opened
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from formbuilder.services.upload import Upload
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Raw
from schemas.file_references import file_question, most_files, typed_files
from schemas.people import Family
from schemas.pointers import ABSENT

__all__ = ["Draft", "DraftSummary", "Drafts", "Saved"]


class Drafts:
    """Begins, keeps and ends drafts."""

    def __init__(
        self,
        tools: Tools,
        forms: Forms,
        families: Families,
        files: Files,
        opened: Opened[Draft],
    ) -> None:
        self._tools = tools
        self._forms = forms
        self._families = families
        self._files = files
        self._beginning = Beginning(tools, forms)
        self._opened = opened
        self._keeping = DraftKeeping(tools, forms, files, opened)
        self.update = self._keeping.update
        self.sources = self._beginning.sources

    def open(self, session: Session, form_id: str, subject_key: str = "") -> Draft:
        """Return the person's draft of the form, begun now if there is none.

        Raises:
            Refused: no such form, no such child of theirs, or not known well enough.
            ProtectedStop: somebody concerned is or may be protected; no draft.
        """
        form = self._forms.current(session.tenant, form_id)
        if not is_assured(session.assurance, form.definition.identity.assurance):
            raise refuse(self._tools, session, "assurance", form_id)
        family = self.family_of(session, form, subject_key)
        subject = family.child.key if family.child else ""
        with self._tools.database.read(session.tenant) as tc:
            row = drafts.live(tc, form_id, session.person_key, subject)
        if row is not None and row.expires_at > self._tools.clock():
            return self._resumed(session, row, family)
        if row is not None:
            self._keeping.destroy(session.tenant, row.id)
        row = self._beginning.row(session, form, family, subject)
        return self._keeping.draft(session.tenant, row)

    def family_of(
        self, session: Session, form: CompiledForm, subject_key: str
    ) -> Family:
        """Return who decides about this form and subject, from the register now."""
        if form.definition.identity.about == "child":
            return self._families.family(session, subject_key)
        return self._families.own(session)

    def get(self, session: Session, draft_id: str) -> Draft:
        """Return the person's own draft.

        Raises:
            Refused: it is somebody else's, sent, too old or made up; audited.
        """
        return self._keeping.draft(session.tenant, self._keeping.own(session, draft_id))

    def save_page(
        self,
        session: Session,
        draft_id: str,
        page_id: str,
        values: Mapping[str, Json],
        *,
        typed: Mapping[str, Raw] | None = None,
        unchosen: Mapping[str, Raw] | None = None,
        told: Iterable[str] | None = None,
        is_checked: bool = True,
        posted: Mapping[str, Raw] | None = None,
        seen: Draft | None = None,
    ) -> Saved:
        """Keep a page's answers; ABSENT takes one away. What is locked is ignored.

        `typed` is what is no value yet, kept as it stands and taken for no answer;
        `unchosen` is what stands in kinds of answer beside the chosen ones.
        `told` are the answers set aside that the page has told of.
        `is_checked` says that the person is done with the page: what was filled in
        for them there, and came back as an answer, is then confirmed.
        `posted` is what came by question; a file it names and no answer does goes away.
        `seen` is the draft as `get` returned it a moment ago, if it did.
        """
        draft = seen or self.get(session, draft_id)
        came = _came(draft, page_id, values, typed or {}, unchosen or {})
        kept = with_own_files(self._files, session.tenant, draft, came)
        allowed = kept.values
        confirmed = _answered(draft, page_id, allowed) if is_checked else frozenset()

        def change(content: DraftContent) -> DraftContent:
            left = tuple(p for p in content.unconfirmed if p not in confirmed)
            known = content.told if told is None else tuple(told)
            changed = content.answered(draft.form, *kept)
            return replace(changed, unconfirmed=left, told=known)

        saved = self._keeping.update_while(
            session,
            draft_id,
            change,
            lambda after: saved_on(after, page_id),
            seen=draft,
        )
        self._let_go(session.tenant, draft, saved.draft, posted or {})
        return saved

    def _let_go(
        self, tenant: str, draft: Draft, after: Draft, posted: Mapping[str, Raw]
    ) -> None:
        """Destroy the files that the draft or the post named and the draft does not."""
        named = (one for *_, one in typed_files(draft.form, posted))
        before = files_named(draft).union(named)
        if before:
            self._files.remove(tenant, draft.id, before - files_named(after))

    def list(self, session: Session) -> tuple[DraftSummary, ...]:
        """Return the person's drafts, the last touched first."""
        with self._tools.database.read(session.tenant) as tc:
            rows = drafts.of_person(tc, session.person_key)
        now = self._tools.clock()
        return tuple(
            summary_of(self._keeping.draft(session.tenant, row))
            for row in rows
            if row.expires_at > now
        )

    def discard(self, session: Session, draft_id: str) -> None:
        """Destroy the person's draft and the files in it."""
        self._keeping.own(session, draft_id)
        self._keeping.destroy(session.tenant, draft_id)

    def attach(
        self,
        session: Session,
        draft_id: str,
        pointer: str,
        name: str,
        media_type: str,
        chunks: Iterator[bytes],
    ) -> Upload:
        """Keep a file of the draft's; what it is, its content says, not its sender.

        `pointer` is of the question it answers, or of a place in a row that asks it.

        Raises:
            InvalidAnswer: it is too large, empty, or not what the question takes, or
                nothing there takes a file.
        """
        form = self.get(session, draft_id).form
        question = file_question(form, pointer)
        if question is None:
            raise InvalidAnswer("file")
        return self._files.attach(
            session.tenant,
            draft_id,
            question,
            name,
            chunks,
            most=most_files(form),
        )

    def uploads(self, session: Session, draft_id: str) -> tuple[Upload, ...]:
        """Return the draft's files."""
        self._keeping.own(session, draft_id)
        return self._files.of(session.tenant, draft_id)

    def prune(self, tenant: str) -> int:
        """Destroy every draft whose time is out; return how many there were."""
        with self._tools.database.read(tenant) as tc:
            old = drafts.expired(tc, self._tools.clock())
        for draft_id in old:
            self._keeping.destroy(tenant, draft_id)
        self._files.remove_left_behind(tenant)
        self._opened.tidy()
        return len(old)

    def _resumed(self, session: Session, row: DraftRow, family: Family) -> Draft:
        """Return a draft with what its sources say today."""
        form = self._forms.at(session.tenant, row.form_id, row.version)
        before = self._keeping.content(session.tenant, row)
        sources = self.sources(session, family, before.answers)
        answers = prefill.renew(form, before.answers, sources)
        if answers == before.answers and family == before.family:
            return self._keeping.draft(session.tenant, row)

        def change(content: DraftContent) -> DraftContent:
            renewed = prefill.renew(form, content.answers, sources)
            return prefill.renewed(form, content, renewed, family)

        return self.update(session, row.id, change)


def _came(
    draft: Draft,
    page_id: str,
    values: Mapping[str, Json],
    typed: Mapping[str, Raw],
    unchosen: Mapping[str, Raw],
) -> Given:
    """Return what came to a page of all that its person may set there."""
    half = {p: raw for p, raw in typed.items() if p in draft.form.questions}
    given = {**values, **dict.fromkeys(half, ABSENT)}
    may = {p: given[p] for p in settable(draft, page_id, given)}
    return Given(
        values=may,
        typed={p: half[p] for p in may if p in half},
        unchosen={p: unchosen[p] for p in may if p in unchosen},
    )


def _answered(draft: Draft, page_id: str, given: Container[str]) -> frozenset[str]:
    """Return what somebody who is done with the page has seen there and let stand."""
    shown = draft.page(page_id)
    asked = [question.pointer for question in shown.questions] if shown else []
    return frozenset([p for p in asked if p in given or p in draft.read_only])
