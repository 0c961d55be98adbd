"""Questions that are cells of another: in its rows, at its positions, in its table."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from schemas.definition import Json
from schemas.field_types.file import File
from schemas.included import included, included_in
from schemas.mentions import Mention, Trace
from schemas.pointers import join, parts
from schemas.positions import list_after

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


def files_out_of_place(
    trace: Trace, questions: Mapping[str, tuple[Mention, ...]], look: Look
) -> Iterator[tuple[str, str]]:
    """Yield pointer and place of the files that no page takes.

    A grid and an address have no room for one; what follows a tuple's positions is
    one list, in which a file has no question of its own.
    """
    for pointer, mentions in questions.items():
        is_file = File().matches(included_in(mentions), look(pointer))
        if is_file and _is_held(pointer, look):
            yield pointer, mentions[0].at
    for node in trace.nodes:
        after = list_after(included(node.resource, node.schema))
        if after and File().matches(after, look(f"{node.pointer}/*")):
            yield node.pointer, f"{node.at}/items"
