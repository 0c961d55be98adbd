"""Everything that a schema could ask, as the one section of a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from schemas.building import build_form
from schemas.definition import Json
from schemas.errors import Problem
from schemas.following import MORE
from schemas.importing.keys import key_of
from schemas.importing.layout import Group, Layout, leads_nowhere, without_equal
from schemas.importing.paging import ordered, outline, own_title, pages, unplaced
from schemas.importing.titling import untitled
from schemas.labels import label_of
from schemas.mentions import Mention, Trace
from schemas.pointers import covers, get, join, parts, with_value
from schemas.tracing import trace

BLANKS: Final[Mapping[str, Json]] = {
    "controller": "",
    "purpose": "",
    "legal_basis": {"gdpr": "", "national": ""},
    "archive": {
        "record_type": "",
        "classification": "",
        "retention": {"keep": "", "from": "arrival", "decision": ""},
    },
    "receivers": [],
}
COMMENT: Final = (
    "Importerat. Fyll i controller, purpose, legal_basis, archive och receivers innan "
    "formuläret publiceras: formbuilder check pekar ut varje lucka."
)


def text_of(schema: Json, keyword: str) -> str:
    """Return what a schema says under a keyword, "" when that is no text."""
    said = schema.get(keyword) if isinstance(schema, Mapping) else None
    return said.strip() if isinstance(said, str) else ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the schema mentions: everything that could be asked."""

    trace: Trace

    @classmethod
    def of(cls, document: Json) -> "Found":
        definition = build_form(document, version="", files={}, is_draft=True)
        return cls(trace(definition))

    def titled(self, document: Json) -> Json:
        """Return the document with a title where nothing says that there is a question."""
        for pointer, mentions in self.trace.by_pointer.items():
            for mention in untitled(mentions):
                title = self._label(pointer)
                said = mention.schema if isinstance(mention.schema, Mapping) else {}
                document = with_value(document, mention.at, {"title": title, **said})
        return self._described(document)

    def _label(self, pointer: str) -> str:
        above, _, last = pointer.rpartition("/")
        if above not in self.trace.tuples:
            return label_of(parts(pointer)[-1])
        return MORE if last == "*" else str(int(last) + 1)

    def _described(self, document: Json) -> Json:
        """Return the document with what is required and nowhere described."""
        for requirement in self.trace.requirements:
            if requirement.pointer in self.trace.by_pointer:
                continue
            around, name = requirement.at.removesuffix("/required"), requirement.pointer
            if get(document, around + "/additionalProperties") is not False:
                place = around + join("properties", parts(name)[-1])
                title = {"title": label_of(parts(name)[-1])}
                document = with_value(document, place, title)
        return document

    def asked(self) -> list[str]:
        """Return every pointer that some answers ask."""
        return [
            pointer
            for pointer, mentions in self.trace.by_pointer.items()
            if any(mention.schema is not False for mention in mentions)
        ]

    def required(self) -> frozenset[str]:
        """Return what all answers must have where the object around it is."""
        return frozenset(
            one.pointer for one in self.trace.requirements if not one.guards
        )

    def section(self, layout: Layout, title: str) -> tuple[Json, list[Problem]]:
        """Return the one section of the form, and what the layout says in vain."""
        asked = self.asked()
        lost = [
            leads_nowhere(layout.places.get(pointer, ""), pointer)
            for pointer in self._named(layout)
            if not self._is_known(pointer)
        ]
        names = dict.fromkeys(parts(pointer)[0] for pointer in asked)
        taken = {*names, "facts"}
        section: dict[str, Json] = {
            "$comment": COMMENT,
            "id": key_of("form", taken, "_"),
            "title": title,
            "fields": [join(name) for name in names],
            "pages": _pages(self._groups(layout, asked), title, self._titles()),
        }
        ui = {
            pointer: self._look(pointer, said)
            for pointer, said in layout.ui.items()
            if self._is_known(pointer)
        }
        if ui:
            section["ui"] = ui
        lost += [
            without_equal(layout.places.get(pointer, ""), "enumNames")
            for pointer, look in ui.items()
            if "enumNames" in layout.ui[pointer] and "titles" not in look
        ]
        return {**section, **BLANKS}, lost

    def _named(self, layout: Layout) -> Iterator[str]:
        grouped = (one for group in layout.groups for one in group.fields)
        ordered = (
            around + join(name)
            for around, names in layout.order.items()
            for name in names
            if name != "*"
        )
        yield from dict.fromkeys((*layout.ui, *grouped, *ordered))

    def _is_known(self, pointer: str) -> bool:
        if pointer in self.trace.by_pointer:
            return True
        above, _, last = pointer.rpartition("/")
        return last == "*" and "array" in self.trace.types(above)

    def _look(self, pointer: str, said: Mapping[str, Json]) -> dict[str, Json]:
        look = dict(said)
        names = look.pop("enumNames", None)
        values = next(
            (
                mention.schema["enum"]
                for mention in self.trace.by_pointer.get(pointer, ())
                if isinstance(mention.schema, Mapping) and "enum" in mention.schema
            ),
            (),
        )
        if names and len(names) == len(values):
            look["titles"] = dict(zip(map(str, values), names, strict=True))
        return look

    def _groups(self, layout: Layout, asked: list[str]) -> tuple[Group, ...]:
        """Return the author's groups, and pages for what stands in none."""
        given: list[Group] = []
        placed: list[str] = []
        leaves = dict.fromkeys(map(self.trace.whole, self.trace.leaves))
        for group in layout.groups:
            before = len(placed)
            for one in filter(self._is_known, group.fields):
                whole = self.trace.whole(one.removesuffix("/*"))
                placed += unplaced(whole, placed, leaves)
            if len(placed) > before:
                given.append(replace(group, fields=tuple(placed[before:])))
        rest = [
            pointer
            for pointer in leaves
            if not any(covers(one, pointer) for one in placed)
        ]
        rest += [
            pointer
            for pointer in asked
            if len(parts(pointer)) == 1
            and not any(covers(pointer, one) for one in (*rest, *placed))
            and pointer not in placed
        ]
        divided = {
            join(*parts(one)[:depth])
            for one in placed
            for depth in range(len(parts(one)))
        }
        tree = ordered(outline(rest), layout.order, frozenset(divided))
        return (*given, *pages(tree, self._titles()))

    def _titles(self) -> dict[str, str]:
        return {
            pointer: _title(mentions) or label_of(parts(pointer)[-1])
            for pointer, mentions in self.trace.by_pointer.items()
        }


def _title(mentions: tuple[Mention, ...]) -> str:
    for mention in mentions:
        for schema in mention.resource.conjuncts(mention.schema):
            if text_of(schema, "title"):
                return text_of(schema, "title")
    return ""


def _pages(
    groups: tuple[Group, ...], title: str, titles: Mapping[str, str]
) -> list[Json]:
    found: list[Json] = []
    taken: set[str] = set()
    for number, group in enumerate(groups, start=1):
        name = group.title or (title if number == 1 else own_title(group, titles))
        name = name or f"{title} ({number})"
        page: dict[str, Json] = {"id": key_of(name, taken), "title": name}
        if group.description:
            page["description"] = group.description
        page["fields"] = list(group.fields)
        taken.add(page["id"])
        found.append(page)
    return found
