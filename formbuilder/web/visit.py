"""One request: whose host it came to, in what language, by whom."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from flask import abort, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from formbuilder.services.sessions import Session
from formbuilder.web import cookies
from formbuilder.web.house import house
from formbuilder.web.security import form_token
from renderers.html.page_parts import Link
from renderers.html.site import Site
from renderers.html.surroundings import Surroundings
from renderers.html.views import View
from schemas.catalogue import catalogue, languages, text, whole_languages
from schemas.directory import Directory
from schemas.errors import Refused

KINDS = {cookies.CITIZEN: ("guardian", "anonymous"), cookies.STAFF: ("staff",)}
"""What sessions each cookie may name: staff are at work, never on errands of their own."""
TIME_LEFT = "/logga-in/tid"
"""Where the pages' script asks how long a log-in lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a view knows about the request before it does anything.

    `languages` are those the page can be read in; `is_unread` says that nobody has
    read what a machine translated into the visitor's.
    """

    tenant: str
    directory: Directory
    site: Site
    language: str
    languages: tuple[str, ...]
    is_unread: bool
    nonce: str

    @property
    def phone(self) -> str:
        """Return the number to ring, in one piece that no line breaks apart."""
        return self.directory.municipality.contact.phone.replace(
            " ", "\N{NO-BREAK SPACE}"
        )

    def say(self, swedish: str, **values: object) -> str:
        """Return a text of ours in the visitor's language."""
        return text(swedish, self.language, **values)


def begin() -> None:
    """Find the municipality by the host name alone; an unknown host is a 404."""
    tenant = house().settings.tenant_of(request.host)
    if tenant is None:
        abort(404)
    offered = _offered(tenant.key)
    language = _language(tuple(offered))
    g.visit = Visit(
        tenant=tenant.key,
        directory=house().directories[tenant.key],
        site=house().sites[tenant.key],
        language=language,
        languages=tuple(offered),
        is_unread=offered[language] or catalogue(language).is_draft,
        nonce=secrets.token_urlsafe(16),
    )


def visit() -> Visit:
    """Return this request's visit."""
    found: Visit = g.visit
    return found


def has_visit() -> bool:
    """Tell whether the request came to a municipality's host."""
    return "visit" in g


def _offered(tenant: str) -> dict[str, bool]:
    """Return what languages the page has, and whether its form's texts are unread.

    A form has those its author says, staff have those in which everything is said.
    """
    form_id = (request.view_args or {}).get("form_id")
    if form_id:
        states = house().services.forms.languages(tenant, form_id)
        spoken = {
            code: states[code] == "draft" for code in states if code in languages()
        }
        if spoken:
            return spoken
    found = whole_languages() if request.blueprint == "inbox" else languages()
    return dict.fromkeys(found, False)


def _language(offered: tuple[str, ...]) -> str:
    asked = request.args.get("lang", "")
    if asked in offered:
        cookies.write(cookies.LANGUAGE, asked)
        return asked
    kept = cookies.read(cookies.LANGUAGE)
    if kept in offered:
        return kept
    return _preferred(request.headers.get("Accept-Language", ""), offered)


@lru_cache(maxsize=256)
def _preferred(asked: str, offered: tuple[str, ...]) -> str:
    """Return which of the languages a browser's header asks for first."""
    wanted = parse_accept_header(asked, LanguageAccept)
    return wanted.best_match(offered) or offered[0]


def session(kind: str = cookies.CITIZEN) -> Session | None:
    """Return who is logged in for this kind of errand, if anyone."""
    if "sessions" not in g:
        g.sessions = {}
    if kind not in g.sessions:
        token = cookies.read(kind)
        resolve = house().services.sessions.resolve
        found = resolve(visit().tenant, token) if token else None
        is_right = found is not None and found.kind in KINDS[kind]
        g.sessions[kind] = found if is_right else None
    known: Session | None = g.sessions[kind]
    return known


def revived() -> Session | None:
    """Return whom nobody knows, back though their session ended just now."""
    token = cookies.read(cookies.CITIZEN)
    revive = house().services.sessions.revive
    return revive(visit().tenant, token) if token else None


def listed(words: Iterable[str]) -> str:
    """Return words as people list them: with commas, and an "and" before the last."""
    *first, last = words
    return f"{', '.join(first)} {visit().say('och')} {last}" if first else last


def handle(whose: Session, real_id: str) -> str:
    """Return an id as this session may show it in an address."""
    return house().keyring.handle(whose.secret, real_id)


def real_id(whose: Session, shown: str) -> str:
    """Return the id behind a handle of this session.

    Raises:
        Refused: the handle is made up, or another session's; audited.
    """
    return opened(whose.secret, shown, whose)


def opened(secret: bytes, shown: str, whose: Session | None = None) -> str:
    """Return the id behind a handle made with this secret.

    Raises:
        Refused: it was not; audited.
    """
    try:
        return house().keyring.unhandle(secret, shown)
    except Refused as refusal:
        house().services.sessions.refuse(visit().tenant, whose, refusal.reason)
        raise


def show(view: View) -> str:
    """Return the view as a page in the visitor's language."""
    now = visit()
    return now.site.render(
        view, language=now.language, csrf_token=form_token(), nonce=now.nonce
    )


def surroundings(kind: str = cookies.CITIZEN, *, service: str = "") -> Surroundings:
    """Return what stands around a page: who is logged in and where they can go."""
    now, who = visit(), session(kind)
    query = request.query_string.decode("ascii", "ignore")
    kept = "&".join(p for p in query.split("&") if p and not p.startswith("lang="))
    address = request.path + (f"?{kept}" if kept else "")
    form_id = (request.view_args or {}).get("form_id", "")
    if who is None or not who.is_known:
        return Surroundings(
            address=address,
            languages=now.languages,
            is_unread=now.is_unread,
            service=service,
            service_href=f"/e/{form_id}",
            session=TIME_LEFT if who else "",
        )
    pages = (
        (("/inkorg", now.say("Inkorg")),)
        if kind == cookies.STAFF
        else (("/", now.say("Alla e-tjänster")), ("/mina", now.say("Mina sidor")))
    )
    return Surroundings(
        address=address,
        languages=now.languages,
        is_unread=now.is_unread,
        person=_written(f"{who.given_name} {who.family_name}"),
        log_out="/logga-ut" if kind == cookies.CITIZEN else "/logga-ut?som=personal",
        session=TIME_LEFT + ("" if kind == cookies.CITIZEN else "?som=personal"),
        navigation=tuple(
            Link(text=title, href=href, is_current=_is_within(href))
            for href, title in pages
        ),
        service=service,
        service_href=f"/e/{form_id}" if form_id else "",
    )


def _written(name: str) -> str:
    """Return a name as it is written; eIDs often give it in capitals."""
    return name.title() if name.isupper() else name


def _is_within(href: str) -> bool:
    is_below = href != "/" and request.path.startswith(f"{href}/")
    return request.path == href or is_below
