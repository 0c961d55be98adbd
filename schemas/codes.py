"""Code lists: options that a municipality keeps, with the days they are valid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schemas.definition import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry; `titles` are its names in other languages than Swedish."""

    code: str
    title: str
    titles: Mapping[str, str] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None  # the last day it may be chosen

    def is_valid(self, at: date | None) -> bool:
        """Tell whether it may be chosen on a day; without a day always."""
        return at is None or (
            (self.valid_from is None or self.valid_from <= at)
            and (self.valid_to is None or at <= self.valid_to)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """A list of codes under a urn."""

    urn: str
    entries: tuple[Code, ...]
    title: str = ""

    def valid(self, at: date | None) -> tuple[Code, ...]:
        """Return the codes that may be chosen on a day."""
        return tuple(entry for entry in self.entries if entry.is_valid(at))

    def as_schema(self, at: date | None = None) -> dict[str, Json]:
        """Return plain JSON Schema: one constant with its title per code.

        An empty list becomes `false`'s object form, as `oneOf: []` is no schema.
        """
        options = [{"const": e.code, "title": e.title} for e in self.valid(at)]
        return {"oneOf": options} if options else {"not": {}}

    def titles(self, language: str) -> Mapping[str, str]:
        """Return what every code is called in a language, Swedish where missing."""
        return {e.code: e.titles.get(language, e.title) for e in self.entries}
