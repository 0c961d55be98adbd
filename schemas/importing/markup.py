"""Texts that somebody wrote as HTML, as plain texts: a page would show the tags."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Final

from schemas.definition import Json
from schemas.dialects.members import rewritten
from schemas.importing.layout import Group, Layout

LINES: Final = frozenset(
    {"br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "ul"}
)
"""What begins a line of its own."""
TAGS: Final = LINES | frozenset(
    {"a", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "u"}
)
ANY: Final = re.compile(
    rf"</?(?:{'|'.join(sorted(TAGS))})(?:\s[^<>]*)?/?>", re.IGNORECASE
)
SAID: Final = ("title", "description")


def plain(text: str) -> str:
    r"""Return a text without its tags, if it has any that HTML knows.

    >>> plain('Läs <b>mer</b>:<br>se <a href="https://example.se">sidan</a>.')
    'Läs mer:\nse sidan (https://example.se).'
    >>> plain("a<b och <namn>")
    'a<b och <namn>'
    """
    if not ANY.search(text):
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).splitlines())
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Gathers what a text says; tags that HTML does not know are part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._links: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(" ".join(re.split(r"\s+", data)))

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        if tag not in TAGS:
            self.found.append(self.get_starttag_text() or "")
        elif tag in LINES:
            self.found.append("\n– " if tag == "li" else "\n")
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in TAGS:
            self.found.append(f"</{tag}>")
        elif tag in LINES:
            self.found.append("\n")
        elif tag == "a" and self._links:
            link = self._links.pop()
            if link and link not in self.found[-1]:
                self.found.append(f" ({link})")


def without_markup(schema: Json) -> Json:
    """Return the schema with plain titles and descriptions."""
    return rewritten(schema, _plain_texts)


def _plain_texts(schema: dict[str, Json]) -> dict[str, Json]:
    said = {k: plain(schema[k]) for k in SAID if isinstance(schema.get(k), str)}
    return {**schema, **said}


def layout_without_markup(layout: Layout) -> Layout:
    """Return the layout with plain texts."""
    return replace(
        layout,
        ui={pointer: _plain_look(look) for pointer, look in layout.ui.items()},
        groups=tuple(map(_plain_group, layout.groups)),
        told={pointer: plain(text) for pointer, text in layout.told.items()},
        title=plain(layout.title),
        description=plain(layout.description),
    )


def _plain_look(look: Mapping[str, Json]) -> dict[str, Json]:
    return {k: plain(v) if isinstance(v, str) else v for k, v in look.items()}


def _plain_group(group: Group) -> Group:
    return replace(
        group, title=plain(group.title), description=plain(group.description)
    )
