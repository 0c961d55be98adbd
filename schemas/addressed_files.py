"""Which files a receiver gets: those its columns name outright, and no others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.column_lists import lists_around
from schemas.columns import question_of
from schemas.compiling import CompiledForm
from schemas.definition import Json, Receiver, ViewField
from schemas.file_references import asking_for_files, references
from schemas.pointers import covers, expand, join, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressedFile:
    """A file as a column names it; `pointer` is the question's, rows as `*`."""

    column: str
    pointer: str
    reference: str


def addressed_files(
    form: CompiledForm, receiver: Receiver, columns: Sequence[tuple[str, str, Json]]
) -> tuple[AddressedFile, ...]:
    """Return the files behind a view's columns, in order.

    A column that tells less than the answer itself (whether there is one, how many)
    brings no file, and what somebody wrote in words never does.
    """
    values = {name: value for name, _, value in columns}
    return tuple(
        AddressedFile(column=field.name, pointer=pointer, reference=reference)
        for field in receiver.fields
        if field.pointer and field.shape is None and field.name in values
        for pointer, below in _questions(form, field)
        for answer in _answers(form, field, values[field.name])
        for reference in _along(form, field.pointer, answer, below)
    )


def _questions(
    form: CompiledForm, field: ViewField
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the questions about files that a column covers, and the way down to each."""
    for pointer in asking_for_files(form):
        if covers(field.pointer, pointer):
            yield pointer, parts(pointer)[len(parts(field.pointer)) :]


def _answers(form: CompiledForm, field: ViewField, value: Json) -> Iterator[Json]:
    """Yield the answers that a column's value holds: each row's or guardian's in turn."""
    depth = lists_around(form, field, question_of(form, field.pointer), value)
    return _inside(value, depth)


def _inside(value: Json, depth: int) -> Iterator[Json]:
    if depth and isinstance(value, list):
        for item in value:
            yield from _inside(item, depth - 1)
    else:
        yield value


def _along(
    form: CompiledForm, pointer: str, answer: Json, way: tuple[str, ...]
) -> Iterator[str]:
    """Yield the references at the end of a way from a pointer, in every row on it."""
    has_rows, below = form.asking.numbered.has_rows, join(*way)
    for place, value in expand(answer, below):
        if has_rows(pointer + below, pointer + place):
            yield from references(value)
