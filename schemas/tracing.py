"""Everything a definition may ask, and under which conditions, without any answers.

Where the engine asks what applies to these answers, a trace lists what could apply
to some: every mention of a pointer, the guards it stands behind, and the place in
the definition that says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from schemas.definition import FormDefinition, Json, Section
from schemas.errors import DefinitionRefused, Problem
from schemas.field_type import types
from schemas.included import included
from schemas.mentions import Guard, Guards, Mention, Node, Requirement, Trace
from schemas.pointers import join
from schemas.positions import list_after, ranks
from schemas.resources import Resources
from schemas.tagged_unions import (
    Key,
    asserts_only,
    key_of,
    lists_options,
    present_members,
)

MAX_ROWS_DEEP: Final = 3
MAX_DEPTH: Final = 48
MOST: Final = 50_000
"""Subschemas that a form may be composed of; ten lines can refer to a billion."""


def trace(definition: FormDefinition) -> Trace:
    """Walk every schema of a definition as it is composed, noting where things stand."""
    resources = Resources.of(definition)
    form = resources.form
    top = Node(
        pointer="",
        schema=form.contents,
        at=form.at,
        guards=(),
        section="",
        resource=form,
    )
    walk = _Walk()
    walk.enter(top)
    for index, section in enumerate(definition.sections):
        place = join("sections", index)
        here = replace(top, section=section.id)
        if section.schema not in (None, {}):
            inner = replace(here, resource=resources.sections[section.id])
            asked_when = _asked_when(section, here, place)
            walk.mention(
                inner, section.id, section.schema, place + "/schema", *asked_when
            )
        if section.across is not None:
            walk.enter(replace(here, schema=section.across, at=place + "/across"))
    return Trace(
        tuple(walk.mentions),
        tuple(walk.requirements),
        tuple(walk.nodes),
        tuple(dict.fromkeys(walk.dangling)),
    )


def _asked_when(section: Section, form: Node, place: str) -> Guards:
    if section.asked_when is None:
        return ()
    guard = Guard(
        kind="asked_when",
        schema=section.asked_when,
        base="",
        at=place + "/asked_when",
        resource=form.resource,
    )
    return (guard,)


class _Walk:
    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.requirements: list[Requirement] = []
        self.nodes: list[Node] = []
        self.dangling: list[tuple[str, str]] = []
        self._path: list[tuple[str, str]] = []

    def mention(
        self, around: Node, name: str, schema: Json, at: str, *guards: Guard
    ) -> None:
        """Note what is said of a member, and walk what lies below it."""
        mention = Mention(
            pointer=around.pointer + join(name),
            schema=schema,
            at=at,
            guards=(*around.guards, *guards),
            section=around.section,
            resource=around.resource,
        )
        self.mentions.append(mention)
        self.enter(mention)

    def enter(self, node: Node) -> None:
        """Walk one subschema, unless a reference has led back to it."""
        if not isinstance(node.schema, Mapping) or len(self._path) > MAX_DEPTH:
            return
        visits = sum(place == node.at for place, _ in self._path)
        if (node.at, node.pointer) in self._path or visits >= MAX_ROWS_DEEP:
            return
        if len(self.nodes) >= MOST:
            raise DefinitionRefused([_too_many()])
        self._path.append((node.at, node.pointer))
        self.nodes.append(node)
        for step in STEPS:
            step(self, node)
        self._path.pop()

    def same(self, node: Node, at: str, schema: Json, *more: Guard) -> None:
        """Walk a subschema that describes the same answers."""
        guards = (*node.guards, *more)
        self.enter(
            Node(
                pointer=node.pointer,
                schema=schema,
                at=at,
                guards=guards,
                section=node.section,
                resource=node.resource,
            )
        )

    def references(self, node: Node) -> None:
        for keyword in ("$ref", "$dynamicRef"):
            reference = node.schema.get(keyword)
            if isinstance(reference, str) and not node.resource.is_code_list(reference):
                self._reference(node, keyword, reference)

    def _reference(self, node: Node, keyword: str, reference: str) -> None:
        target = node.resource.resolve(reference)
        if target is None:
            self.dangling.append((node.at + join(keyword), reference))
            return
        self.enter(
            Node(
                pointer=node.pointer,
                schema=target.contents,
                at=target.at,
                guards=node.guards,
                section=node.section,
                resource=target,
            )
        )

    def conjunctions(self, node: Node) -> None:
        for index, member in enumerate(node.schema.get("allOf", ())):
            self.same(node, node.at + join("allOf", index), member)

    def conditionals(self, node: Node) -> None:
        if "if" not in node.schema:
            return
        guard = Guard(
            kind="if",
            schema=node.schema["if"],
            base=node.pointer,
            at=node.at + "/if",
            resource=node.resource,
        )
        self.same(node, node.at + "/then", node.schema.get("then"), guard)
        otherwise = replace(guard, is_negated=True)
        self.same(node, node.at + "/else", node.schema.get("else"), otherwise)

    def dependents(self, node: Node) -> None:
        for name, schema in node.schema.get("dependentSchemas", {}).items():
            guard = Guard(
                kind="dependent",
                schema={"required": [name]},
                base=node.pointer,
                at=node.at + join("dependentSchemas", name),
                resource=node.resource,
            )
            self.same(node, guard.at, schema, guard)

    def unions(self, node: Node) -> None:
        conjuncts = node.resource.conjuncts
        for keyword in ("oneOf", "anyOf"):
            if keyword not in node.schema or lists_options(node.schema[keyword]):
                continue
            members = present_members(node.schema, keyword, conjuncts)
            if len(members) == 1:
                [(index, member)] = members.items()
                self.same(node, node.at + join(keyword, index), member)
            elif not asserts_only(node.schema, [*members.values()], conjuncts):
                self._branches(node, keyword, members)

    def _branches(self, node: Node, keyword: str, members: Mapping[int, Json]) -> None:
        key = key_of([*members.values()], node.resource.conjuncts, node.presumed)
        for number, (index, member) in enumerate(members.items()):
            place = node.at + join(keyword, index)
            if key is not None and key.is_required:
                self._key(node, key, number, place)
            guard = Guard(
                kind="branch",
                schema=key.condition(number) if key else None,
                base=node.pointer,
                at=place,
                resource=node.resource,
            )
            self.same(node, place, member, guard)

    def _key(self, node: Node, key: Key, index: int, place: str) -> None:
        self.mentions.append(
            Mention(
                pointer=node.pointer + join(key.name),
                schema={"title": key.name, **key.schemas[index]},
                at=place + join("properties", key.name),
                guards=node.guards,
                section=node.section,
                resource=node.resource,
                is_key=True,
            )
        )

    def properties(self, node: Node) -> None:
        for name, schema in node.schema.get("properties", {}).items():
            self.mention(node, name, schema, node.at + join("properties", name))

    def rows(self, node: Node) -> None:
        places = node.schema.get("prefixItems", ())
        is_one_answer = bool(places) and ranks(included(node.resource, node.schema))
        for index, schema in enumerate(places):
            at = node.at + join("prefixItems", index)
            if is_one_answer:
                self._row(node, schema, at)
            else:
                self.mention(node, str(index), schema, at)
        after = list_after(included(node.resource, node.schema))
        if after is not None and types(after["items"]) != {"object"}:
            self.mention(node, "*", node.schema["items"], node.at + "/items")
        else:
            self._row(node, node.schema.get("items"), node.at + "/items")

    def _row(self, node: Node, schema: Json, at: str) -> None:
        self.enter(
            Node(
                pointer=node.pointer + "/*",
                schema=schema,
                at=at,
                guards=node.guards,
                section=node.section,
                resource=node.resource,
            )
        )

    def required(self, node: Node) -> None:
        for name in node.schema.get("required", ()):
            self.requirements.append(
                Requirement(
                    pointer=node.pointer + join(name),
                    at=node.at + "/required",
                    guards=node.guards,
                    section=node.section,
                )
            )


def _too_many() -> Problem:
    return Problem(
        code="FB176",
        pointer="",
        message="Schemat leder till fler frågor än något formulär kan ställa: samma "
        "definitioner hänvisar till varandra om och om igen.",
        advice="Ta bort egenskaper som formuläret inte ska fråga efter, eller dela upp "
        "det i flera formulär.",
    )


STEPS: Final[tuple[Callable[[_Walk, Node], None], ...]] = (
    _Walk.references,
    _Walk.conjunctions,
    _Walk.properties,
    _Walk.rows,
    _Walk.required,
    _Walk.conditionals,
    _Walk.dependents,
    _Walk.unions,
)
