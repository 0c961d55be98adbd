"""One request: whose host it came to, in what language, by whom."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from flask import Request, abort, g
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from formbuilder.handles import Handles
from formbuilder.services.session import Session
from formbuilder.web import cookies
from formbuilder.web.house import house
from formbuilder.web.lean import given
from formbuilder.web.now import globals_now, request_now
from formbuilder.web.security import form_token
from renderers.html.page_parts import Link
from renderers.html.site import Site
from renderers.html.surroundings import Surroundings
from renderers.html.views import View
from schemas.catalogue import catalogue, languages, text, whole_languages
from schemas.directory import Directory
from schemas.errors import Refused
from schemas.tongues import comma, strung

KINDS = {cookies.CITIZEN: ("guardian", "anonymous"), cookies.STAFF: ("staff",)}
"""What sessions each cookie may name: staff are at work, never on errands of their own."""
TIME_LEFT = "/logga-in/tid"
"""Where the pages' script asks how long a log-in lasts."""
LONGEST = 512
"""So much of what a browser sends tells a language or a place; the rest is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a view knows about the request before it does anything.

    `languages` are those the page can be read in; `is_unread` says that nobody has
    read what a machine translated into the visitor's. `sessions` are those looked for
    already, by the kind of errand.
    """

    tenant: str
    directory: Directory
    site: Site
    language: str
    languages: tuple[str, ...]
    is_unread: bool
    nonce: str
    sessions: dict[str, Session | None] = field(default_factory=dict, repr=False)

    @property
    def phone(self) -> str:
        """Return the number to ring, in one piece that no line breaks apart."""
        number = self.directory.municipality.contact.phone
        unbroken = number.replace(" ", "\N{NO-BREAK SPACE}")
        return unbroken.replace("-", "-\N{WORD JOINER}")

    def say(self, swedish: str, **values: object) -> str:
        """Return a text of ours in the visitor's language."""
        return text(swedish, self.language, **values)


def begin() -> None:
    """Find the municipality by the host name alone; an unknown host is a 404."""
    here, asked = house(), request_now()
    tenant = here.settings.tenant_of(asked.host)
    if tenant is None:
        abort(404)
    offered = _offered(asked, tenant.key)
    language = _language(asked, tuple(offered))
    globals_now().visit = Visit(
        tenant=tenant.key,
        directory=here.directories[tenant.key],
        site=here.sites[tenant.key],
        language=language,
        languages=tuple(offered),
        is_unread=offered[language] or catalogue(language).is_draft,
        nonce=secrets.token_hex(16),
    )


def visit() -> Visit:
    """Return this request's visit."""
    found: Visit = globals_now().visit
    return found


def has_visit() -> bool:
    """Tell whether the request came to a municipality's host."""
    return "visit" in g


def _offered(asked: Request, tenant: str) -> dict[str, bool]:
    """Return what languages the page has, and whether its form's texts are unread.

    A form has those its author says, staff have those in which everything is said.
    """
    form_id = (asked.view_args or {}).get("form_id")
    if form_id:
        states = house().services.forms.languages(tenant, form_id)
        spoken = {
            code: states[code] == "draft" for code in states if code in languages()
        }
        if spoken:
            return spoken
    found = whole_languages() if asked.blueprint == "inbox" else languages()
    return dict.fromkeys(found, False)


def _language(asked: Request, offered: tuple[str, ...]) -> str:
    wanted = given(asked.args, "lang")
    if wanted in offered:
        cookies.write(cookies.LANGUAGE, wanted)
        return wanted
    kept = cookies.read(cookies.LANGUAGE)
    if kept in offered:
        return kept
    return _preferred(asked.headers.get("Accept-Language", "")[:LONGEST], offered)


@lru_cache(maxsize=256)
def _preferred(asked: str, offered: tuple[str, ...]) -> str:
    """Return which of the languages a browser's header asks for first."""
    wanted = parse_accept_header(asked, LanguageAccept)
    return wanted.best_match(offered) or offered[0]


def session(kind: str = cookies.CITIZEN) -> Session | None:
    """Return who is logged in for this kind of errand, if anyone."""
    now = visit()
    if kind not in now.sessions:
        token = cookies.read(kind)
        resolve = house().services.sessions.resolve
        found = resolve(now.tenant, token) if token else None
        is_right = found is not None and found.kind in KINDS[kind]
        now.sessions[kind] = found if is_right else None
    return now.sessions[kind]


def revived() -> Session | None:
    """Return whom nobody knows, back though their session ended just now."""
    token = cookies.read(cookies.CITIZEN)
    revive = house().services.sessions.revive
    return revive(visit().tenant, token) if token else None


def listed(words: Iterable[str]) -> str:
    """Return words as people list them: with commas, and an "and" before the last."""
    *first, last = words
    if not first:
        return last
    names = strung(first, comma(visit().language))
    return visit().say("{names} och {last}", names=names, last=last)


def handle(whose: Session, real_id: str) -> str:
    """Return an id as this session may show it in an address."""
    return whose.handles.of(real_id)


def real_id(whose: Session, shown: str) -> str:
    """Return the id behind a handle of this session.

    Raises:
        Refused: the handle is made up, or another session's; audited.
    """
    return opened(whose.handles, shown, whose)


def opened(handles: Handles, shown: str, whose: Session | None = None) -> str:
    """Return the id behind what may be one of these handles.

    Raises:
        Refused: it is not; audited.
    """
    try:
        return handles.behind(shown)
    except Refused as refusal:
        house().services.sessions.refuse(visit().tenant, whose, refusal.reason)
        raise


def show(view: View) -> bytes:
    """Return the view as a page in the visitor's language."""
    now = visit()
    return now.site.render(
        view, language=now.language, csrf_token=form_token(), nonce=now.nonce
    )


def surroundings(kind: str = cookies.CITIZEN, *, service: str = "") -> Surroundings:
    """Return what stands around a page: who is logged in and where they can go."""
    now, who, asked = visit(), session(kind), request_now()
    query = asked.query_string.decode("ascii", "ignore")
    kept = _without_language(query) if "lang=" in query else query
    address = asked.path + (f"?{kept}" if kept else "")
    form_id = (asked.view_args or {}).get("form_id", "")
    if who is None or not who.is_known:
        return Surroundings(
            address=address,
            languages=now.languages,
            is_unread=now.is_unread,
            service=service,
            service_href=f"/e/{form_id}",
            session=TIME_LEFT if who else "",
        )
    return Surroundings(
        address=address,
        languages=now.languages,
        is_unread=now.is_unread,
        person=_written(f"{who.given_name} {who.family_name}"),
        log_out="/logga-ut" if kind == cookies.CITIZEN else "/logga-ut?som=personal",
        session=TIME_LEFT + ("" if kind == cookies.CITIZEN else "?som=personal"),
        navigation=_navigation(kind, now.language, asked.path[:LONGEST]),
        service=service,
        service_href=f"/e/{form_id}" if form_id else "",
    )


def _without_language(query: str) -> str:
    return "&".join(one for one in query.split("&") if not one.startswith("lang="))


def _written(name: str) -> str:
    """Return a name as it is written; eIDs often give it in capitals."""
    return name.title() if name.isupper() else name


def _is_within(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))


@lru_cache(maxsize=256)
def _navigation(kind: str, language: str, path: str) -> tuple[Link, ...]:
    """Return where one can go, marked where one is."""
    places = _places(kind, language)
    here = next((link.href for link in places if _is_within(path, link.href)), "")
    return tuple(one._replace(is_current=one.href == here) for one in places)


def _places(kind: str, language: str) -> tuple[Link, ...]:
    if kind == cookies.STAFF:
        return (Link(text=text("Inkorg", language), href="/inkorg"),)
    return (
        Link(text=text("Alla e-tjänster", language), href="/"),
        Link(text=text("Mina sidor", language), href="/mina"),
    )
