"""The page that asks which child it is about, as its view."""

from collections.abc import Sequence
from dataclasses import replace

from formbuilder.services.drafts import DraftSummary
from formbuilder.services.family import ChildChoice
from formbuilder.services.mine import CaseCard, Overview
from formbuilder.services.session import Session
from formbuilder.web.presenting.cases import status_of, tone_of
from formbuilder.web.presenting.telling import last_day
from formbuilder.web.times import moment
from formbuilder.web.visit import handle, surroundings, visit
from renderers.html.page_parts import Action, Choice
from renderers.html.views import ChooseChildPage
from schemas.compiling import CompiledForm
from schemas.titles import form_text


def children_page(
    who: Session,
    form: CompiledForm,
    found: Sequence[ChildChoice],
    mine: Overview,
) -> ChooseChildPage:
    """Return the children to choose among, the youngest first.

    What a municipality asks about a child is mostly asked when it is small.
    """
    say, definition = visit().say, form.definition
    service = form_text(definition, "title", visit().language)
    begun = {d.subject_key: d for d in mine.drafts if d.form_id == definition.id}
    sent = {
        case.subject_key: case
        for case in mine.cases
        if case.form_id == definition.id and case.status != "closed"
    }
    return ChooseChildPage(
        title=say("Vilket barn gäller det?"),
        around=surroundings(service=service),
        back=f"/e/{definition.id}",
        children=tuple(
            _choice(who, definition.id, child, begun.get(child.id), sent.get(child.id))
            for child in sorted(found, key=lambda child: -child.birth_year)
        ),
        missing_child=say(
            "Vi visar barn som du är vårdnadshavare för enligt folkbokföringen. "
            "Ring {phone}, så hjälper vi dig.",
            phone=visit().phone,
        ),
    )


def _choice(
    who: Session,
    form_id: str,
    child: ChildChoice,
    draft: DraftSummary | None,
    case: CaseCard | None,
) -> Choice:
    """Return a child to begin about, to go on about, or with what is sent already."""
    say, name = visit().say, child.given_name
    begin = Action(
        label=say("Välj {name}", name=name),
        href=f"/e/{form_id}/borja",
        hidden={"child": handle(who, child.id)},
    )
    choice = Choice(
        title=f"{name} {child.family_name}",
        detail=say("Född {year}", year=child.birth_year),
        action=begin,
    )
    if draft is not None:
        last = last_day(draft.expires_at)
        return replace(
            choice,
            action=replace(begin, label=say("Fortsätt"), about=name),
            status=say("Sparat, inte skickat"),
            saved=(moment(draft.updated_at, visit().language), last),
        )
    if case is not None:
        return replace(choice, status=status_of(case), tone=tone_of(case))
    return choice
