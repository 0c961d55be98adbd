"""Text drawn once with holes in it, filled in many times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from markupsafe import Markup, escape

MARK: Final = f"\ue000{uuid4().hex}"
"""What surrounds a hole's name; new in each process, so nobody can type one."""

_HOLE: Final = re.compile(f"{MARK}:(.*?):{MARK}")


def hole(name: str) -> str:
    """Return what a template draws where the value of this name is to stand."""
    return f"{MARK}:{name}:{MARK}"


@dataclass(frozen=True, slots=True)
class Pierced:
    """HTML with named holes: `words` stand before, between and after them."""

    words: tuple[str, ...]
    names: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> Markup:
        """Return the HTML with the values, escaped unless they are HTML already."""
        first, *rest = self.words
        found = [first]
        for name, word in zip(self.names, rest, strict=True):
            found.append(escape(values[name]))
            found.append(word)
        return Markup("".join(found))  # noqa: S704 - a template escaped the words


def pierced(drawn: str) -> Pierced:
    """Return what a template drew, split at its holes.

    >>> pierced(f"<p>{hole('name')}</p>").filled({"name": "Åsa & Bo"})
    Markup('<p>Åsa &amp; Bo</p>')
    """
    words = _HOLE.split(drawn)
    return Pierced(words=tuple(words[0::2]), names=tuple(words[1::2]))
