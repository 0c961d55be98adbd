"""Text drawn once with holes in it, filled in many times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from markupsafe import escape

MARK: Final = f"\ue000{uuid4().hex}"
"""What surrounds a hole's name; new in each process, so nobody can type one."""

_SPECIAL: Final = re.compile("[&<>'\"]")
_HOLE: Final = re.compile(f"{MARK}:(.*?):{MARK}")


def hole(name: str) -> str:
    """Return what a template draws where the value of this name is to stand."""
    return f"{MARK}:{name}:{MARK}"


@dataclass(frozen=True, slots=True)
class Pierced:
    """HTML with named holes: `words` stand before, between and after them."""

    words: tuple[str, ...]
    names: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the HTML with the values, escaped unless they are HTML already."""
        words = iter(self.words)
        found = [next(words)]
        for name, word in zip(self.names, words, strict=True):
            value = values[name]
            # Most values are plain, and looking is cheaper than escaping.
            found.append(escape(value) if _SPECIAL.search(value) else value)
            found.append(word)
        return "".join(found)


def pierced(drawn: str) -> Pierced:
    """Return what a template drew, split at its holes.

    >>> pierced(f"<p>{hole('name')}</p>").filled({"name": "Åsa & Bo"})
    '<p>Åsa &amp; Bo</p>'
    """
    words = _HOLE.split(drawn)
    return Pierced(words=tuple(words[0::2]), names=tuple(words[1::2]))
