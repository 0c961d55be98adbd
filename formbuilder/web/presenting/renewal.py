"""What a new version of a form means for a draft, as its view."""

from formbuilder.services.renewing import Renewal
from formbuilder.web.visit import surroundings, visit
from renderers.html.page_parts import Action, Block
from renderers.html.views import MessagePage
from schemas.carryover import Change
from schemas.titles import form_text


def renewal_page(found: Renewal, action: str) -> MessagePage:
    """Return which answers the person must look at again, and the way on."""
    say, language = visit().say, visit().language
    return MessagePage(
        title=say("Formuläret har ändrats sedan du började"),
        around=surroundings(
            service=form_text(found.form.definition, "title", language)
        ),
        back="/mina",
        paragraphs=(
            say(
                "Dina svar är sparade. Några av dem behöver du titta på igen innan du "
                "skickar in."
            ),
        ),
        blocks=(
            Block(
                heading=say("Det här är annorlunda"),
                items=tuple(_told(change) for change in found.changes),
            ),
        ),
        actions=(Action(label=say("Fortsätt med det nya formuläret"), href=action),),
    )


def _told(change: Change) -> str:
    say = visit().say
    if change.kind == "gone":
        return say(
            "Frågan ”{question}” ställs inte längre. Ditt svar skickas inte in.",
            question=change.title,
        )
    if change.kind == "unfit":
        return say(
            "Ditt svar på ”{question}” passar inte längre. Svara på frågan igen.",
            question=change.now,
        )
    if change.title == change.now:
        return say(
            "Svaren att välja på har fått nya ord: ”{question}”. Kontrollera ditt svar.",
            question=change.now,
        )
    return say(
        "Frågan ”{before}” har ändrats till ”{question}”. Kontrollera ditt svar.",
        before=change.title,
        question=change.now,
    )
