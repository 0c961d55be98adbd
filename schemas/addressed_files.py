"""Which files a receiver gets: those its columns name outright, and no others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.compiling import CompiledForm
from schemas.definition import Json, Receiver, ViewField
from schemas.file_references import asking_for_files, references
from schemas.pointers import covers, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressedFile:
    """A file as a column names it; `pointer` is the question's."""

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
        for reference in _along(values[field.name], below)
    )


def _questions(
    form: CompiledForm, field: ViewField
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the questions about files that a column covers, and the way down to each."""
    for pointer in asking_for_files(form):
        if covers(field.pointer, pointer):
            yield pointer, parts(pointer)[len(parts(field.pointer)) :]


def _along(value: Json, way: tuple[str, ...]) -> Iterator[str]:
    """Yield the references at the end of a way; each guardian's in turn."""
    if not way:
        yield from references(value)
    elif isinstance(value, list):
        for item in value:
            yield from _along(item, way)
    elif isinstance(value, Mapping) and way[0] in value:
        yield from _along(value[way[0]], way[1:])
