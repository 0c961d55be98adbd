"""Questions drawn once for everybody; what somebody answered is filled in.

What a widget makes of a question is the same for all, but for the answer. So each
question is drawn once in each language and way, and kept for as long as the question,
that is the form, is. Nothing anybody typed is kept: what is typed goes into holes, and
of choices only the form's own alternatives are drawn ahead.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple, Protocol
from weakref import WeakKeyDictionary

from renderers.html.holes import MARK, Pierced, hole, pierced
from renderers.html.page_parts import Field
from renderers.html.spoken import said
from schemas.field_type import Question, Raw

TYPED: Final = frozenset({"text", "textarea", "date", "read_only", "information"})
"""Widgets that write an answer out as it is, and look at nothing but its presence."""

CHOSEN: Final = frozenset({"radios", "select", "checkbox", "checkboxes"})
"""Widgets that mark alternatives of the form's."""

MARKED: Final = b" selected"
"""What marks an alternative of a list."""

ROW: Final = f"{MARK}row"
"""What stands for a row's number in what is drawn for every row."""
_ROW: Final = ROW.encode()

KEPT: Final = 64
"""How many combinations of alternatives a question keeps drawn."""

Draw = Callable[[Field, bool], str]
"""Draws a field by its widget, as a heading or not."""

Way = tuple[str, bool]
"""In what language the widget's fixed words are, and whether it is the heading."""


class DrawnField(Protocol):
    """A question in one language, drawn in every way it has been asked for."""

    blank: Field
    opening: bytes

    def html(self, raw: Raw, draw: Draw, way: Way) -> bytes:
        """Return the question with the answer in it."""


class DrawnText:
    """A question that is answered in writing: each text goes into a hole."""

    def __init__(self, blank: Field) -> None:
        self.blank, self.opening = blank, blank.opening.encode()
        self._suffixes = ("", *(part["name"] for part in blank.data.get("parts", ())))
        self._drawn: dict[tuple[object, ...], Pierced] = {}

    def html(self, raw: Raw, draw: Draw, way: Way) -> bytes:
        """Return the question with the texts, drawn anew if others were empty."""
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
        if not self.blank.read_only:
            return found.filled(typed)
        # What is only shown may be in another language; it stands in no attribute.
        told = {suffix: str(said(text)).encode() for suffix, text in typed.items()}
        return found.filled(told)


class DrawnChoice:
    """A question of alternatives, drawn for each combination that was chosen.

    What is none of them, and how often and in what order they were posted, is nothing
    to draw, so it is nothing to keep either.
    """

    def __init__(self, blank: Field) -> None:
        self.blank, self.opening = blank, blank.opening.encode()
        options = blank.data.get("options", ({"value": "true"},))
        self._options = tuple(option["value"] for option in options)
        self._is_one = blank.widget != "checkboxes"
        self._drawn: dict[tuple[object, ...], bytes] = {}

    def html(self, raw: Raw, draw: Draw, way: Way) -> bytes:
        """Return the question with its alternatives marked."""
        texts = raw.get("", ())
        given = frozenset(texts[:1] if self._is_one else texts)
        chosen = tuple(one for one in self._options if one in given)
        found = self._drawn.get((way, *chosen))
        if found is not None:
            return found
        html = draw(replace(self.blank, values={"": chosen}), way[1]).encode()
        if len(self._drawn) < KEPT:
            self._drawn[way, *chosen] = html
        return html


class DrawnRanks:
    """The same alternatives in several places: each mark there may be is a hole."""

    def __init__(self, blank: Field) -> None:
        self.blank, self.opening = blank, blank.opening.encode()
        self._places = tuple(place["name"] for place in blank.data["places"])
        options = [option["value"] for option in blank.data["options"]]
        # A hole's name is drawn like any text, so it is of nothing that is escaped.
        self._names = {
            (place, value): f"{place}-{number}"
            for place in self._places
            for number, value in enumerate(options)
        }
        self._unmarked = dict.fromkeys(self._names.values(), b"")
        self._drawn: dict[Way, Pierced] = {}

    def html(self, raw: Raw, draw: Draw, way: Way) -> bytes:
        """Return the question with one alternative marked in each place."""
        if way not in self._drawn:
            self._drawn[way] = pierced(draw(self._open(), way[1]))
        chosen = ((place, raw[place][0]) for place in self._places if raw.get(place))
        marks = {self._names[one]: MARKED for one in chosen if one in self._names}
        return self._drawn[way].filled({**self._unmarked, **marks})

    def _open(self) -> Field:
        """Return the field with holes for all its marks."""
        ranks = tuple(
            {
                **rank,
                "marks": {
                    value: hole(name)
                    for (where, value), name in self._names.items()
                    if where == place
                },
            }
            for rank, place in zip(self.blank.data["ranks"], self._places, strict=True)
        )
        return replace(self.blank, data={**self.blank.data, "ranks": ranks})


class AnsweredField(NamedTuple):
    """A field that is drawn already, with the answer to fill in; nothing is wrong.

    A cell is drawn for every row at once; `row` is the number of its own.
    """

    drawn: DrawnField
    raw: Raw
    row: str = ""

    def html(self, draw: Draw, way: Way) -> bytes:
        """Return the question with the answer in it."""
        html = self.drawn.html(self.raw, draw, way)
        return html.replace(_ROW, self.row.encode()) if self.row else html

    @property
    def name(self) -> str:
        """Return its HTML name."""
        return self.drawn.blank.name.replace(ROW, self.row)

    @property
    def label(self) -> str:
        """Return what is asked."""
        return self.drawn.blank.label

    @property
    def widget(self) -> str:
        """Return the name of its widget."""
        return self.drawn.blank.widget

    @property
    def has_heading(self) -> bool:
        """Tell whether it can be drawn as the page's heading."""
        return self.drawn.blank.has_heading


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
        how = _how(field)
        known[language] = how(field) if how else None
    return known[language]


def _how(blank: Field) -> Callable[[Field], DrawnField] | None:
    if blank.read_only or blank.widget in TYPED:
        return DrawnText
    if blank.widget in CHOSEN:
        return DrawnChoice
    return DrawnRanks if blank.widget == "ranked" else None
