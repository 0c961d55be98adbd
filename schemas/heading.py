"""What an object with a title says above the questions in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.tongues import said_in


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heading:
    """An object's title and description, and whether it may ask several questions.

    `language` is what its author wrote in.
    """

    pointer: str
    title: str
    description: str
    wording: Mapping[str, Mapping[str, str]]
    asks_several: bool
    language: str

    def title_in(self, language: str) -> str:
        """Return the title in a language."""
        return self._said("title", language, self.title)

    def description_in(self, language: str) -> str:
        """Return what explains it in a language."""
        return self._said("description", language, self.description)

    def _said(self, what: str, language: str, own: str) -> str:
        found = self.wording.get(language, {}).get(what)
        return said_in(own, self.language, language) if found is None else found


def shown_above(
    within: Iterable[Heading], language: str, said: Iterable[str] = ()
) -> tuple[Heading, ...]:
    """Return the headings worth showing: over several questions, and not said already."""
    known = frozenset(said)
    return tuple(
        one
        for one in within
        if one.asks_several and one.title_in(language) not in known
    )
