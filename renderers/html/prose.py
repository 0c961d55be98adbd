"""Markdown that authors write, as HTML: a safe subset, in the page's heading order."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

ALLOWED: Final = ("emphasis", "heading", "link", "list", "newline", "escape", "entity")
"""What may be written beside paragraphs; HTML and pictures are text."""
LEADS_TO: Final = re.compile(r"(?:https://|mailto:|/(?!/)|#|\?)[^\s]*\Z", re.IGNORECASE)
"""Where a link may lead: a secure page, an address to write to, or our own pages."""
DEEPEST: Final = 6


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return LEADS_TO.match(url) is not None


def _reader() -> MarkdownIt:
    made = _Reader("zero", {"html": False, "breaks": True})
    made.enable(list(ALLOWED))
    return made


_READER: Final = _reader()


@lru_cache(maxsize=1024)
def prose(text: str, under: int) -> Markup:
    r"""Return the text as HTML whose headings follow one of this level, none skipped.

    >>> prose("# Om\n\nLäs **mer** [här](https://example.se).", 2)
    Markup('<h3>Om</h3>\n<p>Läs <strong>mer</strong> <a href="https://example.se">här</a>.</p>\n')
    >>> prose("<b>[x](javascript:alert(1))", 2)
    Markup('<p>&lt;b&gt;[x](javascript:alert(1))</p>\n')
    """
    tokens = _READER.parse(text)
    _level(tokens, under)
    return Markup(_READER.renderer.render(tokens, _READER.options, {}))  # noqa: S704 - HTML in the text is escaped


def _level(tokens: Sequence[Token], under: int) -> None:
    """Give each heading a level at most one below the heading before it."""
    first = min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=1)
    before = under
    for token in tokens:
        if token.type == "heading_open":
            wanted = under + 1 + int(token.tag[1]) - first
            before = min(wanted, before + 1, DEEPEST)
        if token.type.startswith("heading_"):
            token.tag = f"h{before}"
