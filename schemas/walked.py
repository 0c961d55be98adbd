"""What a walk over a form finds, and what it found in one member of the whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import is_

from schemas.definition import Json
from schemas.field_type import Question
from schemas.shapes import Child
from schemas.unions import Union


@dataclass(slots=True)
class Found:
    """What is asked, in order, and what else a walk came upon; it grows on the way."""

    asked: dict[str, Question] = field(default_factory=dict)
    calculated: dict[str, Question] = field(default_factory=dict)
    containers: set[str] = field(default_factory=set)
    branches: list[tuple[str, Union, int]] = field(default_factory=list)
    choices: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Found") -> None:
        """Take in what was found further on."""
        self.asked |= other.asked
        self.calculated |= other.calculated
        self.containers |= other.containers
        self.branches += other.branches
        self.choices |= other.choices


@dataclass(frozen=True, slots=True)
class Part:
    """What a walk over one member of the whole found, and all that it followed from.

    What was answered is known again by being the very same: equal is not enough, as
    Python takes 1, 1.0 and True for one.
    """

    child: Child
    current: Json
    original: Json
    choices: Mapping[str, Json]
    found: Found
    kept: Json

    def is_of(
        self,
        child: Child,
        current: Json,
        original: Json,
        choices: Mapping[str, Json],
    ) -> bool:
        """Tell whether a walk now would find the same."""
        return (
            child.place is self.child.place
            and child.required == self.child.required
            and current is self.current
            and original is self.original
            and (choices is self.choices or not (choices or self.choices))
        )


def is_whole(members: Mapping[str, Json], original: Mapping[str, Json]) -> bool:
    """Tell whether nothing was left out or changed, so that no copy is needed."""
    return list(members) == list(original) and all(
        map(is_, members.values(), original.values())
    )
