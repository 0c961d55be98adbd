"""What a UI schema of any dialect says, and the contract of one that reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from schemas.definition import Json
from schemas.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that stand together: a page, with a title if its author gave one."""

    fields: tuple[str, ...]
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Questions asked only while a condition on all the answers holds, or does not.

    `at` is the rule's place in the UI schema.
    """

    fields: tuple[str, ...]
    condition: Json
    asks: bool
    reads: tuple[str, ...]
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Looks by pointer, pages, the order within objects, rules, and what is left over.

    `order` lists names for the pointer of the object they stand in; `*` is the rest.
    `told` are texts that stand among the questions, by a pointer of their own.
    `places` are where in the UI schema pointers are spoken of.
    `notices` name everything that has no equal here, by its place in the UI schema.
    """

    ui: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    title: str = ""
    description: str = ""


class UiDialect(Protocol):
    """One way to write how the questions of a JSON Schema look."""

    key: ClassVar[str]

    def matches(self, ui: Json) -> bool:
        """Tell whether a document has the shape of this dialect."""

    def layout(self, ui: Json, schema: Json, root: str) -> Layout:
        """Return what it says of the questions of a schema in 2020-12.

        `root` is the pointer of what it calls the whole.
        """


def notice(code: str, at: str, message: str, advice: str) -> Problem:
    """Return something an import could not carry over."""
    return Problem(
        code=code, pointer=at, message=message, advice=advice, severity="warning"
    )


def without_equal(at: str, said: str) -> Problem:
    """FB190: a setting of the UI schema that a form has nothing like."""
    return notice(
        "FB190",
        at,
        f"”{said}” har ingen motsvarighet och följde inte med.",
        "Se över frågan i formuläret om det betyder något för den som svarar.",
    )


def leads_nowhere(at: str, said: str) -> Problem:
    """FB191: a part of the UI schema about a question that is not there."""
    return notice(
        "FB191",
        at,
        f"{said} pekar inte på någon fråga i schemat.",
        "Rätta UI-schemat och importera igen, eller gör ingenting.",
    )


def merged(
    looks: Iterable[tuple[str, Mapping[str, Json]]],
) -> dict[str, dict[str, Json]]:
    """Return looks by pointer; what is said later of the same pointer is added."""
    found: dict[str, dict[str, Json]] = {}
    for pointer, said in looks:
        if pointer and said:
            found.setdefault(pointer, {}).update(said)
    return found
