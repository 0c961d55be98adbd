"""One frozen value per kind of page, holding nothing but plain, translated values.

Whoever builds a view gives texts in the request's language and times already
formatted; the templates add only the fixed words of the page. `Site.render` picks
the template by `View.template`.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from renderers.html.drawn_fields import Shown
from renderers.html.legends import Frame
from renderers.html.page_parts import (
    Action,
    Block,
    Card,
    CaseLine,
    Choice,
    Closing,
    ConsentLine,
    Event,
    Fault,
    Link,
    PrivacyPart,
    SectionOffer,
    Sent,
    Table,
    Tone,
)
from renderers.html.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What all pages have in common: heading, surroundings, a way back, a notice."""

    template: ClassVar[str] = ""
    title: str
    around: Surroundings = field(default_factory=Surroundings)
    back: str = ""
    notice: str = ""
    is_done: bool = False  # the notice tells of success


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(View):
    """`/`: the municipality's services."""

    template: ClassVar[str] = "home.html"
    introduction: str = ""
    services: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(View):
    """`/e/<form>`: what it is, what one needs, who gets what, log in."""

    template: ClassVar[str] = "start.html"
    introduction: tuple[str, ...] = ()
    minutes: int = 0
    needs: tuple[str, ...] = ()
    needs_maybe: tuple[str, ...] = ()  # papers that only some must have
    replaces: tuple[str, ...] = ()
    sections: tuple[SectionOffer, ...] = ()
    privacy: tuple[PrivacyPart, ...] = ()
    privacy_general: tuple[str, ...] = ()
    begin: Action | Link | None = None
    can_return: bool = True  # where nobody logs in, nobody finds the draft again
    is_open: bool = True
    closed_text: str = ""
    otherwise: str = ""  # how to do it without an eID


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage(View):
    """Choose where the eID is. `same` and `other` post; `more` are other providers."""

    template: ClassVar[str] = "login.html"
    for_what: str = ""
    same: Action | None = None
    other: Action | None = None
    more: tuple[Choice, ...] = ()
    fault: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EidPage(View):
    """Waiting for the eID app.

    `qr` is the address of an SVG (empty: same device), `launch` the app link.
    `status` is polled by script each second and answers JSON
    `{"message": str, "qr": str, "seconds": int, "next": str}`: a non-empty `next`
    means go there, an empty `qr` hides the code. Without script the page reloads
    itself from `around.address` every two seconds while `is_waiting`.
    """

    template: ClassVar[str] = "eid.html"
    purpose: Literal["login", "sign"] = "login"
    provider: str = "BankID"
    message: str = ""
    qr: str = ""
    launch: str = ""
    status: str = ""
    seconds_left: int = 0
    visible_text: tuple[str, ...] = ()
    cancel: Action | None = None
    retry: Action | None = None  # shown instead when the order has failed
    is_waiting: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseChildPage(View):
    """Whom it is about, from the register only."""

    template: ClassVar[str] = "children.html"
    children: tuple[Choice, ...] = ()
    missing_child: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(View):
    """One page of questions. It posts to `action`, multipart when it takes files.

    Buttons: `_go=next` (save and continue), `_go=later` (save, continue another
    day), `_add=<pointer>` and `_remove=<pointer of the row>` and
    `_detach=<pointer and number of the file>`.
    """

    template: ClassVar[str] = "form.html"
    action: str
    fields: tuple[Shown, ...]
    frames: tuple[Frame, ...] = ()  # what stands around each field, if anything does
    section: str = ""
    number: int = 0
    count: int = 0
    description: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    seen_by: tuple[str, ...] = ()
    takes_files: bool = False
    is_heading: bool = False  # the title is its only question's, which draws it
    is_change: bool = False  # came from the review page and goes back there
    can_return: bool = True  # whether they can find it again another day
    edition: str = ""  # of its form: alike in two, a text may be another language's


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(View):
    """Check the answers, then sign or send. `sign` is None while `faults` are left."""

    template: ClassVar[str] = "review.html"
    cards: tuple[Card, ...] = ()
    faults: tuple[Fault, ...] = ()
    declaration: tuple[str, ...] = ()
    others_sign: tuple[str, ...] = ()  # whose signature is also needed, per line
    others_told: tuple[str, ...] = ()  # what goes at once, and who else may read it
    sign: Action | None = None
    sign_elsewhere: Action | None = None
    is_signed: bool = True
    later: Action | None = None
    privacy: tuple[PrivacyPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage(View):
    """It is received: when, what went where, what waits, what comes next."""

    template: ClassVar[str] = "receipt.html"
    received: str = ""  # "den 14 augusti 2027 kl. 19.42"
    reference: str = ""
    diary_number: str = ""  # when everything has the same
    sent: tuple[Sent, ...] = ()
    waiting: tuple[Sent, ...] = ()
    pdf: str = ""
    next_steps: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage(View):
    """`/mina`: what waits for me, my cases, my drafts, my consents."""

    template: ClassVar[str] = "mine.html"
    to_do: tuple[CaseLine, ...] = ()
    drafts: tuple[CaseLine, ...] = ()
    cases: tuple[CaseLine, ...] = ()
    consents: tuple[ConsentLine, ...] = ()
    services: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage(View):
    """One case: what is to be signed, what I may do, what has happened."""

    template: ClassVar[str] = "case.html"
    status: str = ""
    tone: Tone = "neutral"
    subject: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    to_sign: tuple[Card, ...] = ()
    declaration: tuple[str, ...] = ()
    sign: Action | None = None
    sign_elsewhere: Action | None = None
    decline: Action | None = None
    own_answers: Link | Action | None = None
    received: tuple[Card, ...] = ()
    waiting: tuple[Sent, ...] = ()
    waits_for: tuple[str, ...] = ()  # whose signature, and for what, per line
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage(View):
    """`/inkorg`: a department's list."""

    template: ClassVar[str] = "inbox.html"
    department: str = ""
    departments: tuple[Link, ...] = ()
    views: tuple[Link, ...] = ()  # the department's receiver views, one list each
    table: Table
    counts: tuple[tuple[str, int], ...] = ()
    exports: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()
    newer: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItemPage(View):
    """One delivery as its department sees it."""

    template: ClassVar[str] = "inbox_item.html"
    department: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    card: Card
    confirm: Action | None = None
    confirmed: str = ""
    close: Closing | None = None
    exports: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPage(View):
    """`/bygg`: the forms, or one form's versions."""

    template: ClassVar[str] = "admin.html"
    introduction: str = ""
    tables: tuple[Table, ...] = ()
    problems: Table | None = None
    publish: Shown | None = None  # a file or text control
    publish_action: Action | None = None
    takes_files: bool = False
    links: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage(View):
    """`/arkiv`: the records."""

    template: ClassVar[str] = "archive.html"
    introduction: str = ""
    table: Table
    counts: tuple[tuple[str, int], ...] = ()
    newer: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRecordPage(View):
    """One record: what it is, how it fares, what may be done with it."""

    template: ClassVar[str] = "archive_record.html"
    status: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePage(View):
    """A page of text: stopped, not found, logged out, too large, about, accessibility."""

    template: ClassVar[str] = "message.html"
    paragraphs: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()
    show_contact: bool = True
