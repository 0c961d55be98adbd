"""What a person answers until some answers make it read-only.

What is read-only wherever it is asked is somebody else's. What is so under a condition
alone is its person's own until that holds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from schemas.applying import Place
from schemas.field_type import Question
from schemas.merging import defines
from schemas.places_on_pages import in_answers
from schemas.pointers import lies_in
from schemas.shapes import Shape, Shapes


def own_answers(
    shapes: Shapes, root: Place[Shape], among: frozenset[str]
) -> frozenset[str]:
    """Return those of the pointers that some answers ask without making them read-only.

    Rows are written as `*`.
    """
    return frozenset(_own(shapes, root, root, "", among)) if among else among


def _own(
    shapes: Shapes,
    place: Place[Shape],
    sure: Place[Shape] | None,
    pointer: str,
    among: frozenset[str],
) -> Iterator[str]:
    """Yield them below a place; `sure` is of that which holds under no condition."""
    shape = shapes.everything(place)
    always = shapes.shaped(sure.always()) if sure is not None else None
    is_shut = always is not None and bool(always.schema.get("readOnly"))
    if pointer in among and not is_shut and _is_open(shape):
        yield pointer
    known = dict(_steps(always)) if always is not None else {}
    for step, inner in _steps(shape):
        below = pointer + step
        if any(lies_in(one, below) for one in among):
            yield from _own(shapes, inner, known.get(step), below, among)


def _is_open(shape: Shape) -> bool:
    """Tell whether something defines a question here without making it read-only."""
    said = (mention.schema for mention in shape.flat.mentions)
    return any(defines(one) and not one.get("readOnly") for one in said)


def _steps(shape: Shape) -> Iterator[tuple[str, Place[Shape]]]:
    for child in shape.inside:
        yield child.step, child.place
    if shape.row is not None:
        yield "/*", shape.row


def read_only_in(asked: Iterable[Question]) -> Iterator[str]:
    """Yield the pointers of what is read-only in questions, as far in as it goes."""
    for question in asked:
        around = in_answers(question.pointer)
        for part in question.parts:
            # A kind of answer, or what follows positions, is no cell of its own.
            if part.read_only and in_answers(part.pointer) != around:
                yield in_answers(part.pointer)
        yield from read_only_in(question.parts)


def told_apart(question: Question, own: frozenset[str]) -> Question:
    """Return a cell that is read-only wherever it is asked, or else only may be.

    Which it is in one row, that row's answers say: `own` are the pointers of such
    cells.
    """
    parts = tuple(told_apart(part, own) for part in question.parts)
    is_own = in_answers(question.pointer) in own
    if not is_own and parts == question.parts:
        return question
    return replace(
        question,
        read_only=question.read_only and not is_own,
        may_shut=is_own,
        parts=parts,
    )
