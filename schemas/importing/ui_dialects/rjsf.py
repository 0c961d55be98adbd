"""The uiSchema of react-jsonschema-form: `ui:` settings in the shape of the answers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import Problem
from schemas.importing.layout import Layout, merged, without_equal
from schemas.pointers import join, parts

PREFIX: Final = "ui:"
OPTIONS: Final = "ui:options"
WIDGETS: Final[Mapping[str, str]] = {
    "textarea": "textarea",
    "textareawidget": "textarea",
    "radio": "radios",
    "radiowidget": "radios",
    "select": "select",
    "selectwidget": "select",
    "checkboxes": "checkboxes",
    "checkboxeswidget": "checkboxes",
    "file": "file",
    "filewidget": "file",
}
TEXTS: Final[Mapping[str, str]] = {
    "title": "label",
    "help": "help",
    "description": "help",
    "autocomplete": "autocomplete",
}
AS_IT_IS: Final = frozenset(
    {("widget", "text"), ("widget", "email"), ("widget", "date"),
     ("widget", "alt-date"), ("widget", "updown"), ("inputType", "tel"),
     ("inputType", "email"), ("addable", True), ("removable", True), ("label", True),
     ("inline", True), ("inline", False)}
)  # fmt: skip
"""What the question looks like anyway."""


class Rjsf:
    """`{"name": {"ui:widget": "textarea"}, "ui:order": […]}`."""

    key: ClassVar[str] = "rjsf"

    def matches(self, ui: Json) -> bool:
        return isinstance(ui, Mapping) and any(_settings(ui))

    def layout(self, ui: Json, schema: Json, root: str) -> Layout:
        reading = _Reading()
        reading.place(ui, root, "")
        said = reading.root
        return Layout(
            ui=merged(reading.looks),
            order=reading.order,
            places=reading.places,
            notices=tuple(reading.notices),
            title=str(said.get("label", "")),
            description=str(said.get("help", "")),
        )


@dataclass(slots=True)
class _Reading:
    """One walk over the document, with what it says of each pointer."""

    looks: list[tuple[str, Mapping[str, Json]]] = field(default_factory=list)
    order: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)
    root: dict[str, Json] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def place(self, ui: Json, pointer: str, at: str) -> None:
        """Read what is said of one pointer and of everything below it."""
        if not isinstance(ui, Mapping):
            self.notices.append(without_equal(at, str(ui)))
            return
        look: dict[str, Json] = {}
        self.places.setdefault(pointer, at)
        for name, value in ui.items():
            here = at + join(name)
            if name == OPTIONS and isinstance(value, Mapping):
                for option, said in value.items():
                    self._setting(look, option, said, pointer, here + join(option))
            elif name.startswith(PREFIX):
                self._setting(look, name.removeprefix(PREFIX), value, pointer, here)
            else:
                self._below(name, value, pointer, here)
        if pointer:
            self.looks.append((pointer, look))
        else:
            self.root = look

    def _below(self, name: str, value: Json, pointer: str, at: str) -> None:
        if name in ("items", "additionalItems") and pointer:
            listed = value if isinstance(value, list) else [value]
            for index, one in enumerate(listed):
                place = at + join(index) if isinstance(value, list) else at
                self.place(one, pointer + "/*", place)
        elif name in ("anyOf", "oneOf", "allOf") and isinstance(value, list):
            for index, one in enumerate(value):
                self.place(one, pointer, at + join(index))
        elif isinstance(value, Mapping):
            self.place(value, pointer + join(name), at)
        else:
            self.notices.append(without_equal(at, _written(name, value)))

    def _setting(
        self, look: dict[str, Json], name: str, value: Json, pointer: str, at: str
    ) -> None:
        widget = WIDGETS.get(value.lower()) if isinstance(value, str) else None
        if name == "order" and isinstance(value, list) and "*" not in parts(pointer):
            self.order[pointer] = tuple(str(one) for one in value)
        elif name in TEXTS and isinstance(value, str):
            both = (look.get(TEXTS[name], ""), value)
            look[TEXTS[name]] = " ".join(text for text in both if text)
        elif not pointer:  # of the form itself no more is said than texts and order
            self.notices.append(without_equal(at, _written(name, value)))
        elif name == "widget" and widget:
            look["widget"] = widget
        elif name == "rows" and isinstance(value, int):
            look["rows"] = min(max(value, 1), 40)
        elif name == "accept" and isinstance(value, str):
            look["accept"] = [one.strip() for one in value.split(",")]
        elif name == "enumNames" and isinstance(value, list):
            look["enumNames"] = [str(one) for one in value]
        elif not isinstance(value, bool | str) or (name, value) not in AS_IT_IS:
            self.notices.append(without_equal(at, _written(name, value)))


def _written(name: str, value: Json) -> str:
    """Return a setting as its author wrote it, texts without quotation marks."""
    if isinstance(value, dict | list):
        return name
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"{name}: {said}"


def _settings(ui: Mapping[str, Json]) -> Iterator[bool]:
    """Yield a true for every setting anywhere in the document."""
    for name, value in ui.items():
        if name.startswith(PREFIX):
            yield True
        elif isinstance(value, Mapping):
            yield from _settings(value)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, Mapping):
                    yield from _settings(one)
