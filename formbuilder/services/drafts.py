"""Half-filled forms: each person's own space, encrypted, which nobody else opens.

- `Drafts.open(session, form_id, subject_key="") -> Draft`: begin or go on.
- `Drafts.get(session, draft_id) -> Draft`
- `Drafts.save_page(session, draft_id, page_id, values) -> Saved`
- `Drafts.list(session) -> tuple[DraftSummary, ...]`, `.discard(session, draft_id)`
- `Drafts.attach(session, draft_id, pointer, name, media_type, chunks) -> Upload`,
  `.uploads(session, draft_id)`, `.remove_upload(session, draft_id, sha256)`
- `Drafts.park(session, draft_id, page_id, fields) -> parked_id`,
  `.parked(session, parked_id) -> Parked | None`
- `Drafts.prune(tenant) -> int`: destroy what is too old.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from formbuilder.database import cases, drafts
from formbuilder.database.connection import TenantConnection
from formbuilder.database.drafts import DraftRow
from formbuilder.services import casebook, prefill
from formbuilder.services.auditing import refuse
from formbuilder.services.content import DraftContent, read_draft
from formbuilder.services.durations import days
from formbuilder.services.family import Families
from formbuilder.services.files import Files, Upload, ui_at
from formbuilder.services.forms import Forms
from formbuilder.services.parking import Parking
from formbuilder.services.sessions import Session
from formbuilder.services.tools import Tools
from schemas.compiling import CompiledForm
from schemas.definition import Json, Section
from schemas.journey import JourneyPage, author_pages, page, pages
from schemas.offering import fingerprint, mine
from schemas.people import Family, Person
from schemas.pointers import ABSENT, covers, general, get, join, with_value
from schemas.settling import CHOICES, Settled, settle
from schemas.units import combine
from schemas.validation import Fault, faults

LONGEST: Final = 366
"""No draft lives longer than this many days, whatever a form says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with its form; `answers` are as typed, `settled` as they count."""

    id: str
    form: CompiledForm
    subject_key: str
    case_id: str | None
    answers: Json
    settled: Settled
    family: Family
    base: Mapping[tuple[str, str, str], str]
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    read_only: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    def pages(self, found: Iterable[Fault] | None = None) -> tuple[JourneyPage, ...]:
        """Return the pages to answer; a kept section's only once it is begun anew."""
        wrong = faults(self.form, self.settled) if found is None else found
        return tuple(
            one
            for one in pages(self.form, self.settled, wrong)
            if not self._is_left_alone(one.section)
        )

    def next_page(self, page_id: str) -> str | None:
        """Return the id of the page to answer after this one, None after the last."""
        order = [page.id for _, page in author_pages(self.form)]
        after = order.index(page_id) if page_id in order else -1
        shown = (one.page.id for one in self.pages(()))
        return next((one for one in shown if order.index(one) > after), None)

    def _is_left_alone(self, section: Section) -> bool:
        fields = section.fields or (join(section.id),)
        return section.id in self.kept and all(
            get(self.settled.answers, field) in (ABSENT, {}) for field in fields
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What saving a page led to; `next_page` is None when all pages are done."""

    draft: Draft
    faults: tuple[Fault, ...]
    next_page: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary:
    """A draft in a list."""

    id: str
    form_id: str
    title: str
    subject_key: str
    child_name: str
    updated_at: datetime
    expires_at: datetime
    next_page: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a new draft begins with: the case there is, and what it already says."""

    form: CompiledForm
    case_id: str | None = None
    answers: Json = field(default_factory=dict)
    base: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


class Drafts:
    """Begins, keeps and ends drafts."""

    def __init__(
        self,
        tools: Tools,
        forms: Forms,
        families: Families,
        files: Files,
        parking: Parking,
    ) -> None:
        self._tools = tools
        self._forms = forms
        self._families = families
        self._files = files
        self.park = parking.park
        self.parked = parking.parked

    def open(self, session: Session, form_id: str, subject_key: str = "") -> Draft:
        """Return the person's draft of the form, begun now if there is none.

        Raises:
            Refused: no such form, or no such child of theirs.
            ProtectedStop: somebody concerned is or may be protected; no draft.
        """
        form = self._forms.current(session.tenant, form_id)
        family = self.family_of(session, form, subject_key)
        subject = family.child.key if family.child else ""
        with self._tools.database.read(session.tenant) as tc:
            row = drafts.live(tc, form_id, session.person_key, subject)
        if row is not None and row.expires_at > self._tools.clock():
            return self._resumed(session, row, family)
        if row is not None:
            self._destroy(session.tenant, row.id)
        return self._begun(session, form, family, subject)

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
        return self.draft(session.tenant, self._row(session, draft_id))

    def save_page(
        self,
        session: Session,
        draft_id: str,
        page_id: str,
        values: Mapping[str, Json],
    ) -> Saved:
        """Keep a page's answers; ABSENT takes one away. What is locked is ignored."""
        row = self._row(session, draft_id)
        draft = self.draft(session.tenant, row)
        allowed = {
            pointer: value
            for pointer, value in values.items()
            if self._may_set(draft, page_id, pointer)
        }

        def change(content: DraftContent) -> DraftContent:
            answers = content.answers
            for pointer, value in allowed.items():
                answers = with_value(answers, pointer, value)
            return replace(content, answers=answers)

        saved = self.draft(session.tenant, self.update(session, draft_id, change))
        wrong = _faults_on(saved, page_id)
        following = saved.next_page(page_id)
        return Saved(
            draft=saved, faults=wrong, next_page=page_id if wrong else following
        )

    def list(self, session: Session) -> tuple[DraftSummary, ...]:
        """Return the person's drafts, the last touched first."""
        with self._tools.database.read(session.tenant) as tc:
            rows = drafts.of_person(tc, session.person_key)
        now = self._tools.clock()
        return tuple(
            self._summary(self.draft(session.tenant, row))
            for row in rows
            if row.expires_at > now
        )

    def discard(self, session: Session, draft_id: str) -> None:
        """Destroy the person's draft and the files in it."""
        self._row(session, draft_id)
        self._destroy(session.tenant, draft_id)

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

        Raises:
            InvalidAnswer: it is too large, empty, or not what the question takes.
        """
        draft = self.get(session, draft_id)
        ui = ui_at(draft.form, pointer)
        return self._files.attach(session.tenant, draft_id, ui, name, chunks)

    def uploads(self, session: Session, draft_id: str) -> tuple[Upload, ...]:
        """Return the draft's files."""
        self._row(session, draft_id)
        return self._files.of(session.tenant, draft_id)

    def remove_upload(self, session: Session, draft_id: str, sha256: str) -> None:
        """Remove a file from the draft."""
        self._row(session, draft_id)
        self._files.remove(session.tenant, draft_id, sha256)

    def prune(self, tenant: str) -> int:
        """Destroy every draft whose time is out; return how many there were."""
        with self._tools.database.read(tenant) as tc:
            old = drafts.expired(tc, self._tools.clock())
        for draft_id in old:
            self._destroy(tenant, draft_id)
        return len(old)

    def update(
        self,
        session: Session,
        draft_id: str,
        change: Callable[[DraftContent], DraftContent],
    ) -> DraftRow:
        """Change a draft's content in one transaction; return it as it became.

        Raises:
            Refused: the draft was sent or destroyed meanwhile.
        """

        def work(tc: TenantConnection) -> DraftRow | None:
            row = drafts.get(tc, draft_id)
            if row is None or row.sent_at is not None:
                return None
            content = change(self.content(session.tenant, row))
            sealed = self._sealed(session.tenant, draft_id, content)
            drafts.save(
                tc,
                draft_id,
                content_sealed=sealed,
                seen=row.updated_at,
                now=self._tools.clock(),
                expires_at=row.expires_at,
            )
            return drafts.get(tc, draft_id)

        row = self._tools.database.write(session.tenant, work)
        if row is None:
            raise refuse(self._tools, session, "draft_gone", draft_id)
        return row

    def content(self, tenant: str, row: DraftRow) -> DraftContent:
        """Open a draft's content."""
        return read_draft(
            self._tools.keyring.open("drafts", tenant, row.id, row.content_sealed)
        )

    def draft(self, tenant: str, row: DraftRow) -> Draft:
        """Return a stored draft with its form, settled."""
        form = self._forms.at(tenant, row.form_id, row.version)
        content = self.content(tenant, row)
        return Draft(
            id=row.id,
            form=form,
            subject_key=row.subject_key,
            case_id=row.case_id,
            answers=content.answers,
            settled=settle(form, content.answers),
            family=content.family,
            base=content.base,
            created_at=row.created_at,
            updated_at=row.updated_at,
            expires_at=row.expires_at,
            read_only=frozenset(content.locked),
            kept=frozenset(content.kept),
        )

    def sources(
        self, session: Session, family: Family, previous: Json
    ) -> prefill.Sources:
        """Return what may fill in a draft of this person about this family."""
        person = family.guardian(session.person_key) or Person(key=session.person_key)
        about = family.child or person
        return prefill.Sources(
            register=prefill.register_facts(family, person),
            settings=self._tools.directories[session.tenant].settings,
            placement=self._tools.placements(session.tenant, about.personal_number)
            if about.personal_number
            else {},
            previous=previous,
        )

    def _row(self, session: Session, draft_id: str) -> DraftRow:
        with self._tools.database.read(session.tenant) as tc:
            row = drafts.get(tc, draft_id)
        if (
            row is None
            or row.person_key != session.person_key
            or row.sent_at is not None
            or row.expires_at <= self._tools.clock()
        ):
            raise refuse(self._tools, session, "foreign_draft", draft_id)
        return row

    def _begun(
        self, session: Session, form: CompiledForm, family: Family, subject: str
    ) -> Draft:
        now = self._tools.clock()
        known = self._known(session, form, family, subject)
        form = known.form
        sources = self.sources(session, family, known.answers)
        content = DraftContent(
            answers=prefill.begin(form, known.answers, sources),
            family=family,
            base=known.base,
            locked=tuple(sorted(prefill.locked_pointers(form, sources))),
            kept=known.kept,
        )
        keep = min(days(form.definition.drafts_keep), LONGEST)
        draft_id = self._tools.new_id()
        row = DraftRow(
            id=draft_id,
            form_id=form.definition.id,
            version=form.definition.version,
            person_key=session.person_key,
            subject_key=subject,
            case_id=known.case_id,
            content_sealed=self._sealed(session.tenant, draft_id, content),
            created_at=now,
            updated_at=now,
            expires_at=now + timedelta(days=keep),
        )
        return self.draft(session.tenant, self._first(session.tenant, row))

    def _first(self, tenant: str, row: DraftRow) -> DraftRow:
        """Store the draft, unless another tab of the person's was quicker."""

        def work(tc: TenantConnection) -> DraftRow:
            there = drafts.live(tc, row.form_id, row.person_key, row.subject_key)
            if there is not None:
                return there
            drafts.insert(tc, row)
            return row

        return self._tools.database.write(tenant, work)

    def _known(
        self, session: Session, form: CompiledForm, family: Family, subject: str
    ) -> Known:
        """Return what the case says that this person answers: shared and their own."""
        nothing = Known(form=form)
        if not subject:
            return nothing
        with self._tools.database.read(session.tenant) as tc:
            row = cases.open_about(tc, form.definition.id, subject)
        if row is None:
            return nothing
        # Everybody answers the version that the case began with.
        form = self._forms.at(session.tenant, row.form_id, row.version)
        found = casebook.load(
            self._tools, session.tenant, row.id, form.definition, family
        )
        if found is None:
            return nothing
        here = mine(found.state, session.person_key)
        opened = {p: v.answers for p, v in here.items() if v.answers is not None}
        return Known(
            form=form,
            case_id=row.id,
            answers=combine(opened.values()),
            base={place: fingerprint(answers) for place, answers in opened.items()},
            kept=tuple(sorted({v.section for v in here.values() if v.answers is None})),
        )

    def _resumed(self, session: Session, row: DraftRow, family: Family) -> Draft:
        """Return a draft with what its sources say today."""
        form = self._forms.at(session.tenant, row.form_id, row.version)
        before = self.content(session.tenant, row)
        sources = self.sources(session, family, before.answers)
        answers = prefill.renew(form, before.answers, sources)
        if answers == before.answers and family == before.family:
            return self.draft(session.tenant, row)

        def change(content: DraftContent) -> DraftContent:
            renewed = prefill.renew(form, content.answers, sources)
            return replace(content, answers=renewed, family=family)

        return self.draft(session.tenant, self.update(session, row.id, change))

    def _may_set(self, draft: Draft, page_id: str, pointer: str) -> bool:
        if pointer.startswith(f"/{CHOICES}/"):
            return True
        known = draft.form.questions
        if pointer not in known and general(pointer) not in known:
            return False
        if any(covers(shut, pointer) for shut in draft.read_only):
            return False
        return _is_on(draft.form, page_id, pointer)

    def _sealed(self, tenant: str, draft_id: str, content: DraftContent) -> bytes:
        return self._tools.keyring.seal("drafts", tenant, draft_id, content.to_bytes())

    def _destroy(self, tenant: str, draft_id: str) -> None:
        self._files.remove_all(tenant, draft_id)
        self._tools.database.write(tenant, lambda tc: drafts.delete(tc, draft_id))

    def _summary(self, draft: Draft) -> DraftSummary:
        child = draft.family.child
        return DraftSummary(
            id=draft.id,
            form_id=draft.form.definition.id,
            title=draft.form.definition.title,
            subject_key=draft.subject_key,
            child_name=child.given_name if child else "",
            updated_at=draft.updated_at,
            expires_at=draft.expires_at,
            next_page=_first_open(draft),
        )


def _faults_on(draft: Draft, page_id: str) -> tuple[Fault, ...]:
    found = faults(draft.form, draft.settled)
    shown = page(draft.form, draft.settled, page_id, found)
    asked = [question.pointer for question in shown.questions] if shown else []
    return tuple(
        fault
        for fault in found
        if any(covers(pointer, fault.pointer) for pointer in asked)
    )


def _is_on(form: CompiledForm, page_id: str, pointer: str) -> bool:
    """Tell whether some answers make the page ask at the pointer."""
    return any(
        covers(field, pointer)
        for _, one in author_pages(form)
        if one.id == page_id
        for field in one.fields
    )


def _first_open(draft: Draft) -> str | None:
    return next((one.page.id for one in draft.pages() if not one.is_complete), None)
