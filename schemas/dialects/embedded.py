"""The schemas of a definition that declare an older draft, brought to 2020-12."""

from collections.abc import Iterator, Mapping

from schemas.definition import Json
from schemas.dialects.converting import Converted, convert, is_older
from schemas.pointers import join, with_value

Conversions = Mapping[str, Converted]
"""What was converted, by its place in the definition."""


def modernised(document: Json) -> tuple[Json, Conversions]:
    """Return a definition with its older schemas in 2020-12, and which they were."""
    found = {
        place: convert(schema)
        for place, schema in _schemas(document)
        if is_older(schema)
    }
    for place, converted in found.items():
        document = with_value(document, place, converted.schema)
    return document, found


def original(pointer: str, conversions: Conversions) -> str:
    """Return where its author wrote what a pointer into the definition leads to."""
    for place, converted in conversions.items():
        if pointer == place or pointer.startswith(place + "/"):
            return place + converted.original(pointer.removeprefix(place))
    return pointer


def _schemas(document: Json) -> Iterator[tuple[str, Json]]:
    if not isinstance(document, Mapping):
        return
    yield "/schema", document.get("schema")
    sections = document.get("sections")
    for index, section in enumerate(sections if isinstance(sections, list) else ()):
        if isinstance(section, Mapping):
            yield join("sections", index, "schema"), section.get("schema")
