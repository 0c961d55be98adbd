"""A definition's first version, from what its author says; what is not said is blank."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.definition import Json
from schemas.importing.keys import key_of
from schemas.published import FORM_DEFINITION

LONGEST_NAME: Final = 24
HEADERS: Final[Mapping[str, Mapping[str, str]]] = {
    "child": {
        "given_name": "Barnets förnamn",
        "family_name": "Barnets efternamn",
    },
    "person": {"name": "Ditt namn"},
}
"""What the register says of whom the answers are about, by the header's name."""
HEADER_OF: Final = {"child": "child", "self": "person", "organisation": "person"}
HEADER_TITLES: Final = {"child": "Barnet", "person": "Du"}
WAITS_FOR_ALL: Final = frozenset({"all", "resident"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as its author puts it: a kind of `KINDS`, and what one may choose."""

    kind: str
    title: str
    options: tuple[str, ...] = ()
    is_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A department that gets every answer, and why it may where its nämnd is another."""

    department: str
    disclosure_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is known of a form before its definition is written; empty is not known."""

    id: str
    title: str
    about: str
    sign: str
    questions: Sequence[Question]
    purpose: str = ""
    gdpr: str = ""
    special: str = ""
    national: str = ""
    controller: str = ""
    record_type: str = ""
    classification: str = ""
    keep: str = ""
    from_: str = ""
    decision: str = ""
    preserve: bool = False
    receivers: Sequence[Receiver] = ()


def sketched(sketch: Sketch) -> Json:
    """Return the definition: one section, with marked blanks for what is not said."""
    header = HEADER_OF.get(sketch.about, "")
    assurance = "substantial" if header else "none"
    made: dict[str, Json] = {
        "$schema": FORM_DEFINITION,
        "id": sketch.id,
        "language": "sv",
        "title": sketch.title,
        "identity": {"assurance": assurance, "about": sketch.about},
    }
    if sketch.sign != "none":
        made["declaration"] = "Uppgifterna stämmer så vitt jag vet."
    if header:
        made["schema"], made["prefill"] = _header(header)
    return {**made, "sections": [_section(sketch, header)]}


def _header(header: str) -> tuple[Json, Json]:
    """Return the schema of what the register fills in, and where it comes from."""
    names = HEADERS[header]
    properties = {
        name: {"title": title, "type": "string", "readOnly": True}
        for name, title in names.items()
    }
    title = HEADER_TITLES[header]
    member = {"title": title, "type": "object", "properties": properties}
    prefill = {
        f"/{header}/{name}": {"from": f"register:{header}.{name}", "edit": "never"}
        for name in names
    }
    return {"type": "object", "properties": {header: member}}, prefill


def _section(sketch: Sketch, header: str) -> Json:
    name = _short(sketch.title, {"facts", *HEADERS})
    questions = _named(sketch.questions)
    waits = sketch.sign in WAITS_FOR_ALL
    section: dict[str, Json] = {
        "id": name,
        "title": sketch.title,
        "schema": {
            "type": "object",
            "required": [n for n, one in questions.items() if one.is_required],
            "properties": {n: _asked(one) for n, one in questions.items()},
        },
        "sign": sketch.sign,
        "arrive_when": "all_signatures" if waits else "first_signature",
    }
    looks = {
        f"/{name}/{n}": dict(LOOKS[one.kind])
        for n, one in questions.items()
        if one.kind in LOOKS
    }
    if looks:
        section["ui"] = looks
    columns = [f"/{header}/{one}" for one in HEADERS.get(header, ())]
    columns += [f"/{name}/{one}" for one in questions]
    return {
        **section,
        **_law(sketch),
        "receivers": [_receiver(one, columns) for one in sketch.receivers],
    }


def _law(sketch: Sketch) -> dict[str, Json]:
    basis = {"gdpr": sketch.gdpr, "national": sketch.national}
    if sketch.special:
        basis["special"] = sketch.special
    retention: Json = {
        "keep": sketch.keep,
        "from": sketch.from_ or "arrival",
        "decision": sketch.decision,
    }
    if sketch.preserve:
        retention = {"preserve": True, "decision": sketch.decision}
    return {
        "controller": sketch.controller,
        "purpose": sketch.purpose,
        "legal_basis": basis,
        "archive": {
            "record_type": sketch.record_type,
            "classification": sketch.classification,
            "retention": retention,
        },
    }


def _receiver(receiver: Receiver, columns: list[str]) -> Json:
    made: dict[str, Json] = {"department": receiver.department, "fields": columns}
    if receiver.disclosure_basis:
        made["disclosure_basis"] = receiver.disclosure_basis
    return made


def _named(questions: Sequence[Question]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for one in questions:
        found[_short(one.title, found)] = one
    return found


def _short(title: str, taken: Mapping[str, object] | set[str]) -> str:
    """Return a key of the title's first words.

    >>> _short("Behöver barnet annan mat än den vanliga?", set())
    'behover_barnet_annan_mat'
    """
    words = key_of(title, joint="_")
    if len(words) > LONGEST_NAME:
        words = words[: LONGEST_NAME + 1].rpartition("_")[0] or words[:LONGEST_NAME]
    return key_of(words, taken, "_")


def _asked(question: Question) -> Json:
    return {"title": question.title, **KINDS[question.kind](question)}


def _plain(**keywords: Json) -> Callable[[Question], Json]:
    return lambda _: dict(keywords)


def _one_of(question: Question) -> Json:
    keys: dict[str, str] = {}
    for title in question.options:
        keys[_short(title, keys)] = title
    options = [{"const": key, "title": title} for key, title in keys.items()]
    return {"type": "string", "oneOf": options}


def _many_of(question: Question) -> Json:
    return {
        "type": "array",
        "minItems": 1 if question.is_required else 0,
        "uniqueItems": True,
        "items": _one_of(question),
    }


KINDS: Final[Mapping[str, Callable[[Question], Json]]] = {
    "yes_no": _plain(type="boolean"),
    "text": _plain(type="string", minLength=1, maxLength=100),
    "long_text": _plain(type="string", minLength=1, maxLength=2000),
    "one_choice": _one_of,
    "many_choices": _many_of,
    "date": _plain(type="string", format="date"),
    "number": _plain(type="integer"),
    "money": _plain(type="integer", minimum=0),
    "email": _plain(type="string", format="email"),
    "phone": _plain(type="string", format="phone"),
    "file": _plain(type="string", pattern="^sha256:[0-9a-f]{64}$"),
}
"""The schema a question of each kind is given, by the field type that asks it."""
CHOICES: Final = frozenset({"one_choice", "many_choices"})
LOOKS: Final[Mapping[str, Mapping[str, Json]]] = {
    "long_text": {"widget": "textarea", "rows": 5},
    "money": {"widget": "money"},
    "email": {"autocomplete": "email"},
    "phone": {"autocomplete": "tel"},
    "file": {"widget": "file"},
}
WRITTEN: Final = re.compile(r"(?P<kind>[a-z_]+)(?P<may>\?)?:\s*(?P<title>.+)")


def read_question(text: str) -> Question | None:
    """Return a question written on one line; None when it cannot be read.

    >>> read_question("text?: Var är felet?")
    Question(kind='text', title='Var är felet?', options=(), is_required=False)
    >>> read_question("one_choice: Vad gäller det? = Gata | Park").options
    ('Gata', 'Park')
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None or found["kind"] not in KINDS:
        return None
    title, options = found["title"], tuple[str, ...]()
    if found["kind"] in CHOICES:
        title, _, listed = title.partition("=")
        options = read_options(listed)
        if not options:
            return None
    return Question(
        kind=found["kind"],
        title=title.strip(),
        options=options,
        is_required=not found["may"],
    )


def read_options(text: str) -> tuple[str, ...]:
    """Return what one may choose among, written with strokes between.

    >>> read_options("Gata | Park |")
    ('Gata', 'Park')
    """
    return tuple(one.strip() for one in text.split("|") if one.strip())


UNITS: Final = {"dag": "D", "veck": "W", "månad": "M", "år": "Y"}
LENGTH: Final = re.compile(r"([1-9][0-9]*)\s*(dag|veck|månad|år)(ar|a|or|er)?")
ISO: Final = re.compile(r"P([0-9]+[YMWD])+")


def read_length(text: str) -> str:
    """Return a time as ISO 8601, from plain Swedish or as it is; empty if it is none.

    >>> read_length("2 år"), read_length("6 månader"), read_length("P1Y")
    ('P2Y', 'P6M', 'P1Y')
    """
    plain = text.strip()
    found = LENGTH.fullmatch(plain.lower())
    if found:
        return f"P{found[1]}{UNITS[found[2]]}"
    return plain if ISO.fullmatch(plain) else ""
