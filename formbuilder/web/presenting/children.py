"""The page that asks which child it is about, as its view."""

from collections.abc import Sequence

from formbuilder.services.family import ChildChoice
from formbuilder.services.session import Session
from formbuilder.web.visit import handle, surroundings, visit
from renderers.html.page_parts import Action, Choice
from renderers.html.views import ChooseChildPage
from schemas.compiling import CompiledForm
from schemas.titles import form_text


def children_page(
    who: Session, form: CompiledForm, found: Sequence[ChildChoice]
) -> ChooseChildPage:
    """Return the children to choose among, the youngest first.

    What a municipality asks about a child is mostly asked when it is small.
    """
    say, definition = visit().say, form.definition
    service = form_text(definition, "title", visit().language)
    return ChooseChildPage(
        title=say("Vilket barn gäller det?"),
        around=surroundings(service=service),
        back=f"/e/{definition.id}",
        children=tuple(
            Choice(
                title=f"{child.given_name} {child.family_name}",
                detail=say("Född {year}", year=child.birth_year),
                action=Action(
                    label=say("Välj {name}", name=child.given_name),
                    href=f"/e/{definition.id}/borja",
                    hidden={"child": handle(who, child.id)},
                ),
            )
            for child in sorted(found, key=lambda child: -child.birth_year)
        ),
        missing_child=say(
            "Vi visar barn som du är vårdnadshavare för enligt folkbokföringen. "
            "Ring {phone}, så hjälper vi dig.",
            phone=visit().phone,
        ),
    )
