"""A person's own pages: their cases, what waits for them, their consents.

- `Mine.overview(session) -> Overview`, `Mine.case(session, case_id) -> CaseView`
- `Mine.to_sign(session, case_id) -> ToSign`: what the other guardian signed first.
- `Mine.start_sign(session, case_id, provider_key, browser, flow) -> order_id`
- `Mine.decline(session, case_id, unit_ids)`, `Mine.withdraw(session, case_id, purpose)`

Nobody sees the other guardian's own answers here: `schemas.offering.mine` leaves
them out.
"""

from formbuilder.services.acting import Acting
from formbuilder.services.casebook import CaseFile
from formbuilder.services.drafts import Drafts
from formbuilder.services.mine_acts import MineActs, shared_wanted
from formbuilder.services.mine_views import (
    CaseCard,
    CaseView,
    ConsentCard,
    Overview,
    ToSign,
    UnitAnswers,
    UnitCard,
    Waiting,
    case_card,
    unit_answers_of,
)
from formbuilder.services.reading import Reading
from formbuilder.services.session import Session
from formbuilder.services.sign import Sign
from formbuilder.services.tools import Tools
from schemas.acceptance import wanted_from
from schemas.compiling import CompiledForm
from schemas.journey import author_pages
from schemas.offering import mine, shown
from schemas.pointers import covers

__all__ = [
    "CaseCard",
    "CaseView",
    "ConsentCard",
    "Mine",
    "Overview",
    "ToSign",
    "UnitAnswers",
    "UnitCard",
    "Waiting",
]


class Mine:
    """What a person sees and does under their own pages."""

    def __init__(
        self,
        tools: Tools,
        reading: Reading,
        drafts: Drafts,
        sign: Sign,
        acting: Acting,
    ) -> None:
        self._tools = tools
        self._reading = reading
        self._drafts = drafts
        acts = MineActs(tools, reading, sign, acting)
        self.start_sign = acts.start_sign
        self.decline = acts.decline
        self.withdraw = acts.withdraw

    def overview(self, session: Session, language: str = "sv") -> Overview:
        """Return everything of this person's."""
        found = self._reading.all(session)
        cards = tuple(
            case_card(self._tools, session, case, form, language)
            for case, form in found
        )
        return Overview(
            cases=cards,
            drafts=self._drafts.list(session),
            waiting=tuple(
                Waiting(
                    case_id=card.case_id,
                    title=card.title,
                    child_name=card.child_name,
                    sections=tuple(
                        dict.fromkeys(
                            case.state.units[v.key].title
                            for v in wanted_from(case.state, session.person_key)
                        )
                    ),
                )
                for card, (case, _) in zip(cards, found, strict=True)
                if card.can_sign
            ),
        )

    def case(self, session: Session, case_id: str, language: str = "sv") -> CaseView:
        """Return one case with the answers this person may see."""
        case, form = self._reading.case(session, case_id)
        return CaseView(
            card=case_card(self._tools, session, case, form, language),
            form=form,
            units=tuple(
                unit_answers_of(case, form, version, language)
                for version in shown(case.state, session.person_key)
            ),
        )

    def to_sign(self, session: Session, case_id: str, language: str = "sv") -> ToSign:
        """Return what this person is asked to sign, and what is theirs to answer."""
        case, form = self._reading.case(session, case_id)
        draft = next(
            (
                one.id
                for one in self._drafts.list(session)
                if one.form_id == form.definition.id
                and one.subject_key == case.row.subject_key
            ),
            None,
        )
        return ToSign(
            case_id=case_id,
            form=form,
            subject_key=case.row.subject_key,
            units=tuple(
                unit_answers_of(case, form, version, language)
                for version in shared_wanted(case, session.person_key)
            ),
            own_pages=_own_pages(form, case, session.person_key),
            draft_id=draft,
        )


def _own_pages(form: CompiledForm, case: CaseFile, person: str) -> tuple[str, ...]:
    """Return the pages that ask for this person's own words, if none are kept yet."""
    known = {place[:2] for place in mine(case.state, person)}
    fields = [
        field
        for unit in case.state.units.values()
        if unit.is_own and unit.key not in known
        for field in unit.fields
    ]
    return tuple(
        page.id
        for _, page in author_pages(form)
        if any(covers(f, p) or covers(p, f) for f in fields for p in page.fields)
    )
