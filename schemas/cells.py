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
    return (
        "*" in parts(pointer)
        or trace.whole(pointer) != pointer
        or _is_held(pointer, look)
    )


def _is_held(pointer: str, look: Look) -> bool:
    segments = parts(pointer)
    above = (join(*segments[:end]) for end in range(len(segments)))
    return any(look(one).get("widget") in HOLDING for one in above)


def files_in_tables(
    pointers: Mapping[str, tuple[Mention, ...]], look: Look
) -> Iterator[str]:
    """Yield the pointers to files in a grid or an address, which have no room for one."""
    for pointer, mentions in pointers.items():
        is_file = File().matches(included_in(mentions), look(pointer))
        if is_file and _is_held(pointer, look):
            yield pointer
