"""The schemas a definition holds, each with its place, and what a `$ref` in it means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from schemas.conjuncts import conjuncts
from schemas.definition import FormDefinition, Json
from schemas.pointers import ABSENT, get, join

CODES: Final = "urn:formbuilder:codes:"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resource:
    """A schema, or part of one, whose references start from the same root."""

    contents: Json
    at: str
    root: Json
    root_at: str
    urn: str
    others: Mapping[str, "Resource"] = field(default_factory=dict, repr=False)

    @classmethod
    def alone(cls, schema: Json) -> "Resource":
        """Return the resource of a schema that stands in no definition."""
        return _root(schema, "", "", {})

    @staticmethod
    def is_code_list(reference: str) -> bool:
        """Tell whether a reference names a code list of the municipality."""
        return reference.startswith(CODES)

    def resolve(self, reference: str) -> "Resource | None":
        """Return what a reference points at; None when nothing here has that name."""
        urn, _, fragment = reference.partition("#")
        home = self.others.get(urn or self.urn)
        if home is None:
            return None
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return home.anchored(fragment)
        found = get(home.root, fragment)
        return None if found is ABSENT else home.part(found, home.root_at + fragment)

    def part(self, contents: Json, at: str) -> "Resource":
        """Return a part of this resource."""
        return Resource(
            contents=contents,
            at=at,
            root=self.root,
            root_at=self.root_at,
            urn=self.urn,
            others=self.others,
        )

    def anchored(self, anchor: str) -> "Resource | None":
        """Return the part that calls itself by this `$anchor` or `$dynamicAnchor`."""
        for at, schema in _objects(self.root, self.root_at):
            if anchor in (schema.get("$anchor"), schema.get("$dynamicAnchor")):
                return self.part(schema, at)
        return None

    def schema(self, reference: str) -> Json:
        """Return just the schema a reference points at, True when there is none."""
        found = self.resolve(reference)
        return True if found is None else found.contents

    def conjuncts(self, schema: Json) -> Iterator[Mapping[str, Json]]:
        """Yield the schema and all it includes by `allOf` and `$ref`, each once."""
        return conjuncts(schema, self._included)

    def _included(self, reference: str) -> Json:
        return True if self.is_code_list(reference) else self.schema(reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The form's schema and its sections'."""

    form: Resource
    sections: Mapping[str, Resource]

    @classmethod
    def of(cls, definition: FormDefinition) -> "Resources":
        """Return the resources of a definition by the urns they are composed with."""
        others: dict[str, Resource] = {}
        base = f"urn:formbuilder:{definition.id}"
        form = _root(definition.schema, "/schema", base, others)
        sections = {
            section.id: _root(
                section.schema,
                join("sections", index, "schema"),
                f"{base}:{section.id}",
                others,
            )
            for index, section in enumerate(definition.sections)
        }
        return cls(form=form, sections=sections)


def _root(contents: Json, at: str, urn: str, others: dict[str, Resource]) -> Resource:
    resource = Resource(
        contents=contents, at=at, root=contents, root_at=at, urn=urn, others=others
    )
    others[urn] = resource
    return resource


def _objects(value: Json, at: str) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Yield every object in a JSON value with its place."""
    if isinstance(value, Mapping):
        yield at, value
        for name, member in value.items():
            yield from _objects(member, at + join(name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _objects(item, at + join(index))
