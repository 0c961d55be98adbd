"""A schema of any draft since 4, written as one resource of JSON Schema 2020-12.

Every reference becomes `#/…`, so that what was bundled, named by `$id` or anchored
can be embedded in a form whatever its own address is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from schemas.definition import Json
from schemas.dialects.drafts import DRAFT_2020, Draft, declared, draft_of
from schemas.dialects.members import LISTS, MAPS, SINGLES, members
from schemas.dialects.resources import Index, Node
from schemas.pointers import join, with_value

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
NAMES: Final = frozenset(
    {"$schema", "$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary"}
)
ANNOTATIONS: Final = frozenset(
    {"title", "description", "default", "examples", "$comment", "deprecated",
     "readOnly", "writeOnly"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A schema in 2020-12, and where each of its subschemas stood before.

    It is as it was if it `looks_outwards`: some reference has several meanings.
    """

    schema: Json
    draft: Draft
    places: Mapping[str, str]
    looks_outwards: bool = False

    def original(self, pointer: str) -> str:
        """Return where a place of the converted schema stood."""
        here, rest = pointer, ""
        while here and here not in self.places:
            here, slash, name = here.rpartition("/")
            rest = slash + name + rest
        return self.places.get(here, "") + rest


def convert(schema: Json, draft: Draft | None = None) -> Converted:
    """Return the schema in 2020-12; what is no schema is left for others to refuse."""
    index = Index.of(schema, draft or draft_of(schema))
    if index.looks_outwards:
        return Converted(
            schema=schema, draft=index.draft, places={"": ""}, looks_outwards=True
        )
    return Converted(
        schema=_Conversion(index).whole(),
        draft=index.draft,
        places={node.new: node.old for node in index.nodes.values()},
    )


def is_older(schema: Json) -> bool:
    """Tell whether a schema declares a draft before 2020-12."""
    return declared(schema) not in (None, DRAFT_2020)


class _Conversion:
    """One document rewritten, every schema in it once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._draft = index.draft
        self._more: list[tuple[dict[str, Json], Json]] = []

    def whole(self) -> Json:
        made = self._node(self._index.nodes[""])
        for node in self._index.met_by_reference():
            made = with_value(made, node.new, self._node(node))
        for schema, also in self._more:
            # Last, so that no pointer into allOf comes to mean another member.
            schema.setdefault("allOf", []).append(also)
        return made

    def _node(self, node: Node) -> Json:
        if not isinstance(node.schema, Mapping):
            return node.schema
        alone = _stands_alone(node.schema, self._draft)
        made: dict[str, Json] = {}
        for keyword, value in node.schema.items():
            if keyword in NAMES or (self._draft.id == "id" and _names(keyword, value)):
                continue
            if alone and keyword not in ANNOTATIONS | {"$ref", "$defs", "definitions"}:
                continue
            rewrite = _REWRITES.get(keyword)
            if rewrite is not None:
                rewrite(self, node, made)
            elif not self._holds_schemas(keyword, value):
                made[keyword] = value
        self._place_members(node, made)
        return made

    def _holds_schemas(self, keyword: str, value: Json) -> bool:
        if keyword in MAPS:
            return isinstance(value, Mapping)
        if keyword in LISTS:
            return isinstance(value, list)
        if keyword == "additionalItems":
            return self._draft.tuples
        return keyword in SINGLES or keyword == "items"

    def _place_members(self, node: Node, made: dict[str, Json]) -> None:
        if not _stands_alone(node.schema, self._draft):
            made |= {name: {} for name in EMPTY if node.schema.get(name) == {}}
        for old, new, _ in members(node.schema, self._draft):
            found = self._index.nodes[node.old + join(*old)]
            keyword, *rest = new
            if not rest:
                made[str(keyword)] = self._node(found)
            elif isinstance(rest[0], int):
                made.setdefault(str(keyword), []).append(self._node(found))
            else:
                made.setdefault(str(keyword), {})[rest[0]] = self._node(found)

    def reference(self, node: Node, made: dict[str, Json]) -> None:
        """Write what a reference leads to as a pointer; one that leads out stays."""
        for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
            said = node.schema.get(keyword)
            if said is None:
                continue
            target = self._index.target(node, said)
            found = self._index.nodes.get(target) if target is not None else None
            written = f"#{_fragment(found.new)}" if found is not None else said
            if made.setdefault("$ref", written) != written:
                self._more.append((made, {"$ref": written}))

    def bound(self, node: Node, made: dict[str, Json]) -> None:
        """Write `minimum` with a true `exclusiveMinimum` as one exclusive bound."""
        for plain, exclusive in BOUNDS:
            flag, value = node.schema.get(exclusive), node.schema.get(plain)
            if flag is True and value is not None:
                made[exclusive] = value
            elif value is not None:
                made[plain] = value
            if flag is not None and not isinstance(flag, bool):
                made[exclusive] = flag

    def dependencies(self, node: Node, made: dict[str, Json]) -> None:
        """Write lists of names as `dependentRequired`; schemas are placed as members."""
        found = node.schema["dependencies"]
        if not self._draft.splits or not isinstance(found, Mapping):
            made["dependencies"] = found
            return
        for name, value in found.items():
            named = [value] if isinstance(value, str) else value
            if isinstance(named, list):
                made.setdefault("dependentRequired", {})[name] = named


EMPTY: Final = ("properties", "patternProperties")
BOUNDS: Final = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))

_REWRITES: Final[Mapping[str, Callable[[_Conversion, Node, dict[str, Json]], None]]] = {
    "$ref": _Conversion.reference,
    "$dynamicRef": _Conversion.reference,
    "$recursiveRef": _Conversion.reference,
    "minimum": _Conversion.bound,
    "maximum": _Conversion.bound,
    "exclusiveMinimum": _Conversion.bound,
    "exclusiveMaximum": _Conversion.bound,
    "dependencies": _Conversion.dependencies,
}


def _names(keyword: str, value: Json) -> bool:
    return keyword == "id" and isinstance(value, str)


def _stands_alone(schema: Mapping[str, Json], draft: Draft) -> bool:
    return draft.ref_stands_alone and isinstance(schema.get("$ref"), str)


def _fragment(pointer: str) -> str:
    """Write a pointer as the fragment of a reference (RFC 6901 §6)."""
    return quote(pointer, safe="/~!$&'()*+,;=:@")
