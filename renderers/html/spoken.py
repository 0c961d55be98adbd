"""Texts in another language than the page's, said to be so (WCAG 2.2 SC 3.1.2)."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from schemas.tongues import Foreign, Mixed, comma, direction

SPAN = Markup("<span{}>{}</span>")
NAMED = Markup(' lang="{}" dir="{}"')


def said(text: object) -> Markup:
    """Return a text for the page, each foreign word of it in an element of its own."""
    if isinstance(text, Mixed):
        return Markup().join(said(piece) for piece in text.pieces)
    return SPAN.format(lang_of(text), str(text)) if is_foreign(text) else escape(text)


def lang_of(text: object) -> Markup:
    """Return the attributes of an element that holds the text; nothing for most."""
    if not isinstance(text, Foreign):
        return Markup()
    return NAMED.format(text.language, direction(text.language))


def is_foreign(text: object) -> bool:
    """Tell whether a text is in another language than the page."""
    return isinstance(text, Foreign)


def said_after_each_other(texts: Iterable[object], language: str) -> Markup:
    """Return a list for the page, with the comma of its language."""
    return escape(comma(language)).join(said(text) for text in texts)
