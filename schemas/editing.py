"""The definition language as an editor takes it: whole documents, nothing to fetch.

An editor completes and explains what a schema describes. JSON Schema's own
meta-schema describes no keyword, so the published documents are bundled with ours.
"""

from collections.abc import Mapping
from typing import Any, Final

from schemas.definition import Json
from schemas.published import DIRECTORY, FORM_DEFINITION, QUESTION, document

META_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
SECTION: Final = "urn:formbuilder:section:1"


def definition_schema() -> dict[str, Json]:
    """Return the schema of a form definition, with every keyword explained."""
    whole = _explained(document(FORM_DEFINITION))
    return {**whole, "$defs": {**whole["$defs"], **document(QUESTION)["$defs"]}}


def section_schema() -> dict[str, Json]:
    """Return the schema of a section in a file of its own."""
    whole = definition_schema()
    return {
        "$schema": META_SCHEMA,
        "$id": SECTION,
        "title": "Avsnitt i en egen fil, version 1",
        "description": whole["$defs"]["whole_section"]["description"],
        "$ref": "#/$defs/whole_section",
        "$defs": whole["$defs"],
    }


def directory_schema() -> dict[str, Json]:
    """Return the schema of a municipality's directory."""
    return dict(document(DIRECTORY))


def vscode_settings() -> dict[str, Json]:
    """Return settings for Visual Studio Code that know definitions and sections.

    A definition is known by its `$schema`, a section by its folder.
    """
    return {
        "json.schemas": [
            {"url": FORM_DEFINITION, "schema": definition_schema()},
            {
                "url": SECTION,
                "fileMatch": ["**/sections/*.json"],
                "schema": section_schema(),
            },
        ]
    }


def _explained(value: Json) -> Any:
    """Return a schema that has ours where it refers to the meta-schema."""
    if isinstance(value, Mapping):
        return {
            key: "#/$defs/question"
            if (key, member) == ("$ref", META_SCHEMA)
            else _explained(member)
            for key, member in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_explained(one) for one in value]
    return value


FOR_EDITORS: Final = {
    "definition": definition_schema,
    "section": section_schema,
    "directory": directory_schema,
    "vscode": vscode_settings,
}
"""What can be printed for an editor, by the word an author asks for it with."""
