"""The small values that pages are put together from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from markupsafe import Markup, escape

Json = Any
Fact = tuple[str, str | tuple[str, ...]]
"""A term and what is said of it, in one piece or several languages."""

Tone = Literal["neutral", "good", "waiting", "attention", "bad"]
Style = Literal["primary", "secondary", "warning", "quiet"]


class Link(NamedTuple):
    """Somewhere to go; `is_current` marks where one is."""

    text: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button that posts to an address, with hidden fields; the page adds CSRF.

    `name` and `value` belong to the button itself, `style` is how loud it is, and
    `about` completes the label for screen readers ("Ångra" + "bild på webben, Elin").
    """

    label: str
    href: str
    hidden: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    value: str = ""
    style: Style = "primary"
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The end of a matter: the button and what it means, or when it was closed."""

    action: Action | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One line of an error summary: a message and the id of the control it is about.

    `href` leads to another page instead, for problems shown on the review page.
    """

    text: str
    target: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question ready to show: `widget` names a file in `widgets/`.

    `values` is the raw text to fill in, keyed like the field type's `raw`: "" for
    the control itself, else a suffix. `data` is what the field type gave the widget
    (options, columns, units …). `id` is also the target of the error summary.
    `errors` holds messages by the same suffixes. `prefilled` asks the person to check
    what was filled in for them. `saved` tells that there is an answer that is not
    shown; `clear` is its pointer where it may be removed. `alternative` tells it from
    a field of the same name, whose answer it must not inherit.
    """

    widget: str
    name: str
    id: str
    label: str
    hint: str = ""
    required: bool = True
    read_only: bool = False
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Json] = field(default_factory=dict)
    prefilled: str = ""
    saved: str = ""
    clear: str = ""
    alternative: str = ""

    @property
    def opening(self) -> Markup:
        """Return what opens its place on a page, and posts that it was asked there."""
        is_asked = not self.read_only and self.widget != "information"
        name = escape(self.name)
        other = f' data-alternative="{self.alternative}"' if self.alternative else ""
        told = f'<div data-question="{name}"{other}>'
        asked = f'<input type="hidden" name="_shown" value="{name}">'
        return Markup(told + asked if is_asked else told)  # noqa: S704 - it is escaped

    @property
    def has_heading(self) -> bool:
        """Tell whether it can be drawn as the page's heading."""
        # The label of one box belongs beside it, a term in its list.
        return self.widget != "checkbox" and not self.read_only

    @property
    def value(self) -> str:
        """Return the text of a control that has only one."""
        return self.text("")

    def text(self, suffix: str) -> str:
        """Return the text under a suffix, empty when there is none."""
        found = self.values.get(suffix, ())
        return found[0] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question with its answer; several lines for lists and tables.

    `was` is the earlier answer where it changed; `change` the address that edits it;
    `within` what the questions around it are called together.
    """

    question: str
    answer: tuple[str, ...]
    change: str = ""
    seen_by: tuple[str, ...] = ()
    was: tuple[str, ...] | None = None
    files: tuple[Link, ...] = ()
    within: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A section with its rows; `note` is one line under the title.

    `skipped` are questions that did not have to be answered and were not.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    note: str = ""
    status: str = ""
    tone: Tone = "neutral"
    seen_by: tuple[str, ...] = ()
    change: str = ""
    skipped: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading with paragraphs and a list under it."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOffer:
    """What the start page tells about one section before anyone logs in."""

    title: str
    description: str = ""
    replaces: str = ""
    purpose: str = ""
    seen_by: tuple[str, ...] = ()
    signers: str = ""
    voluntary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPart:
    """The privacy notice of one section, as (term, text) pairs."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One card to choose among: a child, a service, an eID; posts or leads on.

    With `href` it is a link, with `action` a button. `language` is said where it is
    another than the page's. `saved` tells of a draft that is gone on with: when it was
    saved, and how long it is kept.
    """

    title: str
    detail: str = ""
    href: str = ""
    action: Action | None = None
    status: str = ""
    tone: Tone = "neutral"
    language: str = ""
    saved: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case or draft in a list, with what can be done about it."""

    title: str
    subject: str
    status: str
    tone: Tone = "neutral"
    detail: str = ""
    reference: str = ""
    at: str = ""
    waits_for: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """A consent as it stands: to what, for whom, until when, and how to take it back."""

    title: str
    subject: str
    is_given: bool
    state: str
    until: str = ""
    undo: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One line of a receipt: what, to whom or for whom it waits, and what comes of it."""

    title: str
    to: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a case, a delivery or a record."""

    at: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a staff table; the first cell is the row's heading and link."""

    cells: tuple[str, ...]
    href: str = ""
    mark: str = ""
    tone: Tone = "neutral"
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A staff table; `caption` says what it lists, `empty` what to read when it is."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    empty: str
    numeric: tuple[int, ...] = ()
