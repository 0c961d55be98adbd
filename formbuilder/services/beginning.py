"""A new draft, filled in with what the municipality and the case know already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from formbuilder.database import cases, drafts
from formbuilder.database.connection import TenantConnection
from formbuilder.database.drafts import DraftRow
from formbuilder.services import casebook, prefill
from formbuilder.services.content import DraftContent
from formbuilder.services.durations import days
from formbuilder.services.earlier import earlier_answers
from formbuilder.services.forms import Forms
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.local_time import LOCAL
from schemas.offering import fingerprint, mine
from schemas.people import Family, Person
from schemas.proposing import proposed
from schemas.settling import settle
from schemas.units import combine

LONGEST: Final = 366
"""No draft lives longer than this many days, whatever a form says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a new draft begins with: the case there is, and what it already says."""

    form: CompiledForm
    case_id: str | None = None
    answers: Json = field(default_factory=dict)
    base: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


class Beginning:
    """Makes drafts."""

    def __init__(self, tools: Tools, forms: Forms) -> None:
        self._tools = tools
        self._forms = forms

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

    def row(
        self, session: Session, form: CompiledForm, family: Family, subject: str
    ) -> DraftRow:
        """Return a new draft, or the one another tab of the person's was quicker with."""
        now = self._tools.clock()
        known = self._known(session, form, family, subject)
        form = known.form
        before = earlier_answers(self._tools, session, form, family, subject)
        sources = self.sources(session, family, combine(before.values()))
        filled = prefill.begin(form, known.answers, sources)
        answers = proposed(form, filled, known.answers)
        content = DraftContent(
            answers=answers,
            unconfirmed=prefill.to_confirm(form, known.answers, answers),
            family=family,
            base=known.base,
            locked=tuple(sorted(prefill.locked_pointers(form, sources))),
            kept=known.kept,
            told=settle(form, answers).dropped,
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
            content_sealed=self._tools.keyring.seal(
                "drafts", session.tenant, draft_id, content.to_bytes()
            ),
            created_at=now,
            updated_at=now,
            expires_at=_end_of_day(now + timedelta(days=keep)),
        )
        return self._first(session.tenant, row)

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


def _end_of_day(at: datetime) -> datetime:
    """Return the last second of the day, so that all of the day one is told is left."""
    last = at.astimezone(LOCAL).replace(hour=23, minute=59, second=59, microsecond=0)
    return last.astimezone(UTC)
