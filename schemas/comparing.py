"""`moreThan` and `atLeast`: an answer compared with another one, section A9."""

from collections.abc import Iterator, Mapping
from typing import Final

from schemas.definition import Json
from schemas.pointers import ABSENT, get, join, parts

KEYWORDS: Final = ("moreThan", "atLeast")
COMPARING: Final = frozenset(KEYWORDS)


def comparison(
    answers: Json, pointer: str, schema: Mapping[str, Json]
) -> Iterator[tuple[str, str]]:
    """Yield (keyword, the other's pointer) for each comparison that does not hold.

    Absent or incomparable values compare with nothing: other rules name them.
    """
    for keyword in KEYWORDS:
        if keyword in schema:
            other = target(pointer, str(schema[keyword]))
            if _fails(keyword, get(answers, pointer), get(answers, other)):
                yield keyword, other


def target(pointer: str, named: str) -> str:
    """Return the pointer a comparison names, rows taken from the question's own.

    A name without a slash in front is a neighbour within the same object.

    >>> target("/trips/2/to", "/trips/*/from"), target("/trips/2/to", "from")
    ('/trips/2/from', '/trips/2/from')
    """
    own = parts(pointer)
    if not named.startswith("/"):
        steps, _, rest = named.partition("/")
        if steps.isascii() and steps.isdigit():
            # A relative JSON Pointer: that many levels up.
            return join(*own[: len(own) - int(steps)]) + (f"/{rest}" if rest else "")
        return join(*own[:-1]) + "/" + named
    wanted = parts(named)
    return join(
        *(
            own[place] if part == "*" and place < len(own) else part
            for place, part in enumerate(wanted)
        )
    )


def _fails(keyword: str, answer: Json, other: Json) -> bool:
    if answer is ABSENT or other is ABSENT:
        return False
    if isinstance(answer, bool) or isinstance(other, bool):
        return False
    if isinstance(answer, str) and isinstance(other, str):
        pass  # ISO dates and HH:MM order as text.
    elif not (isinstance(answer, int | float) and isinstance(other, int | float)):
        return False
    return not (answer > other if keyword == "moreThan" else answer >= other)
