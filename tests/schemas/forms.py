"""Small forms for tests, built from plain schemas."""

from collections.abc import Mapping
from typing import Any

from schemas.compiling import CompiledForm, compile_form
from schemas.definition import (
    FormDefinition,
    Identity,
    Receiver,
    Section,
)


def definition(*sections: Section, header: Any = None, **rest: Any) -> FormDefinition:
    return FormDefinition(
        id="trial",
        title="Prov",
        language="sv",
        identity=Identity(),
        schema=header or {"type": "object"},
        sections=sections,
        version="0" * 64,
        document={},
        **rest,
    )


def section(key: str = "s", schema: Any = None, **rest: Any) -> Section:
    return Section(id=key, title=key.title(), schema=schema or {}, **rest)


def form(schema: Any, header: Any = None, **rest: Any) -> CompiledForm:
    """Compile a form of one section `s` with this schema."""
    return compile_form(definition(section("s", schema, **rest), header=header))


def yes(name: str) -> Mapping[str, Any]:
    """Return the condition that a question is answered yes."""
    return {"required": [name], "properties": {name: {"const": True}}}


def receiver(*fields: Any, **rest: Any) -> Receiver:
    return Receiver(id="s.kitchen", department="kitchen", fields=fields, **rest)
