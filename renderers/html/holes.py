"""HTML drawn once with holes in it, filled in many times and sent as it is."""

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
    """HTML in UTF-8 with named holes: `words` stand before, between and after them."""

    words: tuple[bytes, ...]
    names: tuple[str, ...]

    def filled(self, values: Mapping[str, str | bytes]) -> bytes:
        """Return the HTML with the values; text is escaped, bytes are HTML already."""
        if not self.names:
            return self.words[0]
        if len(self.names) == 1:  # as most are
            before, after = self.words
            return before + _written(values[self.names[0]]) + after
        written = {name: _written(value) for name, value in values.items()}
        found = [b""] * (2 * len(self.names) + 1)
        found[0::2] = self.words
        found[1::2] = [written[name] for name in self.names]
        return b"".join(found)


def _written(value: str | bytes) -> bytes:
    if isinstance(value, bytes):
        return value
    # Most values are plain, and looking is cheaper than escaping.
    return (escape(value) if _SPECIAL.search(value) else value).encode()


def pierced(drawn: str) -> Pierced:
    """Return what a template drew, split at its holes.

    >>> pierced(f"<p>{hole('name')}</p>").filled({"name": "Bo & Co"})
    b'<p>Bo &amp; Co</p>'
    """
    words = _HOLE.split(drawn)
    return Pierced(
        words=tuple(word.encode() for word in words[0::2]), names=tuple(words[1::2])
    )
