"""Carrying out what somebody said in a case: read, decide, store, once more if moved.

- `Acting.submit(session, submission, proof, also)`: a prepared submission, signed
  with an eID if there is a proof, said while logged in if there is none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from formbuilder.audit import Event
from formbuilder.database.cases import CaseRow
from formbuilder.database.connection import TenantConnection
from formbuilder.database.signatures import SignatureRow
from formbuilder.identity.provider import Evidence, Identity
from formbuilder.services import recording
from formbuilder.services.casebook import CaseFile, load
from formbuilder.services.content import write_json
from formbuilder.services.deciding import decide, is_moved
from formbuilder.services.errors import StaleDraft
from formbuilder.services.family import Families
from formbuilder.services.forms import Forms
from formbuilder.services.recording import Act, CaseMoved
from formbuilder.services.session import Session
from formbuilder.services.submission import Submission
from formbuilder.services.tools import Tools
from schemas.acceptance import CaseState
from schemas.compiling import CompiledForm
from schemas.people import Family
from schemas.units import units_of

TRIES: Final = 5

Also = Callable[[TenantConnection], None]
"""What else must be stored in the same transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Verified evidence of a signature, and the language its signer read in."""

    provider: str
    evidence: Evidence
    identity: Identity
    received_at: datetime
    signed_at: datetime
    language: str = ""


class Acting:
    """Stores acts in cases, each in one transaction with all that follows."""

    def __init__(self, tools: Tools, forms: Forms, families: Families) -> None:
        self._tools = tools
        self._forms = forms
        self._families = families

    def submit(
        self,
        session: Session,
        submission: Submission,
        proof: Proof | None,
        also: Also,
        event: Event = Event.SIGNED,
    ) -> Family:
        """Store a submission and all that follows; return who decides, as just read.

        Guardianship and protection are read again just before. Raises:
            StaleDraft: another version stands where the signer saw one.
            Refused, ProtectedStop: the register no longer allows it.
        """
        form = self._forms.at(session.tenant, submission.form_id, submission.version)
        family = self._family(session, form, submission.subject_key)
        for _ in range(TRIES):
            case = self._case(session, form, family, submission)
            moved = is_moved(case, submission.against)
            if moved or (case is None) != submission.is_new_case:
                raise StaleDraft(tuple(sorted(moved)) or submission.sections)
            act = self._act(
                session,
                form,
                case.state if case else _empty(form, family),
                case=case,
                submission=submission,
                proof=proof,
                event=event,
            )
            try:
                self._store(act, also)
            except CaseMoved:
                continue
            return family
        raise StaleDraft(submission.sections)

    def _case(
        self,
        session: Session,
        form: CompiledForm,
        family: Family,
        submission: Submission,
    ) -> CaseFile | None:
        return load(
            self._tools,
            session.tenant,
            submission.case_id,
            form.definition,
            family,
        )

    def _store(self, act: Act, also: Also) -> None:
        prepared = recording.prepare(self._tools, act)

        def work(tc: TenantConnection) -> None:
            recording.store(self._tools, prepared, tc)
            also(tc)

        self._tools.database.write(act.tenant, work)

    def _act(
        self,
        session: Session,
        form: CompiledForm,
        state: CaseState,
        *,
        case: CaseFile | None,
        submission: Submission,
        proof: Proof | None,
        event: Event,
    ) -> Act:
        decision = decide(
            self._tools,
            session.tenant,
            form,
            submission.case_id,
            state=state,
            streams=case.streams if case else {},
            header=submission.header,
            offers=submission.offers,
            choices=submission.choices,
            signer=session.person_key,
        )
        return Act(
            tenant=session.tenant,
            form=form,
            case_id=submission.case_id,
            case=None if case else self._row(submission, decision.now),
            token=case.token if case else "",
            header=submission.header,
            decision=decision,
            signer=session.person_key,
            signature=self._signature(session, submission, proof, decision.now),
            said=_said(submission),
            salts={s.offer.id: s.salt for s in submission.units if s.salt},
            digests={s.offer.id: s.digest for s in submission.units},
            offered={s.offer.id: s.offered for s in submission.units},
            subject_key=submission.subject_key,
            draft_id=submission.draft_id,
            event=event,
        )

    def _row(self, submission: Submission, now: datetime) -> CaseRow:
        """Return the row of a new case; its header is sealed when it is stored."""
        return CaseRow(
            id=submission.case_id,
            form_id=submission.form_id,
            version=submission.version,
            subject_key=submission.subject_key,
            opened_by=submission.signer,
            header_sealed=b"",
            reference=submission.reference,
            created_at=now,
        )

    def _signature(
        self,
        session: Session,
        submission: Submission,
        proof: Proof | None,
        now: datetime,
    ) -> SignatureRow:
        signature_id = self._tools.new_id()
        content = {
            "visible_text": submission.visible_text,
            "provider": proof.provider if proof else "",
            "evidence": proof.evidence.to_json() if proof else "",
            "language": proof.language if proof else submission.language,
            "personal_number": session.personal_number,
            "name": f"{session.given_name} {session.family_name}".strip(),
            "received_at": (proof.received_at if proof else now).isoformat(),
        }
        return SignatureRow(
            id=signature_id,
            case_id=submission.case_id,
            person_key=session.person_key,
            evidence_sealed=self._tools.keyring.seal(
                "evidence", session.tenant, signature_id, write_json(content)
            ),
            manifest=submission.manifest if proof else "",
            signed_at=proof.signed_at if proof else now,
        )

    def _family(self, session: Session, form: CompiledForm, subject_key: str) -> Family:
        if form.definition.identity.about == "child":
            return self._families.family(session, subject_key)
        return self._families.own(session)


def _empty(form: CompiledForm, family: Family) -> CaseState:
    known = {unit.key: unit for unit in units_of(form.definition)}
    return CaseState(units=known, family=family)


def _said(submission: Submission) -> dict[str, str]:
    return {
        offer.id: "declined" if offer.kind == "decline" else "signed"
        for offer in submission.offers
    }
