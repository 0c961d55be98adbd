"""One answer of several kinds in a row: which kind it is, and the questions of each.

Outside of rows which branch of a union is meant is a question on its own, kept in the
draft by its place. A row has no place of its own while rows are moved, so there the
choice is posted with the row. On pages the questions of each kind stand at
`/x/~0as0`, `/x/~0as1` and so on, and the choice at `/x/~0as`; among the answers all of
it is `/x`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from schemas.catalogue import languages, text
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_names import name_of
from schemas.field_type import Control, FieldType, Question, Raw, first
from schemas.inside import display_parts, is_row, parse_parts, raw_parts
from schemas.pointers import ABSENT, join
from schemas.reserved_names import KIND
from schemas.unions import Union


def step_of(index: int) -> str:
    """Return how a pointer on pages goes on to the questions of one kind.

    >>> step_of(1)
    '/~0as1'
    """
    return join(f"{KIND}{index}")


def which(
    pointer: str,
    union: Union,
    answerable: Collection[int],
    field_types: Iterable[FieldType],
) -> Question:
    """Return the question which kind of answer is meant, of those one can answer."""
    kinds = [one for one in union.options() if one["const"] in answerable]
    schema = {"type": "integer", "oneOf": kinds}
    titles = {one: text("Vilket av alternativen gäller?", one) for one in languages()}
    return Question(
        pointer=pointer + join(KIND),
        schema=schema,
        title=titles["sv"],
        description="",
        required=False,
        read_only=False,
        section="",
        field_type=next(t for t in field_types if t.matches(schema, {})),
        ui={"widget": "select"},
        wording={language: {"title": said} for language, said in titles.items()},
    )


def chosen_in(raw: Raw) -> int | None:
    """Return the number of the kind that is chosen in what was posted."""
    said = first(raw, name_of(join(KIND)))
    return int(said) if said and is_row(said) else None


def of_kind(question: Question, index: int) -> tuple[Question, ...]:
    """Return the questions of one kind."""
    place = question.pointer + step_of(index)
    return tuple(
        part
        for part in question.parts
        if part.pointer == place or part.pointer.startswith(f"{place}/")
    )


@dataclass(frozen=True)
class Alternatives:
    """An answer of one kind or another; made for a union, and found by no schema."""

    fitting: Callable[[Json], int | None]
    key: ClassVar[str] = "alternatives"

    def matches(self, schema: Json, ui: Json) -> bool:
        return False

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="tuple")

    def parse(self, raw: Raw, question: Question) -> Json:
        index = chosen_in(raw)
        if index is not None:
            return _answered(raw, question, index)
        kinds = (one.value for one in question.parts[0].options())
        found = [one for one in kinds if _is_typed(raw, question, one)]
        if len(found) > 1:
            raise InvalidAnswer("choice", part=name_of(join(KIND)))
        return _answered(raw, question, found[0]) if found else ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        index = self.fitting(value)
        if index is None:
            return {}
        whole = {f"{KIND}{index}": value}
        chosen = {name_of(join(KIND)): [str(index)]}
        return {**chosen, **raw_parts(whole, question)}

    def display(self, value: Json, question: Question, language: str) -> str:
        index = self.fitting(value)
        if index is None:
            return str(value)
        [one, *more] = of_kind(question, index) or (question.parts[0],)
        if not more and one.pointer == question.pointer + step_of(index):
            return one.field_type.display(value, one, language)
        whole = {f"{KIND}{index}": value}
        return display_parts(whole, question, language)


def _answered(raw: Raw, question: Question, index: int) -> Json:
    """Return what was answered of the chosen kind.

    Raises:
        InvalidAnswer: it cannot be a value, or there is nothing, so that it is not
            forgotten what was chosen.
    """
    parts = of_kind(question, index)
    if not parts:
        raise InvalidAnswer("choice", part=name_of(join(KIND)))
    found = parse_parts(raw, replace(question, parts=parts))
    name = f"{KIND}{index}"
    if name not in found:
        below = parts[0].pointer.removeprefix(question.pointer)
        raise InvalidAnswer("required", part=name_of(below))
    return found[name]


def _is_typed(raw: Raw, question: Question, index: int) -> bool:
    """Tell whether anything stands in the questions of a kind."""
    try:
        parts = of_kind(question, index)
        found = parse_parts(raw, replace(question, parts=parts))
    except InvalidAnswer:
        return True
    return bool(found)
