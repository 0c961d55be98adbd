"""The schema documents this product publishes, found by their urn."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from jsonschema_specifications import (  # type: ignore[import-untyped]  # no stubs
    REGISTRY,
)
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from schemas.definition import Json

FORM_DEFINITION: Final = "urn:formbuilder:form-definition:1"
DIRECTORY: Final = "urn:formbuilder:directory:1"
QUESTION: Final = "urn:formbuilder:question:1"


@cache
def documents() -> Mapping[str, Json]:
    """Return every published schema document by urn."""
    folder = files("schemas") / "documents"
    found = (
        json.loads(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".schema.json")
    )
    return {document["$id"]: document for document in found}


def document(urn: str) -> Json:
    """Return one published schema document; the caller knows it exists."""
    return documents()[urn]


@cache
def registry() -> Registry[Json]:
    """Return what published documents may refer to; nothing is ever fetched."""
    known: Registry[Json] = REGISTRY
    ours = (
        (urn, DRAFT202012.create_resource(contents))
        for urn, contents in documents().items()
    )
    # Crawled once here; else every $dynamicRef would crawl all of it again.
    return known.with_resources(ours).crawl()
