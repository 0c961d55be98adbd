"""Questions drawn once for everybody; what somebody answered is filled in.

What a widget makes of a question is the same for all, but for the answer. So each
question is drawn once in each language and way, and kept for as long as the question,
that is the form, is. Nothing anybody typed is kept: what is typed goes into holes, and
of choices only the form's own alternatives are drawn ahead.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakKeyDictionary

from renderers.html.holes import Pierced, hole, pierced
from renderers.html.page_parts import Field
from schemas.field_type import Question, Raw

TYPED: Final = frozenset({"text", "textarea", "date", "read_only", "information"})
"""Widgets that write an answer out as it is, and look at nothing but its presence."""

CHOSEN: Final = frozenset({"radios", "select", "checkbox", "checkboxes"})
"""Widgets that mark alternatives of the form's."""

KEPT: Final = 64
"""How many combinations of alternatives a question keeps drawn."""

Draw = Callable[[Field, bool], str]
"""Draws a field in its place on a page, as a heading or not."""

Way = tuple[str, bool]
"""In what language the widget's fixed words are, and whether it is the heading."""


class DrawnField:
    """A question in one language, drawn in every way it has been asked for."""

    def __init__(self, blank: Field) -> None:
        self.blank = blank
        self._is_chosen = blank.widget in CHOSEN and not blank.read_only
        self._drawn: dict[tuple[object, ...], Pierced] = {}
        options = blank.data.get("options", ())
        self._options = frozenset(option["value"] for option in options) | {"true"}
        self._suffixes = ("", *(part["name"] for part in blank.data.get("parts", ())))

    def html(self, raw: Raw, draw: Draw, way: Way) -> bytes:
        """Return the question in its place on a page, with the answer in it."""
        if self._is_chosen:
            return self._with_choice(tuple(raw.get("", ())), draw, way)
        typed = {}
        for suffix in self._suffixes:
            texts = raw.get(suffix)
            if texts and texts[0]:
                typed[suffix] = texts[0]
        found = self._drawn.get((way, *typed))
        if found is None:
            holes = {suffix: (hole(suffix),) for suffix in typed}
            found = pierced(draw(replace(self.blank, values=holes), way[1]))
            self._drawn[way, *typed] = found
        return found.filled(typed)

    def _with_choice(self, chosen: tuple[str, ...], draw: Draw, way: Way) -> bytes:
        found = self._drawn.get((way, *chosen))
        if found is not None:
            return found.words[0]
        html = draw(replace(self.blank, values={"": chosen}), way[1]).encode()
        if len(self._drawn) < KEPT and self._options.issuperset(chosen):
            self._drawn[way, *chosen] = Pierced((html,), ())
        return html


@dataclass(frozen=True, slots=True)
class AnsweredField:
    """A field that is drawn already, with the answer to fill in; nothing is wrong."""

    drawn: DrawnField
    raw: Raw

    @property
    def label(self) -> str:
        """Return what is asked."""
        return self.drawn.blank.label

    @property
    def widget(self) -> str:
        """Return the name of its widget."""
        return self.drawn.blank.widget

    @property
    def whole(self) -> Field:
        """Return the field as it is drawn at once."""
        values = {suffix: tuple(texts) for suffix, texts in self.raw.items()}
        return replace(self.drawn.blank, values=values)


Shown = Field | AnsweredField

_drawn: WeakKeyDictionary[Question, dict[str, DrawnField | None]]
_drawn = WeakKeyDictionary()


def drawn_field(
    question: Question, language: str, blank: Callable[[], Field]
) -> DrawnField | None:
    """Return the question as it is drawn for everybody, None if it cannot be."""
    known = _drawn.get(question)
    if known is None:
        known = _drawn.setdefault(question, {})
    if language not in known:
        field = blank()
        can_be = field.read_only or field.widget in TYPED | CHOSEN
        known[language] = DrawnField(field) if can_be else None
    return known[language]
