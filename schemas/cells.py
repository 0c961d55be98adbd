"""Questions that are cells of another: in its rows, at its positions, in its table."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from schemas.definition import Json
from schemas.field_types.file import File
from schemas.included import included_in
from schemas.mentions import Mention, Trace
from schemas.pointers import join, parts

Look = Callable[[str], Mapping[str, Json]]
"""What the author says of a pointer's looks."""

HOLDING: Final = frozenset({"grid", "address"})
"""Widgets that ask an object and all in it as one question."""


def is_cell(trace: Trace, pointer: str, look: Look) -> bool:
    """Tell whether the pointer is asked in another question."""
    segments = parts(pointer)
    return (
        "*" in segments
        or trace.whole(pointer) != pointer
        or any(
            look(join(*segments[:end])).get("widget") in HOLDING
            for end in range(len(segments))
        )
    )


def file_cells(
    trace: Trace, pointers: Mapping[str, tuple[Mention, ...]], look: Look
) -> Iterator[str]:
    """Yield the pointers to files in cells; a page takes no file there."""
    for pointer, mentions in pointers.items():
        is_file = File().matches(included_in(mentions), look(pointer))
        if is_file and is_cell(trace, pointer, look):
            yield pointer
