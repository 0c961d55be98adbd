"""A schema in several files as one: what it refers to beside it comes under `$defs`."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from schemas.definition import Json
from schemas.dialects.members import MAPS
from schemas.importing.keys import key_of

MOST: Final = 500
"""Files that one schema may be spread over."""

VALUES: Final = frozenset({"const", "default", "enum", "example", "examples"})
"""Keywords that hold answers, where `$ref` is a word like any other."""

NAMES: Final = ("$id", "id", "$schema")
"""What a file says of itself, that it is no longer."""

Read = Callable[[str], Json | None]
"""Gives the document at a path, None when there is none."""


def bundled(schema: Json, place: str, read: Read) -> Json:
    """Return a schema with the files that it refers to; `place` is its own path.

    References to what cannot be read are left, for `check` to name.

    >>> bundled({"$ref": "b.json#/a"}, "s.json", {"b.json": {"a": {}}}.get)
    {'$ref': '#/$defs/b_json/a', '$defs': {'b_json': {'a': {}}}}
    """
    if not isinstance(schema, dict):
        return schema
    found = _Bundle(read=read, names={place: ""}, taken={*schema.get("$defs", ())})
    root = found.within(schema, place, "")
    while found.waiting:
        path, name = found.waiting.pop(0)
        found.files[name] = found.within(_nameless(read(path)), path, f"/$defs/{name}")
    if not found.files:
        return schema
    return {**root, "$defs": {**root.get("$defs", {}), **found.files}}


@dataclass(slots=True, kw_only=True)
class _Bundle:
    """The files so far: their names by path, and those not looked into yet."""

    read: Read
    names: dict[str, str]
    taken: set[str]
    files: dict[str, Json] = field(default_factory=dict)
    waiting: list[tuple[str, str]] = field(default_factory=list)

    def within(self, value: Json, path: str, here: str) -> Json:
        """Return a part of a file with its references led to where things now stand."""
        if isinstance(value, list):
            return [self.within(one, path, here) for one in value]
        if not isinstance(value, dict):
            return value
        return {
            name: self._member(name, one, path, here) for name, one in value.items()
        }

    def _member(self, name: str, value: Json, path: str, here: str) -> Json:
        if name == "$ref" and isinstance(value, str):
            return self._reference(value, path, here)
        if name in VALUES:
            return value
        if name in MAPS and isinstance(value, dict):
            # Its names are the author's own: a property may be called `default`.
            return {one: self.within(v, path, here) for one, v in value.items()}
        return self.within(value, path, here)

    def _reference(self, said: str, path: str, here: str) -> str:
        try:
            target = urlsplit(said)
        except ValueError:  # no address at all
            return said
        fragment = target.fragment
        if target.scheme or target.netloc or target.path.startswith("/"):
            return said
        if fragment[:1] not in ("", "/"):  # a name, which no path goes before
            return said
        if not target.path:
            return f"#{here}{fragment}"
        wanted = posixpath.join(posixpath.dirname(path), unquote(target.path))
        name = self._name(posixpath.normpath(wanted))
        return said if name is None else f"#{name}{fragment}"

    def _name(self, path: str) -> str | None:
        """Return where a file stands in the bundle, None when it cannot be read."""
        if path in self.names:
            return self.names[path]
        if len(self.names) > MOST or path.startswith("..") or self.read(path) is None:
            return None
        name = key_of(path, self.taken, "_")
        self.taken.add(name)
        self.names[path] = f"/$defs/{name}"
        self.waiting.append((path, name))
        return self.names[path]


def _nameless(document: Json) -> Json:
    if not isinstance(document, dict):
        return document
    return {
        name: one
        for name, one in document.items()
        if name not in NAMES or not isinstance(one, str)
    }
