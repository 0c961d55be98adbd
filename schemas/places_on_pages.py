"""Where on pages that is which stands at a pointer among the answers, and back.

The two differ in what follows the positions of a tuple, which on pages is a list of its
own (`/pair/3` is `/pair/~0from2/1`), and in rows whose answer may be of several kinds,
each with questions of its own there (`/rows/0` is `/rows/0/~0as1`).
"""

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import Final

from schemas.alternatives import step_of
from schemas.field_type import Question
from schemas.following import follows, start_of, step_after
from schemas.pointers import join
from schemas.reserved_names import AFTER, KIND

_AFTER: Final = re.compile(join(AFTER) + r"([0-9]{1,6})(?:/([0-9]{1,6}))?(?=/|$)")
_KIND: Final = re.compile(join(KIND) + r"[0-9]*(?=/|$)")


def in_answers(pointer: str) -> str:
    """Return where among the answers that is which has a pointer on pages.

    >>> in_answers("/pair/~0from2/1/name"), in_answers("/pair/~0from2")
    ('/pair/3/name', '/pair')
    >>> in_answers("/rows/0/~0as1/name"), in_answers("/rows/0/~0as")
    ('/rows/0/name', '/rows/0')
    """
    return _AFTER.sub(_counted, _KIND.sub("", pointer))


def with_kinds(pointer: str) -> str:
    """Return where among the answers that is, still told by which kind it is asked.

    >>> with_kinds("/pair/~0from2/0/~0as1")
    '/pair/2/~0as1'
    """
    return _AFTER.sub(_counted, pointer)


def _counted(found: re.Match[str]) -> str:
    start, number = found.groups()
    return "" if number is None else f"/{int(start) + int(number)}"


def on_page(
    pointer: str, asked: Mapping[str, Question], kinds: Mapping[str, int]
) -> str:
    """Return where on pages that is which has a pointer among the answers.

    `kinds` are the numbers of the kinds that rows are of, by their places.
    """
    found = around = ""
    steps = pointer.split("/")[1:]
    for step, after in zip_longest(steps, steps[1:], fillvalue=""):
        group = asked.get(around)
        start = start_of(group) if group and follows(group, step) else None
        if start is None:
            found += f"/{step}"
        else:
            found += f"{step_after(start)}/{int(step) - start}"
        around += f"/{step}"
        if around in kinds and not _KIND.match(f"/{after}"):
            found += step_of(kinds[around])
    return found
