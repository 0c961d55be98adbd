"""JSON Pointers into answers (RFC 6901), with `*` for every item of an array."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

ABSENT: Final = object()
"""What is not there: never stored, never equal to any JSON value."""

REMEMBERED: Final = 16384
"""How many pointers each function here remembers: some 4 MB at most."""


@lru_cache(maxsize=REMEMBERED)
def parts(pointer: str) -> tuple[str, ...]:
    """Split a pointer into unescaped segments.

    >>> parts("/diet/a~1b")
    ('diet', 'a/b')
    """
    if pointer == "":
        return ()
    return tuple(
        part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")
    )


@lru_cache(maxsize=REMEMBERED)
def join(*segments: str | int) -> str:
    """Build a pointer from unescaped segments.

    >>> join("contacts", "ice", 0, "phone")
    '/contacts/ice/0/phone'
    """
    return "".join(
        "/" + str(segment).replace("~", "~0").replace("/", "~1") for segment in segments
    )


def get(document: Any, pointer: str) -> Any:
    """Return what stands at the pointer, or ABSENT."""
    here = document
    for part in parts(pointer):
        if isinstance(here, dict) and part in here:
            here = here[part]
        elif isinstance(here, list) and part.isascii() and part.isdigit():
            if int(part) >= len(here):
                return ABSENT
            here = here[int(part)]
        else:
            return ABSENT
    return here


def with_value(document: Any, pointer: str, value: Any) -> Any:
    """Return a copy with the value at the pointer, making objects on the way.

    An ABSENT value removes the member. Arrays are only entered, never made.

    >>> with_value({"a": {"b": 1}}, "/a/c", 2)
    {'a': {'b': 1, 'c': 2}}
    """
    return with_values(document, {pointer: value})


def with_values(document: Any, values: Mapping[str, Any]) -> Any:
    """Return a copy with each value at its pointer, as `with_value` in turn.

    What lies on the way to several is copied once.

    >>> with_values({"a": {"b": 1}, "d": []}, {"/a/c": 2, "/a/b": ABSENT})
    {'a': {'c': 2}, 'd': []}
    """
    around = {"": document}
    own: Own = {(): around}
    for pointer, value in values.items():
        way = ("", *parts(pointer))
        holder = own.get(way[:-1])
        if holder is None:
            holder = _opened(own, way[:-1], is_made=value is not ABSENT)
        if holder is None:
            continue
        if way in own:  # What was copied gives way to another value.
            own = {(): around}
        if isinstance(holder, list):
            holder[int(way[-1])] = value
        elif value is ABSENT:
            holder.pop(way[-1], None)
        else:
            holder[way[-1]] = value
    return around.get("", ABSENT)


Own = dict[tuple[str, ...], Any]
"""Containers that may be changed, by the way to them."""


def _opened(own: Own, way: tuple[str, ...], *, is_made: bool) -> Any:
    """Return the container there, copied with all on the way; None where none is made."""
    deep = len(way)
    while way[:deep] not in own:
        deep -= 1
    here = own[way[:deep]]
    for depth, part in enumerate(way[deep:], deep + 1):
        step: Any = int(part) if isinstance(here, list) else part
        if not is_made and isinstance(here, dict) and step not in here:
            return None
        member = here[step] if isinstance(here, list) else here.get(step)
        if isinstance(member, list):
            copy: Any = list(member)
        else:
            copy = dict(member) if isinstance(member, dict) else {}
        here[step] = copy
        own[way[:depth]] = here = copy
    return here


def matches(pattern: str, pointer: str) -> bool:
    """Tell whether a pattern, where `*` stands for any one segment, fits a pointer.

    >>> matches("/contacts/ice/*/phone", "/contacts/ice/0/phone")
    True
    """
    wanted, found = parts(pattern), parts(pointer)
    return len(wanted) == len(found) and all(
        w in ("*", f) for w, f in zip(wanted, found, strict=True)
    )


@lru_cache(maxsize=REMEMBERED)
def covers(pattern: str, pointer: str) -> bool:
    """Tell whether a pattern addresses the pointer itself or something it lies in."""
    wanted, found = parts(pattern), parts(pointer)
    return len(wanted) <= len(found) and all(
        w in ("*", f) for w, f in zip(wanted, found, strict=False)
    )


def lies_in(pointer: str, place: str) -> bool:
    """Tell whether a pointer is to a place or to something in it; none has `*`.

    >>> lies_in("/a/b", "/a"), lies_in("/a", "/a"), lies_in("/ab", "/a")
    (True, True, False)
    """
    return pointer == place or pointer.startswith(f"{place}/")


def around(pointer: str) -> Iterator[str]:
    """Yield the pointer and all that it lies in, the nearest first.

    >>> list(around("/a/b"))
    ['/a/b', '/a', '']
    """
    yield pointer
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


@lru_cache(maxsize=REMEMBERED)
def general(pointer: str) -> str:
    """Return the pointer with every array index written as `*`.

    >>> general("/contacts/ice/0/phone")
    '/contacts/ice/*/phone'
    """
    return join(*("*" if p.isascii() and p.isdigit() else p for p in parts(pointer)))


def expand(document: Any, pattern: str) -> Iterator[tuple[str, Any]]:
    """Yield every present (pointer, value) a pattern with `*` stands for, in order."""

    def walk(here: Any, rest: tuple[str, ...], done: tuple[str | int, ...]) -> Any:
        if not rest:
            yield join(*done), here
        elif rest[0] == "*" and isinstance(here, list):
            for index, item in enumerate(here):
                yield from walk(item, rest[1:], (*done, index))
        else:
            found = get(here, join(rest[0]))
            if found is not ABSENT:
                yield from walk(found, rest[1:], (*done, rest[0]))

    yield from walk(document, parts(pattern), ())
