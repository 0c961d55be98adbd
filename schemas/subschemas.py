"""Subschemas of one bundled document: found by reference, compiled when needed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote, unquote

import jsonschema_rs

from schemas import formats
from schemas.definition import Json
from schemas.errors import DefinitionRefused, Problem
from schemas.joining import joined
from schemas.pointers import ABSENT, get, join, parts

MAPS: Final = ("properties", "patternProperties", "$defs", "dependentSchemas")
LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLES: Final = (
    "items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems",
    "if", "then", "else", "not", "contains", "propertyNames",
)  # fmt: skip


Key = tuple[str, str, frozenset[str], tuple[str, ...]]
"""What tells one subschema from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subschema:
    """A schema and where it stands: its resource's `$id` and a pointer within it.

    `without` names properties it says nothing about here, because they are the
    key that chose it among others. `scope` lists the resources that led here,
    where a `$dynamicRef` may look; it is empty in a document that has none.
    """

    schema: Json
    base: str
    pointer: str
    without: frozenset[str] = frozenset()
    scope: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Return what makes two of them the same."""
        return self.base, self.pointer, self.without, self.scope

    def leaving_out(self, names: frozenset[str]) -> "Subschema":
        """Return the schema saying nothing about these properties."""
        return replace(self, without=self.without | names)

    def within(self, source: "Subschema") -> "Subschema":
        """Return the schema as `source` refers to it, after what led there."""
        if not source.scope or self.base in source.scope:
            return replace(self, scope=source.scope)
        return replace(self, scope=(*source.scope, self.base))

    def child(self, *segments: str | int) -> "Subschema":
        """Return the schema that stands below this one."""
        schema = self.schema
        for segment in segments:
            schema = schema[segment]
        base, pointer = self.base, self.pointer + join(*segments)
        if isinstance(schema, Mapping) and "$id" in schema:
            base, pointer = joined(self.base, schema["$id"]), ""
        below = Subschema(schema=schema, base=base, pointer=pointer)
        return below.within(self) if self.scope else below


class Subschemas:
    """Every resource of a bundled schema, and validators for parts of it."""

    def __init__(self, document: Json) -> None:
        root = Subschema(schema=document, base=document["$id"], pointer="")
        self._resources: dict[str, Json] = {}
        self._anchors: dict[tuple[str, str], Subschema] = {}
        self._dynamic: dict[tuple[str, str], Subschema] = {}
        self._validators: dict[tuple[str, str], jsonschema_rs.Validator] = {}
        # What each condition looks at, noted when first asked.
        self.names_read: dict[Key, frozenset[str] | None] = {}
        self._index(root)
        self.root = replace(root, scope=(root.base,)) if self._dynamic else root
        self._registry: jsonschema_rs.Registry | None = None

    def resolve(self, source: Subschema, reference: str) -> Subschema:
        """Return what a `$ref` found in `source` points at.

        Raises:
            DefinitionRefused: nothing bundled has that name; nothing is fetched.
        """
        uri, _, fragment = joined(source.base, reference).partition("#")
        fragment = unquote(fragment)
        anchored = self._anchors.get((uri, fragment))
        if anchored is not None:
            return anchored.within(source)
        if uri in self._resources and (not fragment or fragment.startswith("/")):
            here = Subschema(schema=self._resources[uri], base=uri, pointer="")
            if get(here.schema, fragment) is not ABSENT:
                return _descend(here, fragment).within(source)
        raise DefinitionRefused([_dangling(source, reference)])

    def resolve_dynamic(self, source: Subschema, reference: str) -> Subschema:
        """Return what a `$dynamicRef` points at: the outermost of that name.

        Raises:
            DefinitionRefused: nothing bundled has that name.
        """
        first = self.resolve(source, reference)
        name = reference.partition("#")[2]
        if (first.base, name) not in self._dynamic:
            return first
        outermost = next(b for b in first.scope if (b, name) in self._dynamic)
        return self._dynamic[outermost, name].within(source)

    def validator(self, subschema: Subschema) -> jsonschema_rs.Validator:
        """Return the compiled validator of one subschema, made at first use."""
        key = (subschema.base, subschema.pointer)
        if key not in self._validators:
            fragment = quote(subschema.pointer, safe="/~")
            self._validators[key] = self.compile(
                {"$ref": f"{subschema.base}#{fragment}"}
            )
        return self._validators[key]

    def compile(self, schema: Json) -> jsonschema_rs.Validator:
        """Compile a schema that may refer to anything bundled here."""
        if self._registry is None:
            self._registry = jsonschema_rs.Registry(
                [(self.root.base, self.root.schema)],
                draft=jsonschema_rs.Draft202012,
            )
        return compile_schema(schema, self._registry)

    def _index(self, here: Subschema) -> None:
        if not isinstance(here.schema, Mapping):
            return
        if here.pointer == "":
            self._resources[here.base] = here.schema
        for keyword in ("$anchor", "$dynamicAnchor"):
            if keyword in here.schema:
                self._anchors[here.base, here.schema[keyword]] = here
        if "$dynamicAnchor" in here.schema:
            self._dynamic[here.base, here.schema["$dynamicAnchor"]] = here
        for below in subschemas_of(here):
            self._index(below)


def compile_schema(
    schema: Json,
    registry: jsonschema_rs.Registry | None = None,
    *,
    asserts_formats: bool = True,
) -> jsonschema_rs.Validator:
    """Compile a schema: nothing is fetched, patterns are linear, formats are checked.

    Raises:
        DefinitionRefused: it is no valid schema, or a pattern needs backtracking.
    """
    try:
        return jsonschema_rs.validator_for(
            schema,
            registry=registry,
            offline=True,
            validate_formats=asserts_formats,
            formats=dict(formats.CHECKS),
            pattern_options=jsonschema_rs.RegexOptions(),
        )
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        raise DefinitionRefused([_refused(error)]) from error


def subschemas_of(here: Subschema) -> list[Subschema]:
    """Return the schemas directly below, of every keyword that holds some."""
    found: list[Subschema] = []
    for keyword in MAPS:
        if isinstance(here.schema.get(keyword), Mapping):
            found += [here.child(keyword, name) for name in here.schema[keyword]]
    for keyword in LISTS:
        if isinstance(here.schema.get(keyword), list):
            found += [
                here.child(keyword, index) for index in range(len(here.schema[keyword]))
            ]
    found += [here.child(one) for one in SINGLES if one in here.schema]
    return found


def _descend(here: Subschema, pointer: str) -> Subschema:
    """Follow a pointer; an embedded resource on the way becomes the new base."""
    for part in parts(pointer):
        segment: Any = int(part) if isinstance(here.schema, list) else part
        here = here.child(segment)
    return here


def _dangling(source: Subschema, reference: str) -> Problem:
    return Problem(
        code="FB171",
        pointer=source.pointer,
        message=f"Referensen {reference} leder ingenstans.",
        advice="Peka på något i samma formulär eller på en kodlista i katalogen; "
        "inget hämtas från nätet.",
    )


def _refused(error: Exception) -> Problem:
    path = getattr(error, "instance_path", [])
    return Problem(
        code="FB173",
        pointer=join(*path),
        message=f"Schemat kan inte användas: {getattr(error, 'message', error)}",
        advice="Skriv giltig JSON Schema 2020-12; mönster får inte använda "
        "bakåtreferenser eller look-around.",
    )
