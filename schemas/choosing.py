"""Where it is kept and asked which alternative of a union without a key is meant."""

from collections.abc import Iterable
from typing import Final

from schemas.catalogue import languages, text
from schemas.field_type import FieldType, Question
from schemas.inside import colon
from schemas.pointers import join, parts
from schemas.shapes import Shape
from schemas.unions import Union

CHOICES: Final = "@choice"
"""Where a draft keeps which alternative of a keyless union was picked, by place."""


def choice_pointer(place: str) -> str:
    """Return the pointer of the question which alternative applies at a place."""
    return join(CHOICES, place)


def choice_place(pointer: str, number: int) -> str:
    """Return where a draft keeps a choice: one pointer may have several unions."""
    return f"{pointer}/{CHOICES}/{number}" if number else pointer


def choice_of(pointer: str) -> str:
    """Return the place a keyless union's question chooses for, else the pointer.

    >>> choice_of("/@choice/~1s~1rows~10"), choice_of("/s/name")
    ('/s/rows/0', '/s/name')
    """
    if pointer.startswith(f"/{CHOICES}/"):
        return parts(pointer)[-1].partition(f"/{CHOICES}/")[0]
    return pointer


def choice_question(
    place: str, union: Union, shape: Shape, field_types: Iterable[FieldType]
) -> Question:
    """Return the question which alternative is meant, in no section yet."""
    schema = {"type": "integer", "oneOf": union.options()}
    title = shape.schema.get("title")
    titles = {
        language: f"{title}{colon(title)} {said}" if title else said
        for language in languages()
        for said in (text("Vilket av alternativen gäller?", language),)
    }
    return Question(
        pointer=choice_pointer(place),
        schema=schema,
        title=titles["sv"],
        description=str(shape.schema.get("description", "")),
        required=False,
        read_only=False,
        section="",
        field_type=next(t for t in field_types if t.matches(schema, {})),
        ui={},
        wording={language: {"title": said} for language, said in titles.items()},
    )
