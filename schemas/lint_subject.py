"""What lint rules look at: a definition, its trace, and the municipality's directory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from schemas.conditions import reads
from schemas.definition import (
    FormDefinition,
    Json,
    Page,
    Receiver,
    Section,
)
from schemas.dialects.drafts import DRAFT_2020
from schemas.dialects.members import members
from schemas.directory import Directory
from schemas.errors import Problem, Severity
from schemas.mentions import Guard, Mention, Trace
from schemas.pointers import covers, join, parts
from schemas.resources import Resource, Resources
from schemas.tracing import trace
from schemas.worlds import Imagination
from schemas.written_places import sign_conditions

DOCUMENTS: Final = frozenset({"pdf", "json", "csv", "xlsx", "text"})
CHANNELS: Final = frozenset({"inbox", "folder", "webhook"})
"""The channels of this distribution; whoever has more says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A schema that decides something, the answers it is about, and its place."""

    schema: Json
    base: str
    at: str
    resource: Resource = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A receiver, its place, and the section it belongs to; None for the form's own."""

    receiver: Receiver
    at: str
    section: Section | None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A definition with everything the rules ask about it, computed once."""

    definition: FormDefinition
    directory: Directory | None = None
    documents: frozenset[str] = DOCUMENTS
    channels: frozenset[str] = CHANNELS

    @cached_property
    def trace(self) -> Trace:
        """Return every mention in the definition."""
        return trace(self.definition)

    @cached_property
    def imagination(self) -> Imagination:
        """Return what makes example answers."""
        return Imagination(self.trace)

    @cached_property
    def resources(self) -> Resources:
        """Return the schemas by the urn they are composed with."""
        return Resources.of(self.definition)

    @property
    def strictness(self) -> Severity:
        """Return how bad it is when what an import could not know is missing."""
        return "warning" if self.definition.is_draft else "error"

    def sections(self) -> Iterator[tuple[str, Section]]:
        """Yield every section with its place."""
        for index, section in enumerate(self.definition.sections):
            yield join("sections", index), section

    def place(self, section: Section) -> str:
        """Return where a section stands."""
        return join("sections", self.definition.sections.index(section))

    def written(self, pointer: str) -> bool:
        """Tell whether the document says anything at this place itself."""
        here = self.definition.document
        for part in parts(pointer):
            if isinstance(here, list) and part.isdigit() and int(part) < len(here):
                here = here[int(part)]
            elif isinstance(here, dict) and part in here:
                here = here[part]
            else:
                return False
        return True

    @cached_property
    def pages(self) -> tuple[tuple[str, Section, Page], ...]:
        """Return every page with its place and section."""
        return tuple(
            (
                at + join("pages", index) if self.written(at + "/pages") else at,
                section,
                page,
            )
            for at, section in self.sections()
            for index, page in enumerate(section.pages)
        )

    @cached_property
    def views(self) -> tuple[View, ...]:
        """Return every receiver, the sections' before the form's."""
        own = [
            View(receiver=one, at=at + join("receivers", index), section=section)
            for at, section in self.sections()
            for index, one in enumerate(section.receivers)
        ]
        shared = [
            View(receiver=one, at=join("receivers", index), section=None)
            for index, one in enumerate(self.definition.receivers)
        ]
        return (*own, *shared)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Return every schema that decides something, each place once."""
        form = self.resources.form
        found = [
            Condition(
                schema=node.schema["if"],
                base=node.pointer,
                at=node.at + "/if",
                resource=node.resource,
            )
            for node in self.trace.nodes
            if "if" in node.schema
        ]
        found += [
            Condition(
                schema=section.asked_when, base="", at=at + "/asked_when", resource=form
            )
            for at, section in self.sections()
            if section.asked_when is not None
        ]
        found += [
            Condition(schema=schema, base="", at=at, resource=form)
            for at, schema in sign_conditions(self.definition)
        ]
        found += [one for view in self.views for one in self.view_conditions(view)]
        return tuple({one.at: one for one in found}.values())

    def view_conditions(self, view: View) -> Iterator[Condition]:
        """Yield the schemas that decide what a receiver gets."""
        form = self.resources.form
        if view.receiver.only_when is not None:
            yield Condition(
                schema=view.receiver.only_when,
                base="",
                at=view.at + "/only_when",
                resource=form,
            )
        for index, column in enumerate(view.receiver.fields):
            at = view.at + join("fields", index)
            if column.is_ is not None:
                yield Condition(
                    schema=column.is_, base="", at=at + "/is", resource=form
                )
            for place, (_, when) in enumerate(column.classify):
                yield Condition(
                    schema=when,
                    base="",
                    at=at + join("classify", place, "when"),
                    resource=form,
                )

    def written_schemas(self) -> Iterator[tuple[str, Mapping[str, Json]]]:
        """Yield every schema inside a JSON Schema of the document, with its place."""
        for at, schema in self.schema_roots():
            yield from _schemas(schema, at)

    def schema_roots(self) -> Iterator[tuple[str, Json]]:
        """Yield every place where the definition holds a JSON Schema."""
        yield "/schema", self.definition.schema
        for at, section in self.sections():
            yield at + "/schema", section.schema
            yield at + "/across", section.across
            yield at + "/asked_when", section.asked_when
        yield from sign_conditions(self.definition)
        for view in self.views:
            for condition in self.view_conditions(view):
                yield condition.at, condition.schema

    def pointers_of(self, view: View) -> Iterator[str]:
        """Yield what a receiver is sent, and what its conditions look at."""
        yield from (column.pointer for column in view.receiver.fields if column.pointer)
        for condition in self.view_conditions(view):
            for read in reads(
                condition.schema,
                base="",
                at=condition.at,
                resolve=condition.resource.schema,
            ):
                yield read.pointer

    def is_unreachable(self, pointer: str) -> bool:
        """Tell whether no answers at all ask the pointer."""
        mentions = self.trace.by_pointer.get(pointer, ())
        asking = [m for m in mentions if m.defines or m.refuses]
        guards = tuple(guard for mention in asking for guard in mention.guards)
        worlds = self.imagination.worlds(guards)
        return worlds.is_exhaustive and not any(
            self.imagination.is_asked(pointer, world) for world in worlds.worlds
        )

    def owner(self, pointer: str) -> Section | None:
        """Return the section that asks a pointer; None for what all share."""
        head = parts(pointer)[:1]
        for section in self.definition.sections:
            if section.schema not in (None, {}) and head == (section.id,):
                return section
            if any(covers(one, pointer) for one in section.fields):
                return section
        return None

    def is_given(self, pointer: str) -> bool:
        """Tell whether the pointer is filled by the municipality, not by a person."""
        segments = parts(pointer)
        return segments[:1] == ("facts",) or any(
            self.says(mention, "readOnly") is True
            for end in range(1, len(segments) + 1)
            for mention in self.trace.by_pointer.get(join(*segments[:end]), ())
        )

    @staticmethod
    def says(mention: Mention, keyword: str) -> Json:
        """Return a keyword's value in a mention or what it includes; None if nowhere."""
        for schema in mention.resource.conjuncts(mention.schema):
            if keyword in schema:
                return schema[keyword]
        return None

    def is_information(self, pointer: str) -> bool:
        """Tell whether the pointer is only shown, never answered."""
        return self.trace.types(pointer) == {"null"}

    @cached_property
    def questions(self) -> Mapping[str, tuple[Mention, ...]]:
        """Return every pointer a person may answer, with its definitions."""
        return {
            pointer: mentions
            for pointer, mentions in self.trace.leaves.items()
            if not self.is_given(pointer) and not self.is_information(pointer)
        }

    def guards(self, pointer: str) -> Iterator[Guard]:
        """Yield the conditions that decide whether a pointer is asked."""
        mentions = self.trace.by_pointer.get(pointer, ())
        definers = [m for m in mentions if m.defines]
        # The key of a union is asked before any branch of it is picked.
        definers = [m for m in definers if m.is_key] or definers
        if not any(not m.guards for m in definers):
            yield from (guard for m in definers for guard in m.guards)
        yield from (guard for m in mentions if m.refuses for guard in m.guards)

    def is_container(self, pointer: str) -> bool:
        """Tell whether questions stand below the pointer."""
        return pointer in self._containers

    @cached_property
    def _containers(self) -> frozenset[str]:
        return frozenset(
            join(*segments[:end])
            for segments in map(parts, self.trace.defined)
            for end in range(1, len(segments))
        )


def problem(
    code: str, at: str, message: str, advice: str, severity: Severity = "error"
) -> Problem:
    """Return a problem at a place in the definition."""
    return Problem(
        code=code, pointer=at, message=message, advice=advice, severity=severity
    )


def _schemas(schema: Json, at: str) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Yield every schema inside one, with its place; a keyword unknown holds none."""
    if isinstance(schema, Mapping):
        yield at, schema
        for segments, _, member in members(schema, DRAFT_2020):
            yield from _schemas(member, at + join(*segments))
