"""What receivers are told, by what is sent and by what that gives away."""

from collections.abc import Iterator

from schemas.conditions import reads
from schemas.definition import Section
from schemas.errors import Problem
from schemas.lint_subject import Condition, Subject, View, problem
from schemas.pointers import covers, join

CONTINUING = ("samma som", "oförändra", "som förra", "som tidigare", "ingen ändring")
CONTINUING_VALUES = {"same", "same_as_before", "unchanged", "as_before", "continue"}


def view_reads_unaddressed(subject: Subject) -> Iterator[Problem]:
    """FB130: a view's condition reads what the receiver has no business with."""
    for view in subject.views:
        for condition in subject.view_conditions(view):
            for pointer in _condition_reads(condition):
                reason = _why_not(subject, view, pointer)
                if reason:
                    yield problem(
                        "FB130",
                        condition.at,
                        f"Villkoret läser {pointer}, {reason}.",
                        "Läs bara svar ur avsnittet eller svar som mottagaren får; "
                        "annars hör mottagaren hemma bland formulärets receivers.",
                    )


def _condition_reads(condition: Condition) -> list[str]:
    found = reads(
        condition.schema,
        base=condition.base,
        at=condition.at,
        resolve=condition.resource.schema,
    )
    return list(dict.fromkeys(read.pointer for read in found if not read.is_passage))


def _why_not(subject: Subject, view: View, pointer: str) -> str:
    if pointer not in subject.trace.by_pointer and not pointer.endswith("/*"):
        return "som inget avsnitt frågar"
    owner = subject.owner(pointer)
    if view.section is None or owner in (None, view.section):
        return ""
    if subject.is_container(pointer) or _is_addressed(view, pointer):
        return ""
    return "som hör till ett annat avsnitt och inte skickas till mottagaren"


def _is_addressed(view: View, pointer: str) -> bool:
    return any(
        column.pointer and covers(column.pointer, pointer)
        for column in view.receiver.fields
    )


def whole_object_addressed(subject: Subject) -> Iterator[Problem]:
    """FB131: an object sends everything in it, also what is added later."""
    for view in subject.views:
        for index, column in enumerate(view.receiver.fields):
            if not column.pointer or column.shape is not None:
                continue
            if _grows(subject, column.pointer):
                yield problem(
                    "FB131",
                    view.at + join("fields", index),
                    f"{column.pointer} skickar allt som står där, också frågor som "
                    "läggs till senare.",
                    "Räkna upp de frågor som mottagaren behöver.",
                    "warning",
                )


def _grows(subject: Subject, pointer: str) -> bool:
    """Tell whether the pointer is an object of several questions, not asked as one."""
    appearances = [subject.definition.ui, *(s.ui for _, s in subject.sections())]
    widgets = {ui.get(pointer, {}).get("widget") for ui in appearances}
    return (
        subject.is_container(pointer)
        and widgets.isdisjoint({"grid", "address"})
        and "array" not in subject.trace.types(pointer)
    )


def code_and_free_text(subject: Subject) -> Iterator[Problem]:
    """FB132: free text to somebody who works from codes."""
    for view in subject.views:
        coded = _coded_sections(subject, view)
        for index, column in enumerate(view.receiver.fields):
            if column.shape or subject.owner(column.pointer) not in coded:
                continue
            if _is_free(subject, column.pointer):
                yield problem(
                    "FB132",
                    view.at + join("fields", index),
                    f"{column.pointer} är fri text till en mottagare som arbetar "
                    "med koder.",
                    'Skicka en kod (classify), eller bara att svaret finns ("as": '
                    '"present").',
                    "warning",
                )


def _coded_sections(subject: Subject, view: View) -> list[Section | None]:
    """Return the sections that the receiver gets as codes."""
    coded = [c.pointer for c in view.receiver.fields if c.shape == "code"]
    coded += [
        pointer
        for condition in subject.view_conditions(view)
        if "/classify/" in condition.at
        for pointer in _condition_reads(condition)
    ]
    return [owner for pointer in coded if (owner := subject.owner(pointer))]


def _is_free(subject: Subject, pointer: str) -> bool:
    mentions = subject.trace.leaves.get(pointer, ())
    bounded = (
        "enum",
        "const",
        "oneOf",
        "anyOf",
        "format",
        "pattern",
        "contentMediaType",
    )
    return (
        subject.trace.types(pointer) == {"string"}
        and not subject.is_given(pointer)
        and not any(
            subject.says(mention, keyword) is not None
            for mention in mentions
            for keyword in bounded
        )
        and not any("codes:" in str(subject.says(m, "$ref")) for m in mentions)
    )


def consequence(subject: Subject) -> Iterator[Problem]:
    """FB134: that a value is there tells an answer the receiver was not given.

    A plain yes or no that opens its own follow-up or a whole section is left out:
    everybody who gets what follows may know of it.
    """
    for view in subject.views:
        known = {
            p for one in subject.view_conditions(view) for p in _condition_reads(one)
        }
        told: set[str] = set()
        for index, column in enumerate(view.receiver.fields):
            if not column.pointer or column.pointer not in subject.trace.leaves:
                continue
            for pointer in _given_away(subject, column.pointer):
                if pointer in known | told or _is_addressed(view, pointer):
                    continue
                told.add(pointer)
                yield problem(
                    "FB134",
                    view.at + join("fields", index),
                    f"Att {column.pointer} finns avslöjar svaret på {pointer}, som "
                    "mottagaren inte får.",
                    "Skicka båda, eller ett is som inte avslöjar mer än det behövs.",
                    "warning",
                )


def _given_away(subject: Subject, pointer: str) -> list[str]:
    own = subject.owner(pointer)
    return [
        read.pointer
        for guard in subject.guards(pointer)
        for read in guard.reads
        if not read.is_passage
        and read.pointer in subject.questions
        and not (
            subject.trace.types(read.pointer) == {"boolean"}
            and (guard.kind == "asked_when" or subject.owner(read.pointer) == own)
        )
    ]


def continue_value(subject: Subject) -> Iterator[Problem]:
    """FB142: "the same as before" takes away the answers a receiver needs."""
    for pointer, mentions in subject.questions.items():
        for mention in mentions:
            for option in subject.says(mention, "oneOf") or ():
                if not isinstance(option, dict) or not _continues(option):
                    continue
                if not _opens_something(subject, pointer):
                    continue
                yield problem(
                    "FB142",
                    mention.at,
                    f"Svaret ”{option.get('title', option['const'])}” tar bort "
                    "följdfrågor som en mottagare behöver.",
                    f'Använd prefill med "from": "previous:{pointer}" och "confirm": '
                    "true i stället.",
                    "warning",
                )


def _continues(option: dict[str, object]) -> bool:
    title = str(option.get("title", "")).lower()
    return option.get("const") in CONTINUING_VALUES or any(
        word in title for word in CONTINUING
    )


def _opens_something(subject: Subject, pointer: str) -> bool:
    addressed = [
        c.pointer for v in subject.views for c in v.receiver.fields if c.pointer
    ]
    return any(
        read.pointer == pointer
        for other in subject.questions
        if any(covers(one, other) for one in addressed)
        for guard in subject.guards(other)
        for read in guard.reads
    )


def duplicate_column(subject: Subject) -> Iterator[Problem]:
    """FB139: two columns of a receiver with the same name."""
    for view in subject.views:
        seen: set[str] = set()
        for index, column in enumerate(view.receiver.fields):
            if column.name in seen:
                yield problem(
                    "FB139",
                    view.at + join("fields", index),
                    f"Mottagaren har redan en kolumn som heter ”{column.name}”.",
                    'Ge kolumnen ett eget "name".',
                )
            seen.add(column.name)


RULES = (
    view_reads_unaddressed,
    whole_object_addressed,
    code_and_free_text,
    consequence,
    continue_value,
    duplicate_column,
)
