"""What would be sent if the person signed now, and what keeps it from being sent.

- `Reviews.look(session, draft_id) -> Review`
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from formbuilder.services.audiences import titles_of
from formbuilder.services.drafts import Draft, Drafts
from formbuilder.services.reading import names
from formbuilder.services.sendable import (
    case_state,
    needs_signature,
    standing_faults,
)
from formbuilder.services.session import Session
from formbuilder.services.sign import Sign
from formbuilder.services.tools import Tools
from schemas.acceptance import Acceptance, CaseState, Offer, accept, standing
from schemas.compiling import CompiledForm
from schemas.faults import Fault
from schemas.file_references import asking_for_files
from schemas.offered import Offered
from schemas.offering import Offering, offering
from schemas.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReview:
    """One section or part as it would be sent."""

    section: str
    part: str
    title: str
    is_new: bool
    is_changed: bool
    is_declined: bool
    waits_for: tuple[str, ...]
    arrives_at_once: bool
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The draft as a whole; `is_ready` when it may be signed as it stands.

    `offered` are the code lists behind what was sent before, `files` what the draft's
    files are called, by reference.
    """

    draft: Draft
    faults: tuple[Fault, ...]
    units: tuple[UnitReview, ...]
    stale: tuple[str, ...]
    is_ready: bool
    needs_signature: bool
    offered: tuple[Offered, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


class Reviews:
    """Looks at drafts before they are signed."""

    def __init__(self, tools: Tools, drafts: Drafts, sign: Sign) -> None:
        self._tools = tools
        self._drafts = drafts
        self._sign = sign

    def look(self, session: Session, draft_id: str) -> Review:
        """Return what signing this draft would lead to; nothing is stored."""
        draft = self._drafts.get(session, draft_id)
        case = self._sign.case_of(session, draft)
        state = case_state(draft, case)
        before = case.offered_to(session.person_key) if case else ()
        faults = standing_faults(self._tools, session.tenant, draft, state, before)
        found = offering(
            state,
            draft.settled.answers,
            draft.base,
            signer=session.person_key,
            new_id=self._tools.new_id,
        )
        return Review(
            draft=draft,
            faults=faults,
            units=self._units(session, draft.form, state, found),
            stale=found.stale,
            is_ready=not faults and not found.stale and bool(found.offers),
            needs_signature=needs_signature(draft.form, draft.family, found.offers),
            offered=before,
            files=self._names(session, draft),
        )

    def _names(self, session: Session, draft: Draft) -> dict[str, str]:
        if not asking_for_files(draft.form):
            return {}
        held = self._drafts.uploads(session, draft.id)
        return {upload.value: visible(upload.name) for upload in held}

    def _units(
        self, session: Session, form: CompiledForm, state: CaseState, found: Offering
    ) -> tuple[UnitReview, ...]:
        after = accept(
            state,
            found.offers,
            (),
            signer=session.person_key,
            now=self._tools.clock(),
        )
        last = {offer.place: offer for offer in found.offers}
        return tuple(
            self._unit(session, form, state, after, offer) for offer in last.values()
        )

    def _unit(
        self,
        session: Session,
        form: CompiledForm,
        before: CaseState,
        after: Acceptance,
        offer: Offer,
    ) -> UnitReview:
        unit = before.units[offer.section, offer.part]
        version = after.version(offer.id)
        open_version = replace(version, accepted_at=None)
        waits_for = standing(after.state, open_version).waits_for
        directory = self._tools.directories[session.tenant]
        return UnitReview(
            section=unit.section,
            part=unit.part,
            title=unit.title,
            is_new=offer.kind == "new" and before.current(offer.place) is None,
            is_changed=offer.kind == "new" and before.current(offer.place) is not None,
            is_declined=offer.kind == "decline",
            waits_for=names(before.family, waits_for, session.person_key),
            arrives_at_once=version.accepted_at is not None,
            receivers=titles_of(form, unit, directory),
        )
