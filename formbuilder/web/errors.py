"""Every way a request can end badly, as a page that says what to do next."""

import structlog
from flask import Flask, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from formbuilder.safe_logs import place
from formbuilder.services.errors import NewerDelivery, ProtectedStop
from formbuilder.web.visit import has_visit, show, surroundings, visit
from renderers.html.page_parts import Link
from renderers.html.views import MessagePage
from schemas.errors import OperatorError, Refused

log = structlog.get_logger()


def register(app: Flask) -> None:
    """Answer every deliberate error, and the ones that are not."""
    app.register_error_handler(ProtectedStop, protected)
    app.register_error_handler(Refused, not_found)
    app.register_error_handler(NewerDelivery, newer)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperatorError, unavailable)
    app.register_error_handler(Exception, crash)


def _page(title: str, *paragraphs: str, links: tuple[Link, ...] = ()) -> bytes:
    return show(
        MessagePage(
            title=title, around=surroundings(), paragraphs=paragraphs, links=links
        )
    )


def _home() -> tuple[Link, ...]:
    return (Link(text=visit().say("Till startsidan"), href="/"),)


def protected(_: Exception) -> tuple[bytes, int]:
    """Stop before the first question, without a word of why (promise 7)."""
    say = visit().say
    municipality = visit().directory.municipality
    title = say("Kontakta oss, så hjälper vi dig")
    return _page(
        title,
        say("Det här ärendet gör du tillsammans med oss i stället för här."),
        say("Ring {phone}, så ordnar vi det.", phone=municipality.contact.phone),
    ), 200


def not_found(_: Exception) -> tuple[bytes, int]:
    """Give the one answer to everything that is not the asker's."""
    if not has_visit():
        return b"404\n", 404
    say = visit().say
    return _page(
        say("Sidan finns inte"),
        say("Kontrollera adressen, eller börja om från startsidan."),
        links=_home(),
    ), 404


def newer(_: Exception) -> tuple[bytes, int]:
    """Ask staff to read what has come in before they go on."""
    say = visit().say
    return _page(
        say("Det har kommit in nya uppgifter"),
        say("Ärendet är inte avslutat. Läs de nya uppgifterna i inkorgen först."),
        links=(Link(text=say("Inkorg"), href="/inkorg"),),
    ), 409


def http_error(error: HTTPException) -> tuple[bytes, int] | Response:
    """Turn the web's own errors into pages."""
    code = error.code or 500
    if code < 400:  # noqa: PLR2004 - a redirect raised as an exception
        return error.get_response()
    if not has_visit() or code == 404:  # noqa: PLR2004 - HTTP's own number
        return not_found(error)
    say = visit().say
    titles = {
        400: say("Något i formuläret kom inte fram"),
        405: say("Sidan finns inte"),
        413: say("Det du skickade är för stort"),
        429: say("För många försök"),
    }
    advice = {
        400: say("Gå tillbaka, ladda om sidan och försök igen."),
        413: say("Gå tillbaka och välj en mindre fil."),
        429: say("Vänta en stund och försök igen."),
    }
    title = titles.get(code, say("Något gick fel"))
    return _page(title, advice.get(code, say("Försök igen.")), links=_home()), code


def unavailable(error: Exception) -> tuple[bytes, int]:
    """Say that something of ours or a peer's is down; the operator reads why."""
    log.error("unavailable", kind=type(error).__name__, path=request.endpoint)
    if not has_visit():
        return b"503\n", 503
    say = visit().say
    return _page(
        say("Tjänsten fungerar inte just nu"),
        say("Det du redan har sparat finns kvar. Försök igen om en stund."),
    ), 503


def crash(error: Exception) -> tuple[bytes, int]:
    """Own up to a fault of ours without showing or logging anybody's answers."""
    log.error(
        "crash",
        kind=type(error).__name__,
        place=place(error.__traceback__),
        endpoint=request.endpoint,
        tenant=g.visit.tenant if has_visit() else "",
    )
    if not has_visit():
        return b"500\n", 500
    say = visit().say
    return _page(
        say("Något gick fel hos oss"),
        say("Det du redan har sparat finns kvar. Försök igen om en stund."),
        links=_home(),
    ), 500
