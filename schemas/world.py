"""One set of answers somebody might give, by pointer, and the verdicts on it."""

from collections.abc import Mapping
from functools import cached_property

from schemas.definition import Json
from schemas.pointers import ABSENT, parts


class World(dict[str, Json]):
    """Pointer (with `*`) to value; `variables` are the pointers it is about.

    A variable that is not there is not answered.
    """

    def __init__(self, values: Mapping[str, Json], variables: frozenset[str]) -> None:
        super().__init__(values)
        self.variables = variables
        self.verdicts: dict[tuple[str, str, bool], bool] = {}

    def plus(self, pointer: str, value: Json) -> "World":
        """Return the world with one more answer."""
        if value is ABSENT:
            return self
        return World({**self, pointer: value}, self.variables)

    @cached_property
    def answers(self) -> Json:
        """Return the world as answers, with one row where it speaks of rows."""
        answers: dict[str, Json] = {}
        for pointer in sorted(self):
            _put(answers, parts(pointer), self[pointer])
        return answers


def _put(here: Json, segments: tuple[str, ...], value: Json) -> None:
    head, rest = segments[0], segments[1:]
    key: str | int = head
    if isinstance(here, list):
        key = 0
        if not here:
            here.append({})
    if not rest:
        if isinstance(here, list) or head not in here or value != {}:
            here[key] = dict(value) if value == {} else value
        return
    below = here[0] if isinstance(here, list) else here.get(head)
    if not isinstance(below, dict | list):
        here[key] = [] if rest[0] == "*" else {}
    _put(here[key], rest, value)
