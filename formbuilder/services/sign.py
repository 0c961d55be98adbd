"""Signing a draft, and what follows at once.

- `Sign.text(session, draft_id) -> str`: what will be signed, as it will be shown.
- `Sign.start(session, draft_id, provider_key, browser, flow) -> order_id`
- `Sign.finish(session, order_id, flow) -> Receipt`: once; again gives the receipt.
- `Sign.submit_unsigned(session, draft_id, language) -> Receipt`: where nothing is
  signed.

`start` and `submit_unsigned` raise InvalidSubmission, StaleDraft, SourcesChanged,
OtherVersion, NothingToSend, ProtectedStop or Refused; nothing is lost by any of them.
"""

from dataclasses import replace

from formbuilder.audit import Event
from formbuilder.database import cases
from formbuilder.database.connection import TenantConnection
from formbuilder.database.eid_orders import EidOrderRow
from formbuilder.services import prefill, preparing
from formbuilder.services.acting import Acting, Proof
from formbuilder.services.auditing import note, refuse
from formbuilder.services.casebook import CaseFile, load
from formbuilder.services.content import DraftContent
from formbuilder.services.drafts import Draft, Drafts
from formbuilder.services.eid_binding import Browser, order_request, remembered
from formbuilder.services.errors import (
    NothingToSend,
    OtherVersion,
    SigningRefused,
    SourcesChanged,
    StaleDraft,
)
from formbuilder.services.identify import Identify, Result
from formbuilder.services.receipts import Receipt, Receipts
from formbuilder.services.sendable import (
    base_of,
    case_state,
    needs_signature,
    standing_faults,
)
from formbuilder.services.session import Session
from formbuilder.services.submission import Submission
from formbuilder.services.tools import Tools
from schemas.acceptance import CaseState
from schemas.catalogue import SOURCE_LANGUAGE
from schemas.errors import InvalidSubmission, Refused
from schemas.faults import problem
from schemas.following import question_at
from schemas.offering import offering
from schemas.units import header_answers


class Sign:
    """Turns drafts into submissions, and signatures into accepted answers."""

    def __init__(
        self,
        tools: Tools,
        drafts: Drafts,
        identify: Identify,
        acting: Acting,
        receipts: Receipts,
    ) -> None:
        self._tools = tools
        self._drafts = drafts
        self._identify = identify
        self._acting = acting
        self._receipts = receipts

    def text(self, session: Session, draft_id: str) -> str:
        """Return the text somebody will be asked to sign."""
        return self._prepared(session, draft_id).visible_text

    def start(
        self,
        session: Session,
        draft_id: str,
        provider_key: str,
        browser: Browser,
        flow: str,
    ) -> str:
        """Freeze the draft and ask the person to sign it; return the order's id."""
        submission = self._prepared(session, draft_id)
        return self.ask(session, submission, provider_key, browser, flow)

    def ask(
        self,
        session: Session,
        submission: Submission,
        provider_key: str,
        browser: Browser,
        flow: str,
    ) -> str:
        """Ask the person, and nobody else, to sign a submission."""
        request = order_request(
            "sign",
            browser,
            visible_text=submission.visible_text,
            non_visible=submission.manifest.encode(),
            person=session.personal_number,
        )
        order_id = self._identify.start(
            session.tenant,
            provider_key,
            request,
            flow,
            context=remembered(browser) | {"submission": submission.to_json()},
            person_key=session.person_key,
        )
        note(
            self._tools,
            session.tenant,
            Event.SIGNING_STARTED,
            actor=session.person_key,
            about=submission.case_id,
        )
        return order_id

    def finish(self, session: Session, order_id: str, flow: str) -> Receipt:
        """Check the signature and store all that follows in one transaction.

        Raises:
            SigningRefused: the evidence does not hold.
            StaleDraft: somebody else signed something else meanwhile.
            Refused: the order is another person's or another browser's.
            ProtectedStop: somebody became protected since.
        """
        done = self._identify.used(session.tenant, order_id, flow)
        if done is not None:
            return self._again(session, done)
        result = self._identify.result(session.tenant, order_id, flow, purpose="sign")
        submission = Submission.from_json(result.context["submission"])
        self._is_theirs(session, result, submission)
        proof = self._proof(session, result, submission)

        def also(tc: TenantConnection) -> None:
            kept = {"case_id": submission.case_id}
            if not self._identify.consume(tc, order_id, context=kept):
                raise Refused("order_used")

        family = self._acting.submit(session, submission, proof, also)
        return self._receipts.view(session, submission.case_id, family=family)

    def submit_unsigned(
        self, session: Session, draft_id: str, language: str = SOURCE_LANGUAGE
    ) -> Receipt:
        """Send a draft in which nothing needs a signature."""
        submission = replace(self._prepared(session, draft_id), language=language)
        draft = self._drafts.get(session, draft_id)
        if needs_signature(draft.form, draft.family, submission.offers):
            raise refuse(self._tools, session, "needs_signature", draft_id)
        family = self._acting.submit(session, submission, None, _nothing)
        return self._receipts.view(session, submission.case_id, family=family)

    def _prepared(self, session: Session, draft_id: str) -> Submission:
        draft = self._fresh(session, self._drafts.get(session, draft_id))
        case = self.case_of(session, draft)
        if case is not None and case.row.version != draft.form.definition.version:
            raise OtherVersion
        state = case_state(draft, case)
        before = case.offered_to(session.person_key) if case else ()
        wrong = standing_faults(self._tools, session.tenant, draft, state, before)
        if wrong:
            asked = draft.settled.asked
            raise InvalidSubmission(
                problem(fault, question_at(asked, fault.pointer), "sv")
                for fault in wrong
            )
        found = offering(
            state,
            draft.settled.answers,
            draft.base,
            signer=session.person_key,
            new_id=self._tools.new_id,
        )
        if found.stale:
            self._rebase(session, draft, state)
            raise StaleDraft(found.stale)
        if not found.offers:
            raise NothingToSend
        return preparing.prepare(
            self._tools,
            session,
            draft.form,
            state=state,
            case=case,
            offers=found.offers,
            header=header_answers(draft.form.definition, draft.settled.answers),
            draft_id=draft.id,
        )

    def case_of(self, session: Session, draft: Draft) -> CaseFile | None:
        """Return the open case the draft is about, if there is one."""
        if not draft.subject_key:
            return None
        definition = draft.form.definition
        with self._tools.database.read(session.tenant) as tc:
            row = cases.open_about(tc, definition.id, draft.subject_key)
        if row is None:
            return None
        return load(self._tools, session.tenant, row.id, definition, draft.family)

    def _fresh(self, session: Session, draft: Draft) -> Draft:
        """Return the draft with guardianship and sources read again.

        Raises:
            SourcesChanged: something the municipality knows is no longer the same.
        """
        family = self._drafts.family_of(session, draft.form, draft.subject_key)
        sources = self._drafts.sources(session, family, draft.answers)
        renewed = prefill.renew(draft.form, draft.answers, sources)
        moved = prefill.changed(draft.form, draft.answers, renewed)
        if not moved:
            return replace(draft, content=replace(draft.content, family=family))

        def change(content: DraftContent) -> DraftContent:
            answers = prefill.renew(draft.form, content.answers, sources)
            return prefill.renewed(draft.form, content, answers, family)

        self._drafts.update(session, draft.id, change)
        raise SourcesChanged(moved)

    def _rebase(self, session: Session, draft: Draft, state: CaseState) -> None:
        """Let the draft begin from the case as it is, keeping what was typed."""
        base = base_of(state, session.person_key)
        self._drafts.update(
            session, draft.id, lambda content: replace(content, base=base)
        )

    def _is_theirs(
        self, session: Session, result: Result, submission: Submission
    ) -> None:
        number = result.identity.personal_number
        signer = self._tools.person_key(session.tenant, number)
        if not (
            signer == session.person_key == result.row.person_key == submission.signer
        ):
            raise refuse(self._tools, session, "other_signer", result.row.id)

    def _proof(self, session: Session, result: Result, submission: Submission) -> Proof:
        """Return the evidence once the provider has checked it.

        Raises:
            SigningRefused: it does not hold.
        """
        verdict = self._tools.providers[result.row.provider].verify(
            result.evidence,
            purpose="sign",
            visible_text=submission.visible_text,
            non_visible=submission.manifest.encode(),
            person=session.personal_number,
            received_at=result.received_at,
        )
        if not verdict.ok:
            note(
                self._tools,
                session.tenant,
                Event.SIGNATURE_REFUSED,
                actor=session.person_key,
                about=result.row.id,
                reason=verdict.reason,
            )
            raise SigningRefused(verdict.reason)
        return Proof(
            provider=result.row.provider,
            evidence=result.evidence,
            identity=result.identity,
            received_at=result.received_at,
            signed_at=verdict.signed_at or result.received_at,
            language=result.context.get("language", ""),
        )

    def _again(self, session: Session, order: EidOrderRow) -> Receipt:
        """Return the receipt of a signature that is already stored."""
        if order.person_key != session.person_key:
            raise refuse(self._tools, session, "other_signer", order.id)
        context = self._identify.context(session.tenant, order)
        return self._receipts.view(session, context["case_id"])


def _nothing(_tc: TenantConnection) -> None:
    """Do nothing besides."""
