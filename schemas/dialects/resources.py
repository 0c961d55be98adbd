"""What the references of a document mean: every name in it, and where it leads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from schemas.definition import Json
from schemas.dialects.drafts import Draft
from schemas.dialects.members import members
from schemas.joining import joined
from schemas.pointers import ABSENT, get, join, parts

REFERENCES: Final = ("$ref", "$dynamicRef", "$recursiveRef")


@dataclass(frozen=True, slots=True)
class Node:
    """A schema: where it stands, where it shall stand, and what it is relative to."""

    old: str
    new: str
    schema: Json
    base: str


@dataclass(slots=True)
class Index:
    """Every schema of a document by its pointer, and every name they have."""

    document: Json
    draft: Draft
    nodes: dict[str, Node] = field(default_factory=dict)
    resources: dict[str, str] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    dynamic: dict[str, set[str]] = field(default_factory=dict)
    own_places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Json, draft: Draft) -> "Index":
        """Return the index of a document, with what only references show is a schema."""
        index = cls(document, draft)
        index.resources[""] = ""
        index.add(Node("", "", document, ""))
        while index.add_referred():
            pass
        return index

    def add(self, node: Node) -> None:
        """Note a schema and everything inside it."""
        if not isinstance(node.schema, Mapping):
            self.nodes[node.old] = node
            return
        here = self._named(node)
        self.nodes[here.old] = here
        for old, new, member in members(here.schema, self.draft):
            self.add(
                Node(here.old + join(*old), here.new + join(*new), member, here.base)
            )

    def add_referred(self) -> bool:
        """Note schemas under keywords of the author's own; tell whether any was new."""
        found = False
        for node in list(self.nodes.values()):
            for keyword in REFERENCES:
                if not isinstance(node.schema, Mapping):
                    continue
                target = self.target(node, node.schema.get(keyword))
                if target is not None and target not in self.nodes:
                    schema = get(self.document, target)
                    self.own_places[target] = self._place(target)
                    self.add(Node(target, self.own_places[target], schema, node.base))
                    found = True
        return found

    def met_by_reference(self) -> Iterator[Node]:
        """Yield the schemas that stand in no other, as nothing but references tells."""
        for old, new in self.own_places.items():
            if self.nodes[old].new == new:
                yield self.nodes[old]

    def _place(self, target: str) -> str:
        """Return a place under `$defs`, where everything that reads schemas looks."""
        given = (self.document.get(name) for name in ("$defs", "definitions"))
        taken = {name for one in given if isinstance(one, Mapping) for name in one}
        *_, name = parts(target)
        place = join("$defs", name)
        while name in taken or place in self.own_places.values():
            name = f"{name}_"
            place = join("$defs", name)
        return place

    def target(self, node: Node, reference: Json) -> str | None:
        """Return the pointer a reference leads to, None when it leads out or nowhere."""
        if not isinstance(reference, str):
            return None
        uri, _, fragment = joined(node.base, reference).partition("#")
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return self.anchors.get((uri, fragment))
        root = self.resources.get(uri)
        if root is None or get(self.document, root + fragment) is ABSENT:
            return None
        return root + fragment

    def _named(self, node: Node) -> Node:
        schema, base = node.schema, node.base
        alone = self.draft.ref_stands_alone and isinstance(schema.get("$ref"), str)
        name = None if alone else schema.get(self.draft.id)
        if isinstance(name, str):
            if name.startswith("#"):
                self.anchors[base, name[1:]] = node.old
            else:
                base = joined(base, name).partition("#")[0]
                self.resources[base] = node.old
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(schema.get(keyword), str):
                self.anchors[base, schema[keyword]] = node.old
        self._dynamic(schema, base)
        return Node(node.old, node.new, schema, base)

    def _dynamic(self, schema: Mapping[str, Json], base: str) -> None:
        """Note where references that look outwards may end."""
        if isinstance(schema.get("$dynamicAnchor"), str):
            self.dynamic.setdefault(schema["$dynamicAnchor"], set()).add(base)
        if schema.get("$recursiveAnchor") is True:
            self.dynamic.setdefault("", set()).add(base)

    @property
    def looks_outwards(self) -> bool:
        """Tell whether some reference means different things on different ways to it."""
        return any(len(bases) > 1 for bases in self.dynamic.values())
