"""The texts of a form that people read who answer it, and how they are addressed."""

from collections.abc import Iterator, Mapping

from schemas.definition import FormDefinition, Json
from schemas.pointers import join

OWN_TEXTS = (
    "title",
    "description",
    "replaces",
    "declaration",
    "purpose",
    "if_not_answered",
)
SCHEMA_TEXTS = ("title", "description")
INLINE = {"const", "enum", "default", "examples", "properties", "$defs"}


def translated_files(
    definition: FormDefinition,
) -> Iterator[tuple[str, Json, Mapping[str, Mapping[str, str]]]]:
    """Yield place, document and translations of the form and of each section."""
    document = definition.document
    yield "", document, definition.translations
    for index, section in enumerate(definition.sections):
        place = join("sections", index)
        yield place, document["sections"][index], section.translations


def read_by_people(document: Json) -> Iterator[tuple[str, str]]:
    """Yield what people who answer read: pointer by names, and by positions."""
    yield from _own_texts(document)
    yield from _event_texts(document)
    yield from _receiver_texts(document.get("receivers", ()))
    yield from _schema_texts(document.get("schema"), ("schema",), ("schema",))
    yield from _schema_texts(document.get("across"), ("across",), ("across",))
    for pointer, appearance in document.get("ui", {}).items():
        for key in ("help", "label", "column", "row"):
            if appearance.get(key):
                yield join("ui", pointer, key), join("ui", pointer, key)


def _own_texts(document: Json) -> Iterator[tuple[str, str]]:
    """Yield what a form or a section says of itself, its parts and its pages."""
    for key in OWN_TEXTS:
        if document.get(key):
            yield join(key), join(key)
    if (document.get("legal_basis") or {}).get("national"):
        yield "/legal_basis/national", "/legal_basis/national"
    for index, part in enumerate(document.get("parts", ())):
        if part.get("title"):
            yield join("parts", part["id"], "title"), join("parts", index, "title")
    for index, page in enumerate(document.get("pages", ())):
        for key in SCHEMA_TEXTS:
            if page.get(key):
                yield join("pages", page["id"], key), join("pages", index, key)


def _event_texts(document: Json) -> Iterator[tuple[str, str]]:
    """Yield what has happened when answers begin to be kept for their time."""
    event = ("retention", "event")
    if _has_event(document.get("archive")):
        yield join("archive", *event), join("archive", *event)
    for index, part in enumerate(document.get("parts", ())):
        if _has_event(part):
            yield join("parts", part["id"], *event), join("parts", index, *event)


def _has_event(rule: Json) -> bool:
    return bool(((rule or {}).get("retention") or {}).get("event"))


def _receiver_texts(receivers: Json) -> Iterator[tuple[str, str]]:
    """Yield what the privacy notice says of those who get the answers."""
    for index, receiver in enumerate(receivers):
        named = ("receivers", receiver.get("id", receiver["department"]))
        placed = ("receivers", index)
        if receiver.get("disclosure_basis"):
            key = "disclosure_basis"
            yield join(*named, key), join(*placed, key)
        for number, column in enumerate(receiver["fields"]):
            if not isinstance(column, Mapping):
                continue
            shaped = next(iter(column.items())) if len(column) == 1 else None
            if "title" in column and "live" not in column:
                name = (*named, "fields", column["name"], "title")
                yield join(*name), join(*placed, "fields", number, "title")
            elif shaped and "title" in shaped[1]:
                own = (shaped[0], "title")
                at = join(*placed, "fields", number, *own)
                yield join(*named, "fields", shaped[0], *own), at


def _schema_texts(
    schema: Json, named: tuple[str | int, ...], placed: tuple[str | int, ...]
) -> Iterator[tuple[str, str]]:
    if isinstance(schema, list):
        for index, item in enumerate(schema):
            name = item.get("const", index) if isinstance(item, Mapping) else index
            yield from _schema_texts(item, (*named, written(name)), (*placed, index))
    if not isinstance(schema, Mapping):
        return
    for key in SCHEMA_TEXTS:
        if isinstance(schema.get(key), str) and schema[key]:
            yield join(*named, key), join(*placed, key)
    for key, value in schema.items():
        if key in ("properties", "$defs", "dependentSchemas", "patternProperties"):
            for name, member in value.items():
                yield from _schema_texts(
                    member, (*named, key, name), (*placed, key, name)
                )
        elif key not in INLINE:
            yield from _schema_texts(value, (*named, key), (*placed, key))


def written(value: Json) -> str:
    """Return a constant as pointers name it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
