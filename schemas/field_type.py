"""The contract of a field type: how one kind of answer is asked, read and shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Protocol
from weakref import WeakKeyDictionary

from schemas.catalogue import SOURCE_LANGUAGE, text
from schemas.definition import Json
from schemas.field_names import name_of
from schemas.heading import Heading
from schemas.tongues import said_in

NOTHING: Final[tuple[Json, ...]] = ({"type": "null"}, {"const": None})
"""Members of a union that allow no answer; leaving a question open says the same."""

UNANSWERED: Final[tuple[Json, ...]] = (None, "", [])
"""What is no answer: the unanswered is absent."""

NULL: Final = frozenset({"null"})

SPOKEN_OF: Final[Mapping[str, frozenset[str]]] = {
    kind: frozenset(keywords.split())
    for kind, keywords in {
        "object": "properties patternProperties additionalProperties propertyNames",
        "array": "items prefixItems contains minItems maxItems uniqueItems",
        "string": "pattern format minLength maxLength",
        "number": "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf",
    }.items()
}
"""Keywords that only mean something for one type (JSON Schema Validation 2020-12 §6)."""

SHOWN: Final = frozenset({"file", "information"})
"""Kinds of question that one cannot answer without seeing what stands there."""

Raw = Mapping[str, list[str]]
"""What was posted for one question: "" for the field itself, else a suffix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One alternative of a choice: the value that is stored and what people read."""

    value: Json
    title: str
    description: str = ""
    raw: str = field(init=False)
    """The value as it stands in a form post."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "raw", raw_value(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """How a question is put: the widget's name and all it needs to draw itself."""

    widget: str
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True, eq=False)
class Question:
    """One thing that is asked now, merged from every subschema that applies.

    `schema` has references resolved. `wording` holds translations by language,
    then by what is translated: `title`, `description`, `help`, or
    `option:<value>`. `parts` are the questions of one row or of a grid, with
    `*` for the row. `order` counts from 0 in the order of asking. `codes` are the
    urns of its options' code lists, `language` is what its author wrote in.
    `alternative` tells it from what another alternative asks at the same place.
    `may_shut` says of a part that some answers beside it make it read-only.
    """

    pointer: str
    schema: Mapping[str, Json]
    title: str
    description: str
    required: bool
    read_only: bool
    section: str
    field_type: "FieldType"
    ui: Mapping[str, Json]
    order: int = 0
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parts: tuple["Question", ...] = ()
    codes: tuple[str, ...] = ()
    within: tuple[Heading, ...] = ()
    language: str = SOURCE_LANGUAGE
    alternative: str = ""
    may_shut: bool = False
    name: str = field(init=False)
    """Its HTML field name."""
    kind: str = field(init=False)
    """The key of its field type."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", name_of(self.pointer))
        object.__setattr__(self, "kind", self.field_type.key)

    @property
    def write_only(self) -> bool:
        """Tell whether its answer is only taken in, and never shown to who gave it."""
        is_one = not self.parts and self.kind not in SHOWN
        return is_one and self.schema.get("writeOnly") is True and not self.read_only

    def said(self, what: str, language: str, otherwise: str) -> str:
        """Return the translation of one of its texts, or its author's own words."""
        found = self.wording.get(language, {}).get(what)
        return said_in(otherwise, self.language, language) if found is None else found

    def title_in(self, language: str) -> str:
        """Return the question in a language."""
        return self.said("title", language, self.title)

    def description_in(self, language: str) -> str:
        """Return its explanation in a language."""
        return self.said("description", language, self.description)

    def help_in(self, language: str) -> str:
        """Return the author's hint from `ui`, in a language."""
        return self.said("help", language, str(self.ui.get("help", "")))

    def options(self, language: str = "sv") -> tuple[Option, ...]:
        """Return its alternatives, those of its items when it is an array."""
        known = _options_known.get(self)
        if known is None:
            known = _options_known.setdefault(self, {})
        if language not in known:
            known[language] = self._options(language)
        return known[language]

    def _options(self, language: str) -> tuple[Option, ...]:
        source = self.schema
        if isinstance(source.get("items"), Mapping):
            source = source["items"]
        elif source.get("prefixItems"):
            source = source["prefixItems"][0]
        return tuple(
            Option(
                value=option.value,
                title=self.said(f"option:{option.raw}", language, _title(option))
                or text(option.title, language),
                description=self.said(
                    f"option-description:{option.raw}", language, option.description
                ),
            )
            for option in options_of(source, self.ui.get("titles", {}))
        )


_options_known: WeakKeyDictionary[Question, dict[str, tuple[Option, ...]]]
_options_known = WeakKeyDictionary()


class FieldType(Protocol):
    """One kind of answer: found by schema, asked by a widget, parsed once."""

    key: ClassVar[str]

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        """Tell whether questions of this schema are of this kind."""

    def control(self, question: Question, language: str) -> Control:
        """Return the widget to ask with and what it needs."""

    def parse(self, raw: Raw, question: Question) -> Json:
        """Return what was posted as a value, or ABSENT when nothing was.

        Raises:
            InvalidAnswer: what was typed cannot become a value.
        """

    def raw(self, value: Json, question: Question) -> Raw:
        """Return the value as it would be posted, to fill the form in again."""

    def display(self, value: Json, question: Question, language: str) -> str:
        """Return the value as people read it; never raises."""


def has_options(schema: Mapping[str, Json]) -> bool:
    """Tell whether the schema lists its values: `enum`, `const`, `oneOf` of constants."""
    if isinstance(schema.get("enum"), list) or "const" in schema:
        return True
    listed = present(schema.get("oneOf", schema.get("anyOf")))
    return bool(listed) and all(
        isinstance(one, Mapping) and "const" in one for one in listed
    )


def present(members: Json) -> list[Json]:
    """Return the members of a union without those that only allow nothing."""
    found = members if isinstance(members, list) else []
    return [one for one in found if one not in NOTHING]


def options_of(schema: Mapping[str, Json], titles: Mapping[str, str]) -> list[Option]:
    """Return what a schema lists, called by the titles where it has none itself.

    Nothing and an empty text are no alternatives: leaving the question open says that.
    """
    if not has_options(schema):
        return []
    listed = present(schema.get("oneOf", schema.get("anyOf")))
    if not listed or "const" not in listed[0]:
        values = schema["enum"] if "enum" in schema else [schema["const"]]
        return [
            Option(value=value, title=titles.get(raw_value(value), _plain(value)))
            for value in values
            if value not in UNANSWERED
        ]
    allowed = schema.get("enum")
    return [
        Option(
            value=one["const"],
            title=str(one.get("title", raw_value(one["const"]))),
            description=str(one.get("description", "")),
        )
        for one in listed
        if one["const"] not in UNANSWERED
        and (allowed is None or one["const"] in allowed)
    ]


def _title(option: Option) -> str:
    """Return what an option's author calls it: nothing, for a yes or a no untitled."""
    is_plain = isinstance(option.value, bool) and option.title == _plain(option.value)
    return "" if is_plain else option.title


def _plain(value: Json) -> str:
    """Return what people read where the author says nothing of a value."""
    if isinstance(value, Mapping):
        named = (value.get(key) for key in ("title", "name", "label"))
        return next((str(one) for one in named if one), raw_value(value))
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    return raw_value(value)


def raw_value(value: Json) -> str:
    """Write a scalar as it stands in a form post.

    >>> raw_value(True), raw_value(2), raw_value("a")
    ('true', '2', 'a')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # 1.0 and 1 are one number in JSON.
    return str(value)


def first(raw: Raw, suffix: str = "") -> str:
    """Return the first value posted under the suffix, without outer blanks."""
    values = raw.get(suffix) or [""]
    return values[0].strip()


def types(schema: Mapping[str, Json]) -> frozenset[str]:
    """Return the JSON types the schema names, guessed from its constants if none."""
    named = schema.get("type")
    if isinstance(named, str):
        return frozenset({named})
    if isinstance(named, list):
        found = frozenset(named) - {"null"}
        return _one_of(found, schema) if len(found) > 1 else found or NULL
    return frozenset(_type(v) for v in _constants(schema)) or _guessed(schema)


def _guessed(schema: Mapping[str, Json]) -> frozenset[str]:
    """Return the type of what a schema speaks of, where it names none."""
    return frozenset(
        kind for kind, keywords in SPOKEN_OF.items() if keywords & schema.keys()
    )


def _one_of(named: frozenset[str], schema: Mapping[str, Json]) -> frozenset[str]:
    """Return the type a question of several can be asked as: the roomiest it has."""
    if has_options(schema):
        return named
    described = {"object": "properties", "array": "items"}
    roomy = [kind for kind, by in described.items() if kind in named and by in schema]
    order = (*roomy, "string", "number", "integer", "boolean", "array", "object")
    return frozenset({next(kind for kind in order if kind in named)})


def _constants(schema: Mapping[str, Json]) -> list[Json]:
    return [option.value for option in options_of(schema, {})]


def _type(value: Json) -> str:
    named = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return named.get(type(value), "array" if isinstance(value, list) else "object")
