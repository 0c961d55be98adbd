"""A definition's own schema may declare an older draft; it is asked as any other."""

import json
from typing import Any

from schemas.checking import check
from schemas.compiling import compile_form
from schemas.parsing import parse_definition
from schemas.settling import settle
from schemas.validation import check as verdict

DRAFT_07 = "http://json-schema.org/draft-07/schema#"


def written(**section: Any) -> str:
    definition = {
        "$schema": "urn:formbuilder:form-definition:1",
        "id": "prov",
        "title": "Prov",
        "sections": [
            {"id": "s", "title": "S", "schema": {"$schema": DRAFT_07, **section}}
        ],
    }
    return json.dumps(definition, ensure_ascii=False)


OLD = written(
    type="object",
    definitions={"name": {"type": "string", "title": "Namn"}},
    properties={
        "first": {"$ref": "#/definitions/name"},
        "last": {"$ref": "#/definitions/name"},
    },
    dependencies={"first": ["last"]},
)


def test_a_section_in_draft_7_is_asked_and_checked() -> None:
    definition = parse_definition(OLD, draft=True).definition
    assert definition is not None
    form = compile_form(definition)

    settled = settle(form, {"s": {"first": "Bo"}})

    assert (list(settled.asked), [p.pointer for p in verdict(form, settled)]) == (
        ["/s/first", "/s/last"],
        ["/s/last"],
    )


def test_a_mistake_is_shown_where_its_author_wrote_it() -> None:
    text = written(definitions={"name": {"type": "tect"}}, type="object")

    found = {p.pointer for p in check(text, draft=True)}

    assert "/sections/0/schema/definitions/name/type" in found


def test_a_warning_too_is_shown_where_its_author_wrote_it() -> None:
    text = written(
        type="object",
        definitions={"name": {"type": "string", "titel": "Namn"}},
        properties={"first": {"$ref": "#/definitions/name"}},
    )

    found = {p.pointer for p in check(text, draft=True) if p.code == "FB117"}

    assert found == {"/sections/0/schema/definitions/name/titel"}
