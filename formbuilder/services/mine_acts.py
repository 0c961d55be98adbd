"""What a person does from their own pages: sign what waits, say no, take a yes back."""

from dataclasses import replace

from formbuilder.audit import Event
from formbuilder.services import preparing
from formbuilder.services.acting import Acting
from formbuilder.services.auditing import refuse
from formbuilder.services.casebook import CaseFile
from formbuilder.services.eid_binding import Browser
from formbuilder.services.reading import Reading
from formbuilder.services.session import Session
from formbuilder.services.sign import Sign
from formbuilder.services.submission import Submission
from formbuilder.services.tools import Tools
from schemas.acceptance import Offer, Version, wanted_from
from schemas.compiling import CompiledForm
from schemas.consent import latest, withdrawal
from schemas.offering import mine
from schemas.pointers import ABSENT, get, with_value
from schemas.settling import settle
from schemas.units import combine, unit_answers


class MineActs:
    """Carries out what a person says about a case without opening the form."""

    def __init__(
        self, tools: Tools, reading: Reading, sign: Sign, acting: Acting
    ) -> None:
        self._tools = tools
        self._reading = reading
        self._sign = sign
        self._acting = acting

    def start_sign(
        self,
        session: Session,
        case_id: str,
        provider_key: str,
        browser: Browser,
        flow: str,
    ) -> str:
        """Ask the person to sign what waits, exactly as it stands."""
        case, form = self._reading.case(session, case_id)
        offers = tuple(
            _about(v, "agree") for v in shared_wanted(case, session.person_key)
        )
        if not offers:
            raise refuse(self._tools, session, "nothing_to_sign", case_id)
        submission = self._prepared(session, case, form, offers)
        return self._sign.ask(session, submission, provider_key, browser, flow)

    def decline(
        self, session: Session, case_id: str, unit_ids: tuple[str, ...]
    ) -> None:
        """Say no to what waits; what protects the child stays as it is.

        A no to a joint consent is a no to each of its purposes.
        """
        case, form = self._reading.case(session, case_id)
        wanted = wanted_from(case.state, session.person_key)
        chosen = [v for v in wanted if v.id in unit_ids]
        if not chosen:
            raise refuse(self._tools, session, "nothing_to_decline", case_id)
        joint = [
            case.state.units[v.key]
            for v in chosen
            if case.state.units[v.key].is_joint_consent
        ]
        offers = tuple(
            _about(v, "decline")
            for v in chosen
            if not case.state.units[v.key].is_joint_consent
        )
        said = preparing.declined_choices(
            joint, session.person_key, self._tools.clock()
        )
        submission = self._prepared(session, case, form, offers)
        submission = replace(submission, choices=(*submission.choices, *said))
        self._acting.submit(session, submission, None, _nothing, Event.DECLINED)

    def withdraw(self, session: Session, case_id: str, purpose: str) -> None:
        """Take a consent back in one step; everyone told yes is told no."""
        case, form = self._reading.case(session, case_id)
        said = latest(case.state.choices, purpose, session.person_key)
        if said is None or not said.value:
            raise refuse(self._tools, session, "no_such_consent", case_id)
        offers = _without(case, form, session.person_key, purpose, self._tools.new_id())
        submission = self._prepared(session, case, form, offers)
        if not any(choice.purpose == purpose for choice in submission.choices):
            no = withdrawal(purpose, session.person_key, self._tools.clock())
            submission = replace(submission, choices=(*submission.choices, no))
        self._acting.submit(
            session, submission, None, _nothing, Event.CONSENT_WITHDRAWN
        )

    def _prepared(
        self,
        session: Session,
        case: CaseFile,
        form: CompiledForm,
        offers: tuple[Offer, ...],
    ) -> Submission:
        """Return what the person says about the case as it stands, without a draft."""
        return preparing.prepare(
            self._tools,
            session,
            form,
            state=case.state,
            case=case,
            offers=offers,
            header=case.header,
            draft_id="",
        )


def shared_wanted(case: CaseFile, person: str) -> tuple[Version, ...]:
    """Return what waits for a person's signature and is not answers of their own."""
    return tuple(
        version
        for version in wanted_from(case.state, person)
        if not case.state.units[version.key].is_joint_consent
    )


def _about(version: Version, kind: str) -> Offer:
    return Offer(
        kind="agree" if kind == "agree" else "decline",
        id=version.id,
        section=version.section,
        part=version.part,
        owner=version.owner,
    )


def _without(
    case: CaseFile, form: CompiledForm, person: str, purpose: str, new_id: str
) -> tuple[Offer, ...]:
    """Return the person's own words with one yes made a no, if they are kept.

    What was asked only because of the yes goes with it.
    """
    versions = mine(case.state, person)
    whole = combine([case.header, *(v.answers or {} for v in versions.values())])
    for version in versions.values():
        unit = case.state.units[version.key]
        pointers = [p for p, name in unit.consents.items() if name == purpose]
        if version.answers is None or not pointers:
            continue
        for pointer in pointers:
            if get(whole, pointer) is not ABSENT:
                whole = with_value(whole, pointer, False)
        offer = Offer(
            kind="new",
            id=new_id,
            section=version.section,
            part=version.part,
            owner=version.owner,
            answers=unit_answers(unit, settle(form, whole).answers),
        )
        return (offer,)
    return ()


def _nothing(_tc: object) -> None:
    """Store nothing besides."""
