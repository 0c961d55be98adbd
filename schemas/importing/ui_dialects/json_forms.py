"""The UI schema of JSON Forms: a tree of layouts, controls and rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import Problem
from schemas.importing.layout import (
    Group,
    Layout,
    Rule,
    leads_nowhere,
    merged,
    notice,
    without_equal,
)
from schemas.importing.repeated import Shown, gathered
from schemas.importing.scopes import condition_of, pointer_of, read_by
from schemas.importing.telling import place_of
from schemas.labels import label_of
from schemas.pointers import covers, get, join, parts

CONTROLS: Final = frozenset({"Control", "ListWithDetail"})
LAYOUTS: Final = frozenset({"VerticalLayout", "HorizontalLayout"})
PAGES: Final = frozenset({"Category", "Group"})
TITLED: Final = PAGES | {"Categorization"}
EFFECTS: Final = {"SHOW": True, "ENABLE": True, "HIDE": False, "DISABLE": False}
WIDGETS: Final[Mapping[tuple[str, Json], str]] = {
    ("multi", True): "textarea",
    ("format", "radio"): "radios",
    ("format", "checkbox"): "checkboxes",
}


class JsonForms:
    """`{"type": "VerticalLayout", "elements": […]}` and its kin."""

    key: ClassVar[str] = "json-forms"

    def matches(self, ui: Json) -> bool:
        return isinstance(ui, Mapping) and (
            isinstance(ui.get("elements"), list) or isinstance(ui.get("scope"), str)
        )

    def layout(self, ui: Json, schema: Json, root: str) -> Layout:
        reading = _Reading(schema, root)
        reading.element(ui, "", ())
        reading.close()
        rules, lost = gathered(reading.rules, reading.places)
        return Layout(
            ui=merged(reading.looks),
            groups=tuple(reading.groups),
            rules=tuple(_whole(one, schema) for one in rules),
            told=reading.told,
            places={one.pointer: one.at for one in reading.places},
            notices=(*reading.notices, *lost),
        )


@dataclass(slots=True)
class _Reading:
    """One walk over the tree: the page being filled, and what has been found."""

    schema: Json
    root: str
    looks: list[tuple[str, Mapping[str, Json]]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)
    places: list[Shown] = field(default_factory=list)
    _page: Group = field(default_factory=lambda: Group(fields=()))

    def element(self, ui: Json, at: str, titles: tuple[str, ...]) -> tuple[str, ...]:
        """Read an element and all in it; return the questions it shows."""
        if not isinstance(ui, Mapping):
            self.notices.append(leads_nowhere(at, "Elementet"))
            return ()
        kind = ui.get("type")
        if kind in CONTROLS:
            fields = self._control(ui, at)
        elif kind == "Label":
            fields = self._label(ui, at)
        elif kind in PAGES:
            fields = self._group(ui, at, titles)
        elif kind == "Categorization" or kind in LAYOUTS or "elements" in ui:
            fields = self._elements(ui, at, titles)
        else:
            self.notices.append(without_equal(at, f"type: {kind}"))
            if "scope" not in ui:
                return ()
            fields = self._control(ui, at)
        self._leftovers(ui, at)
        if isinstance(ui.get("rule"), Mapping):
            self._rule(ui["rule"], at + "/rule", fields)
        return fields

    def close(self) -> None:
        """End the page being filled."""
        if self._page.fields:
            self.groups.append(self._page)
        self._page = Group(fields=())

    def _elements(
        self, ui: Mapping[str, Json], at: str, titles: tuple[str, ...]
    ) -> tuple[str, ...]:
        label = _label(ui)
        inner = (*titles, label) if label and ui["type"] == "Categorization" else titles
        return tuple(
            pointer
            for index, one in enumerate(ui.get("elements", ()))
            for pointer in self.element(one, at + join("elements", index), inner)
        )

    def _group(
        self, ui: Mapping[str, Json], at: str, titles: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Read a category, or a group that is not inside one: a page of its own."""
        label = _label(ui)
        if self._page.title:  # already inside a page
            if label:
                self.notices.append(without_equal(at + "/label", label))
            return self._elements(ui, at, titles)
        self.close()
        within = (*titles, label) if label else titles
        nested = any(
            isinstance(one, Mapping) and one.get("type") == "Categorization"
            for one in ui.get("elements", ())
        )
        if nested:
            return self._elements(ui, at, within)
        self._page = Group(fields=(), title=": ".join(within))
        fields = self._elements(ui, at, titles)
        self.close()
        return fields

    def _control(self, ui: Mapping[str, Json], at: str) -> tuple[str, ...]:
        pointer = pointer_of(ui.get("scope"), self.root)
        if not pointer:
            self.notices.append(leads_nowhere(at + "/scope", str(ui.get("scope"))))
            return ()
        self.places.append(Shown(pointer=pointer, at=at))
        if any(covers(one.pointer, pointer) for one in self.places[:-1]):
            self.notices.append(without_equal(at, f"{pointer} en gång till"))
            return (pointer,)
        self._page = replace(self._page, fields=(*self._page.fields, pointer))
        self.looks.append((pointer, self._look(ui, at)))
        return (pointer,)

    def _look(self, ui: Mapping[str, Json], at: str) -> dict[str, Json]:
        look: dict[str, Json] = {}
        label = ui.get("label")
        if _text(label):
            look["label"] = _text(label)
        elif label is False:
            self.notices.append(without_equal(at + "/label", "label: false"))
        options = ui.get("options")
        for name, value in options.items() if isinstance(options, Mapping) else ():
            widget = _widget(name, value)
            if widget:
                look["widget"] = widget
            elif name == "help" and isinstance(value, str):
                look["help"] = value
            else:
                place = at + join("options", name)
                self.notices.append(without_equal(place, f"options.{name}"))
        return look

    def _label(self, ui: Mapping[str, Json], at: str) -> tuple[str, ...]:
        """Read a text: it leads a page in, or stands among its questions."""
        text = str(ui.get("text", "")).strip()
        if not text:
            return ()
        if not self._page.fields and "rule" not in ui:
            said = " ".join(one for one in (self._page.description, text) if one)
            self._page = replace(self._page, description=said)
            return ()
        pointer = place_of(self.told, self.schema)
        self.told[pointer] = text
        self.places.append(Shown(pointer=pointer, at=at))
        self._page = replace(self._page, fields=(*self._page.fields, pointer))
        return (pointer,)

    def _leftovers(self, ui: Mapping[str, Json], at: str) -> None:
        """List what is said of an element and nothing above has read."""
        for name, value in ui.items():
            if name not in _read(ui) and value not in ("", None):
                said = name if isinstance(value, dict | list) else f"{name}: {value}"
                self.notices.append(without_equal(at + join(name), said))

    def _rule(self, rule: Mapping[str, Json], at: str, fields: tuple[str, ...]) -> None:
        effect, condition = rule.get("effect"), rule.get("condition")
        found = condition_of(condition, self.root)
        if effect not in EFFECTS or found is None:
            self.notices.append(without_equal(at, f"rule: {effect}"))
            return
        if effect in ("ENABLE", "DISABLE"):
            self.notices.append(
                notice(
                    "FB193",
                    at,
                    "En fråga som regeln stänger av visas inte alls, i stället för "
                    "att gråas ut.",
                    "Säg i en informationstext varför frågan saknas, om det behövs.",
                )
            )
        self.rules.append(
            Rule(
                fields=fields,
                condition=found,
                asks=EFFECTS[effect],
                reads=tuple(read_by(condition, self.root)),
                at=at,
            )
        )


def _whole(rule: Rule, schema: Json) -> Rule:
    """Name an object instead of its members when a rule is about all of them."""
    found: dict[str, None] = {}
    for pointer in rule.fields:
        above = join(*parts(pointer)[:-1])
        place = "".join(join("properties", name) for name in parts(above))
        around = get(schema, place + "/properties") if above else None
        members = (
            [above + join(name) for name in around or ()]
            if isinstance(around, Mapping)
            else []
        )
        is_whole = bool(members) and set(members) <= set(rule.fields)
        found[above if is_whole else pointer] = None
    return replace(rule, fields=tuple(found))


def _read(ui: Mapping[str, Json]) -> frozenset[str]:
    """Return the names in an element that something is made of."""
    kind = ui.get("type")
    names = {"type", "rule"} if isinstance(ui.get("rule"), Mapping) else {"type"}
    if kind == "Label":
        return frozenset(names | {"text"})
    if kind in TITLED:
        return frozenset(names | {"elements", "label" if ui.get("label") else "i18n"})
    is_control = kind in CONTROLS or ("scope" in ui and "elements" not in ui)
    return frozenset(
        names | ({"scope", "label", "options"} if is_control else {"elements"})
    )


def _text(label: Json) -> str:
    """Return a label's text; older layouts have it in an object."""
    said = label.get("text") if isinstance(label, Mapping) else label
    return said if isinstance(said, str) else ""


def _label(ui: Mapping[str, Json]) -> str:
    if ui.get("label"):
        return _text(ui["label"])
    return label_of(ui["i18n"]) if isinstance(ui.get("i18n"), str) else ""


def _widget(name: str, value: Json) -> str:
    known = value is True or isinstance(value, str)
    return WIDGETS.get((name, value), "") if known else ""
