"""What is left of a broken document without its broken places, so that it can be read.

An author then learns in one go what is written wrong and which keys are unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.definition import Json
from schemas.pointers import join, parts
from schemas.structure import structure_problems

ROUNDS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A document that follows its schema, and where its list items stood before."""

    document: Json
    kept: Mapping[str, tuple[int, ...]]

    def original(self, pointer: str) -> str:
        """Return the pointer into the document as it was written."""
        done: tuple[str | int, ...] = ()
        here = ""
        for part in parts(pointer):
            is_item = here in self.kept and part.isdigit()
            done = (*done, self.kept[here][int(part)] if is_item else part)
            here += join(part)
        return join(*done)


def mend(
    document: Json, urn: str, broken: frozenset[str] = frozenset()
) -> Mended | None:
    """Return the document without the broken places; None when nothing is left."""
    dropped = set(broken)
    for _ in range(ROUNDS):
        mended = _without(document, dropped)
        problems = structure_problems(mended.document, urn)
        if not problems:
            return mended
        dropped |= {mended.original(problem.pointer) for problem in problems}
        if "" in dropped:
            return None
    return None


def _without(document: Json, dropped: set[str]) -> Mended:
    kept: dict[str, tuple[int, ...]] = {}

    def copy(value: Json, was: str, now: str) -> Json:
        if isinstance(value, Mapping):
            return {
                name: copy(member, was + join(name), now + join(name))
                for name, member in value.items()
                if was + join(name) not in dropped
            }
        if isinstance(value, list):
            left = [i for i in range(len(value)) if was + join(i) not in dropped]
            kept[now] = tuple(left)
            return [
                copy(value[index], was + join(index), now + join(place))
                for place, index in enumerate(left)
            ]
        return value

    return Mended(document=copy(document, "", ""), kept=kept)
