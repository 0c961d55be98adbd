"""On which line of a TOML text a pointer was written, as near as headers and keys tell."""

import re
import tomllib
from collections.abc import Iterator
from typing import Final

from schemas.pointers import join, parts

_HEADER: Final = re.compile(r"\s*(\[\[?)(.+?)\]\]?\s*(#.*)?$")
_KEY: Final = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*=")  # fmt: skip


def line_of(text: str, pointer: str) -> int:
    r"""Return the line of the pointer, or of the nearest thing around it.

    >>> line_of("[departments.kitchen]\ntitle = 'Köket'", "/departments/kitchen/title")
    2
    """
    lines: dict[str, int] = {}
    for line, found in _written(text):
        lines.setdefault(found, line)
    wanted = parts(pointer)
    nearest = (join(*wanted[:end]) for end in range(len(wanted), 0, -1))
    return next((lines[one] for one in nearest if one in lines), 1)


def _written(text: str) -> Iterator[tuple[int, str]]:
    table: tuple[str | int, ...] = ()
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header and not key:
            table = _keys(header[2])
            if header[1] == "[[":
                index = seen.get(join(*table), 0)
                seen[join(*table)] = index + 1
                table = (*table, index)
            yield number, join(*table)
        elif key:
            yield number, join(*table, *_keys(key[1]))


def _keys(dotted: str) -> tuple[str | int, ...]:
    """Return the segments of a dotted key, read as TOML reads them."""
    try:
        here = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    keys: list[str | int] = []
    while isinstance(here, dict):
        [(key, here)] = here.items()
        keys.append(key)
    return tuple(keys)
