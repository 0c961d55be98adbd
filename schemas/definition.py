"""A form as its author wrote it: frozen values, sections inlined, nothing computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = Any
Scope = Literal["child", "each_guardian", "each_household"]
Signing = Literal["none", "one", "one_notify", "all", "all_or_no", "resident"]
Arrival = Literal["first_signature", "all_signatures"]
Assurance = Literal["none", "low", "substantial", "high"]
About = Literal["nobody", "self", "child", "organisation"]
LanguageState = Literal["draft", "reviewed"]
Shape = Literal["initial", "code", "title", "days", "count", "year", "present"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPolicy:
    """Who signs the first time, and who when something is changed.

    `all_when` is a JSON Schema on the answers that are signed: where it holds, all do.
    """

    first: Signing = "one"
    change: Signing = "one"
    all_when: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long a record is kept, counted from what, on whose decision.

    `keep` is an ISO 8601 duration, empty when `preserve` is true. `from_` is
    `arrival`, `school_year_end`, `consent_end`, `replaced`, `case_closed` or
    `event:<key>`; `event` says in words what has then happened.
    """

    keep: str = ""
    from_: str = "arrival"
    decision: str = ""
    preserve: bool = False
    event: str = ""

    @property
    def start(self) -> str:
        """Return what it is counted from, in words where its author gave them."""
        return self.event or self.from_


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRule:
    """What the archive calls the record and how long it stays."""

    record_type: str
    classification: str
    retention: Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """The GDPR articles and national law a section rests on."""

    gdpr: str
    special: str = ""
    national: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of a section's pointers, signed and arriving on their own."""

    id: str
    fields: tuple[str, ...]
    for_: Scope | None = None
    sign: SigningPolicy | None = None
    arrive_when: Arrival | None = None
    retention: Retention | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of questions, in the author's order; `fields` are pointers."""

    id: str
    title: str
    fields: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewField:
    """One column of what a receiver gets; exactly one kind of source is set.

    `pointer` alone sends the value, with `shape` a reduced form of it; `is_`
    sends whether the answers match a JSON Schema; `classify` sends the codes
    whose schema matches, as (code, schema) pairs; `live` names a column joined
    when a list is shown and never delivered.
    """

    name: str
    title: str = ""
    pointer: str = ""
    shape: Shape | None = None
    is_: Json = None
    classify: tuple[tuple[str, Json], ...] = ()
    live: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A department's view: when it gets something, what, as which documents, how."""

    id: str  # "<section>.<department>" or "<form>.<department>", unique in the form
    department: str
    fields: tuple[ViewField, ...]
    only_when: Json = None
    documents: tuple[str, ...] = ("json",)
    channels: tuple[str, ...] = ("inbox",)
    disclosure_basis: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """Where a value comes from before anyone is asked."""

    from_: str  # register:…, settings:…, placement:…, previous:<pointer>
    edit: Literal["never", "if_missing", "always"] = "always"
    confirm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What used to be one paper form, owned by one controller."""

    id: str
    title: str
    schema: Json  # None when the section lists `fields` of the form's one schema
    description: str = ""
    replaces: str = ""
    for_: Scope = "child"
    sign: SigningPolicy = field(default_factory=SigningPolicy)
    arrive_when: Arrival = "first_signature"
    parts: tuple[Part, ...] = ()
    ui: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    fields: tuple[str, ...] = ()  # for forms with one schema: what this section lists
    asked_when: Json = None
    across: Json = None
    consents: Mapping[str, str] = field(default_factory=dict)
    consents_until: Mapping[str, str] = field(default_factory=dict)  # pointer → moment
    controller: str = ""
    purpose: str = ""
    voluntary: bool = False
    if_not_answered: str = ""
    legal_basis: LegalBasis | None = None
    secrecy: str = ""
    archive: ArchiveRule | None = None
    receivers: tuple[Receiver, ...] = ()
    prefill: Mapping[str, Prefill] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    file: str = ""  # the file it was read from, for messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """How sure we must be who answers, and about whom they answer."""

    assurance: Assurance = "substantial"
    about: About = "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """An example with its expected outcome, run by `check` and before publishing."""

    name: str
    at: str
    facts: Json
    answers: Json
    expect: Json
    own: Mapping[str, Json] = field(default_factory=dict)  # guardian key → own answers


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDefinition:
    """A whole form: header schema, sections, receivers over several sections.

    `document` is the JSON it was read from with section files inlined; `version`
    is the SHA-256 (hex) of its RFC 8785 form, so the same text is the same version.
    `languages` are those it is offered in besides its own, with who has read them.
    """

    id: str
    title: str
    language: str
    identity: Identity
    schema: Json
    sections: tuple[Section, ...]
    version: str
    document: Json
    description: str = ""
    declaration: str = ""
    ui: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    prefill: Mapping[str, Prefill] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    receivers: tuple[Receiver, ...] = ()
    drafts_keep: str = "P30D"
    scenarios: tuple[Scenario, ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    languages: Mapping[str, LanguageState] = field(default_factory=dict)
    is_draft: bool = False  # imported: receivers and law may still be marked blanks

    def section(self, key: str) -> Section:
        """Return the section with this id; the caller knows it exists."""
        return next(section for section in self.sections if section.id == key)
