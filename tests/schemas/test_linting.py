"""Every lint code: a form it names, at the right place, and one it leaves alone."""

from collections.abc import Callable
from typing import Any

import pytest

from schemas import lint_rules
from schemas.errors import Problem
from schemas.parsing import Parsed
from schemas.pointers import join, parts

Form = dict[str, Any]
Linted = Callable[..., tuple[Problem, ...]]


def put(form: Form, pointer: str, value: Any) -> None:
    """Write a value at a pointer, growing lists by one at `-`."""
    here: Any = form
    *above, last = parts(pointer)
    for part in above:
        here = here[int(part)] if isinstance(here, list) else here.setdefault(part, {})
    if last == "-":
        here.append(value)
    elif isinstance(here, list):
        here[int(last)] = value
    else:
        here[last] = value


def drop(form: Form, pointer: str) -> None:
    here: Any = form
    *above, last = parts(pointer)
    for part in above:
        here = here[int(part)] if isinstance(here, list) else here[part]
    del here[int(last) if isinstance(here, list) else last]


DIET = "/sections/0/schema"
THEN = DIET + "/allOf/0/then"
KITCHEN = "/sections/0/receivers/0"
TEXT = {"title": "Fritext", "type": "string"}
YES = {"const": True}


def when(name: str, value: Any, *, required: bool = True) -> Form:
    tested: Form = {"properties": {name: {"const": value}}}
    return {**tested, "required": [name]} if required else tested


def rule(condition: Any, **consequence: Any) -> Form:
    return {"if": condition, **consequence}


def asks(name: str, schema: Any = None) -> Form:
    return {"properties": {name: schema or TEXT}}


def fact(condition: Any) -> Form:
    return {"required": ["facts"], "properties": {"facts": condition}}


CODE = {"title": "Postnummer", "type": "string", "format": "postal-code"}


def address(**members: Form) -> Form:
    return {"type": "object", "properties": members}


Change = tuple[str, Any]

CASES: list[tuple[str, str, list[Change]]] = [
    ("FB101", DIET + "/allOf/0/if/properties/need", [(DIET + "/allOf/0/if", when("need", True, required=False))]),
    ("FB101", "/sections/1/asked_when/properties/facts", [("/sections/1/asked_when", {"properties": {"facts": when("offered", True)}})]),
    ("FB101", KITCHEN + "/only_when/properties/diet", [(KITCHEN + "/only_when", {"properties": {"diet": when("need", True)}})]),
    ("FB102", DIET + "/allOf/1/if", [(DIET + "/allOf/-", rule(when("need", True), **{"else": asks("note")}))]),
    ("FB102", DIET + "/allOf/1/if", [(DIET + "/allOf/-", rule({"not": when("need", True)}, then=asks("note")))]),
    ("FB103", "/sections/1/asked_when", [("/sections/1/asked_when", {"not": fact(when("offered", True))})]),
    ("FB104", THEN + "/allOf/0/if", [(THEN + "/allOf", [rule(when("b", True), then=asks("a", {"type": "boolean"})), rule(when("a", True), then=asks("b", {"type": "boolean"}))])]),
    ("FB104", "/sections/1/asked_when", [("/sections/1/asked_when", {"required": ["photo"], "properties": {"photo": when("web", True)}})]),
    ("FB105", DIET + "/allOf/0/if", [("/sections/0/pages/0/fields", ["/diet/info", "/diet/kind", "/diet/avoid"]), ("/sections/0/pages/1/fields", ["/diet/need"])]),
    ("FB106", DIET + "/dependentSchemas/need", [(DIET + "/dependentSchemas", {"need": asks("note")})]),
    ("FB107", DIET + "/required", [(DIET + "/required", ["need", "kind"])]),
    ("FB107", DIET + "/required", [(DIET + "/required", ["need", "nobody"])]),
    ("FB107", THEN + "/required", [(THEN + "/allOf", [rule(when("kind", "other"), then={"properties": {"avoid": False}})])]),
    ("FB108", DIET + "/allOf/1/then/properties/note", [(DIET + "/allOf/-", rule({"allOf": [when("need", True), when("need", False)]}, then=asks("note")))]),
    ("FB108", THEN + "/properties/kind", [(DIET + "/properties/kind", False)]),
    ("FB109", DIET + "/properties/avoid", [(DIET + "/properties/avoid", {"maxItems": 3})]),
    ("FB110", DIET + "/anyOf", [(DIET + "/anyOf", [asks("a"), asks("b")])]),
    ("FB111", DIET + "/additionalProperties", [(DIET + "/additionalProperties", False)]),
    ("FB112", DIET + "/unevaluatedProperties", [(DIET + "/unevaluatedProperties", False), ("/sections/0/across", {"properties": {"diet": asks("note")}})]),
    ("FB113", DIET + "/allOf/1/then/properties/kind", [(DIET + "/allOf/-", rule(when("need", True), then=asks("kind", {"title": "Annan rubrik", "type": "string"})))]),
    ("FB113", DIET + "/properties/need", [(THEN + "/properties/need", {"title": "Annan mat?", "type": "string"})]),
    ("FB114", THEN + "/properties/avoid", [(THEN + "/properties/avoid", {"title": "Vad?", "type": "array", "items": {"$ref": "urn:formbuilder:codes:foods"}})]),
    ("FB115", DIET + "/required", [(DIET + "/required", ["need", "info"])]),
    ("FB116", THEN + "/properties/kind/format", [(THEN + "/properties/kind", {"title": "Tid", "type": "string", "format": "time"})]),
    ("FB117", DIET + "/requierd", [(DIET + "/requierd", ["need"])]),
    ("FB118", THEN + "/properties/kind", [(THEN + "/properties/kind", {"title": "Rutor", "type": "array", "items": {"type": "array", "items": {"type": "boolean"}}})]),
    ("FB184", THEN + "/properties/kind/format", [(THEN + "/properties/kind", {"title": "Adress", "type": "string", "format": "e-mail"})]),
    ("FB118", THEN + "/properties/kind", [(THEN + "/properties/kind", {"title": "Vad som helst", "type": "object"})]),
    ("FB177", THEN + "/properties/kind/writeOnly", [(THEN + "/properties/kind", {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf", "writeOnly": True})]),
    ("FB177", THEN + "/properties/kind/items/properties/a/writeOnly", [(THEN + "/properties/kind", {"title": "Rader", "type": "array", "items": {"type": "object", "properties": {"a": {"type": "string", "writeOnly": True}}}})]),
    ("FB177", THEN + "/properties/kind/prefixItems/0/writeOnly", [(THEN + "/properties/kind", {"title": "Par", "type": "array", "prefixItems": [{"type": "string", "writeOnly": True}]})]),
    ("FB177", THEN + "/properties/kind/writeOnly", [(THEN + "/properties/kind", {"title": "Grupp", "type": "object", "properties": {"a": {"type": "string"}}, "writeOnly": True})]),
    ("FB118", THEN + "/properties/kind/items", [(THEN + "/properties/kind", {"title": "Par", "type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "boolean"}})]),
    ("FB118", THEN + "/properties/kind/prefixItems/1", [(THEN + "/properties/kind", {"title": "Par", "type": "array", "prefixItems": [{"type": "string"}, {"maxLength": 2}]})]),
    ("FB118", THEN + "/properties/kind", [(THEN + "/properties/kind", {"title": "Intyg", "type": "array", "items": {"type": "array", "items": {"type": "string", "contentMediaType": "application/pdf"}}})]),
    ("FB183", THEN + "/properties/kind/items", [(THEN + "/properties/kind", {"title": "Par", "type": "array", "prefixItems": [{"title": "Namn", "type": "string"}], "items": {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf"}})]),
    ("FB183", THEN + "/properties/kind/properties/a/properties/f", [(THEN + "/properties/kind", {"title": "Rutor", "type": "object", "properties": {"a": {"title": "A", "type": "object", "properties": {"f": {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf"}}}}}), ("/sections/0/ui", {"/diet/kind": {"widget": "grid"}})]),
    ("FB183", THEN + "/properties/kind/items/properties/f", [(THEN + "/properties/kind", {"title": "Rader", "type": "array", "items": {"type": "object", "properties": {"f": {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf"}}}}), ("/sections/0/ui", {"/diet/kind/*": {"widget": "address"}})]),
    ("FB119", THEN + "/properties/kind/moreThan", [(THEN + "/properties/kind", {**TEXT, "moreThan": "gone"})]),
    ("FB120", "/sections/1/consents/~1photo~1web", [("/sections/1/schema/properties/web/default", True)]),
    ("FB120", "/sections/1/consents/~1photo~1web", [("/sections/1/schema/properties/web/type", "string")]),
    ("FB120", "/sections/1/consents/~1photo~1web", [("/sections/1/prefill", {"/photo/web": {"from": "settings:offered"}})]),
    ("FB121", "/sections/0/sign", [("/sections/0/sign", "one")]),
    ("FB121", "/sections/1/sign", [("/sections/1/arrive_when", "first_signature")]),
    ("FB121", "/sections/0/sign", [("/identity/assurance", "none")]),
    ("FB122", "/sections/0/parts/0/fields", [("/sections/0/parts/0/fields", ["/diet/avoid"])]),
    ("FB123", "/sections/0/parts/1/fields/0", [("/sections/0/parts/-", {"id": "more", "fields": ["/diet/avoid"]})]),
    ("FB123", "/sections/0/parts/1/fields/0", [("/sections/0/parts/-", {"id": "more", "fields": ["/photo/web"]})]),
    ("FB125", "/identity/assurance", [("/identity/assurance", "high")]),
    ("FB124", "/sections/1/asked_when", [("/sections/0/for", "each_guardian"), ("/sections/1/asked_when", {"required": ["diet"], "properties": {"diet": when("need", True)}})]),
    ("FB129", THEN + "/properties/kind/prefixItems/1/calculate", [(THEN + "/properties/kind", {"title": "Par", "type": "array", "prefixItems": [{"type": "string"}, {"title": "Antal", "type": "integer", "readOnly": True, "calculate": {"count": "/diet/avoid"}}], "items": False})]),
    *(
        ("FB118", f"{THEN}/properties/kind/{keyword}", [(THEN + "/properties/kind", {"title": "Mat", keyword: [{"$ref": "urn:formbuilder:codes:foods"}, {"const": "other", "title": "Annat"}]})])
        for keyword in ("anyOf", "oneOf")
    ),
    ("FB128", THEN + "/properties/kind/calculate/sum", [(THEN + "/properties/kind", {"title": "Summa", "type": "integer", "readOnly": True, "calculate": {"sum": "/diet/gone"}})]),
    ("FB129", THEN + "/properties/kind/calculate", [(THEN + "/properties/kind", {"title": "Summa", "type": "integer", "calculate": {"count": "/diet/avoid"}})]),
    ("FB129", THEN + "/properties/kind/calculate", [(THEN + "/properties/kind", {"title": "Summa", "type": "integer", "readOnly": True, "calculate": {"product": "/diet/avoid"}})]),
    ("FB129", THEN + "/properties/kind/calculate", [(THEN + "/properties/kind", {"title": "Summa", "type": "integer", "readOnly": True, "calculate": {"sum": "/diet/avoid"}})]),
    ("FB129", THEN + "/properties/kind/calculate", [(THEN + "/properties/kind", {"title": "Summa", "type": "string", "readOnly": True, "calculate": {"count": "/diet/avoid"}})]),
    ("FB104", THEN + "/properties/kind", [(THEN + "/properties/kind", {"title": "Summa", "type": "integer", "readOnly": True, "calculate": {"sum": "other"}}), (THEN + "/properties/other", {"title": "Annan", "type": "integer", "readOnly": True, "calculate": {"sum": "kind"}})]),
    *(
        ("FB179", THEN + "/properties/kind", [(THEN + "/properties/kind", {"title": "Vart?", **schema}), ("/sections/0/ui", {"/diet/kind": {"widget": "address"}})])
        for schema in (
            TEXT,
            address(street=TEXT, city=TEXT),
            address(street=TEXT, city=TEXT, postal_code=CODE, door=TEXT),
            address(street=TEXT, city={"title": "Ort", "type": "integer"}, postal_code=CODE),
            address(street=TEXT, city=TEXT, postal_code=TEXT),
        )
    ),
    ("FB175", THEN + "/properties/kind/maxLength", [(THEN + "/properties/kind", {**TEXT, "minLength": 9, "maxLength": 3})]),
    ("FB175", THEN + "/properties/kind/exclusiveMaximum", [(THEN + "/properties/kind", {"title": "Tal", "type": "number", "minimum": 3, "exclusiveMaximum": 3})]),
    ("FB175", THEN + "/properties/kind/enum/1", [(THEN + "/properties/kind", {"title": "Tal", "type": "string", "enum": ["1", 2]})]),
    ("FB175", THEN + "/properties/kind/enum", [(THEN + "/properties/kind", {"title": "Tal", "type": "string", "enum": []})]),
    ("FB175", THEN + "/properties/kind/enum", [(THEN + "/properties/kind", {"title": "Tal", "type": "string", "enum": [""]})]),
    ("FB138", "/sections/0/pages/0/fields", [("/sections/0/pages/0/fields/-", "/diet/need")]),
    ("FB174", DIET + "/allOf/0/if/properties/need/const", [(DIET + "/allOf/0/if", when("need", "yes"))]),
    ("FB174", KITCHEN + "/only_when/properties/diet/properties/kind/const", [(KITCHEN + "/only_when", {"required": ["diet"], "properties": {"diet": when("kind", "alergy")}})]),
    ("FB174", KITCHEN + "/only_when/properties/diet/properties/avoid/contains/enum/1", [(KITCHEN + "/only_when", {"required": ["diet"], "properties": {"diet": {"required": ["avoid"], "properties": {"avoid": {"contains": {"enum": ["milk", "mlik"]}}}}}})]),
    ("FB130", KITCHEN + "/only_when", [(KITCHEN + "/only_when", {"required": ["photo"], "properties": {"photo": when("web", True)}})]),
    ("FB130", KITCHEN + "/only_when", [(KITCHEN + "/only_when", {"required": ["diet"], "properties": {"diet": when("gone", True)}})]),
    ("FB131", KITCHEN + "/fields/0", [(KITCHEN + "/fields/0", "/diet")]),
    ("FB132", KITCHEN + "/fields/4", [(THEN + "/properties/note", TEXT), ("/sections/0/pages/1/fields/-", "/diet/note"), (KITCHEN + "/fields/-", "/diet/note"), (KITCHEN + "/fields/3", {"/diet/avoid": {"as": "code"}})]),
    ("FB133", "/sections/0/ui/~1diet~1gone", [("/sections/0/ui", {"/diet/gone": {"widget": "radios"}})]),
    ("FB133", "/sections/0/pages/0/fields/2", [("/sections/0/pages/0/fields/-", "/diet/gone")]),
    ("FB133", KITCHEN + "/fields/4", [(KITCHEN + "/fields/-", "/diet/gone")]),
    ("FB133", "/sections/1/consents/~1photo~1gone", [("/sections/1/consents/~1photo~1gone", "publish.gone")]),
    ("FB134", "/sections/1/receivers/0/fields/1", [(THEN + "/allOf", [rule(when("kind", "other"), then=asks("note"))]), ("/sections/0/pages/1/fields/-", "/diet/note"), (KITCHEN + "/fields/-", "/diet/note"), ("/sections/1/receivers/0/fields/-", "/diet/note")]),
    ("FB178", "/sections/0/prefill/~1diet~1kind~10", [(THEN + "/properties/kind", {"title": "Par", "type": "array", "prefixItems": [{"type": "string"}]}), ("/sections/0/prefill", {"/diet/kind/0": {"from": "settings:municipality"}})]),
    ("FB178", "/sections/0/pages/1/fields/0", [(THEN + "/properties/kind", {"title": "Par", "type": "array", "prefixItems": [{"type": "string"}]}), ("/sections/0/pages/1/fields", ["/diet/kind/0", "/diet/avoid"])]),
    ("FB136", THEN + "/properties/kind", [("/sections/0/pages/1/fields", ["/diet/avoid"])]),
    ("FB137", "/sections/0/pages/1", [(DIET + "/allOf/0/if", {"allOf": [when("need", True), when("need", False)]})]),
    ("FB127", "/sections/0/sign/all_when", [("/sections/0/sign", {"first": "all", "change": "all", "all_when": {"required": ["photo"]}})]),
    ("FB126", "/sections/0/prefill/~1diet~1need/confirm", [("/sections/0/prefill", {"/diet/need": {"from": "previous:/diet/need", "confirm": True}}), ("/sections/0/pages/0/fields", ["/diet/info"])]),
    ("FB145", "/sections/0/prefill/~1diet~1need", [("/sections/0/prefill", {"/diet/need": {"from": "previous:/diet/need", "edit": "never"}})]),
    ("FB145", "/sections/0/prefill/~1diet~1need", [("/sections/0/prefill", {"/diet/need": {"from": "previous:/diet/need", "edit": "if_missing"}})]),
    ("FB145", "/sections/0/prefill/~1diet~1need", [("/sections/0/prefill", {"/diet/need": {"from": "previous:/diet/need"}}), (DIET + "/properties/need/readOnly", True)]),
    ("FB133", "/sections/0/prefill/~1diet~1need/from", [("/sections/0/prefill", {"/diet/need": {"from": "previous:/diet/gone"}})]),
    ("FB138", "/sections/0/pages/1/fields", [("/sections/0/pages/1/fields/-", "/diet/need")]),
    ("FB139", KITCHEN + "/fields/4", [(KITCHEN + "/fields/-", {"/diet/avoid": {"as": "count"}})]),
    ("FB140", THEN + "/properties/kind/$ref", [(THEN + "/properties/kind", {"title": "Skola", "$ref": "urn:formbuilder:codes:school_units"})]),
    ("FB140", "/codes/urn:formbuilder:codes:gone", [("/codes/urn:formbuilder:codes:gone", {})]),
    ("FB140", "/codes/urn:formbuilder:codes:foods/valid_at", [("/codes/urn:formbuilder:codes:foods", {"valid_at": "settings:gone"})]),
    ("FB141", "/sections/1/id", [("/schema/properties/photo", {"type": "object"})]),
    ("FB142", THEN + "/properties/kind", [(THEN + "/properties/kind/oneOf/-", {"const": "same", "title": "Samma som förra året"}), (THEN + "/allOf", [rule(when("kind", "other"), then=asks("note"))]), ("/sections/0/pages/1/fields/-", "/diet/note"), (KITCHEN + "/fields/-", "/diet/note")]),
    ("FB143", "/sections/0/pages/1/id", [("/sections/0/pages/1/id", "mat")]),
    ("FB143", "/sections/0/receivers/1", [(("/sections/0/receivers/-"), {"department": "kitchen", "disclosure_basis": "x", "fields": ["/diet/need"]})]),
    ("FB143", "/sections/0/parts/1/id", [("/sections/0/parts/-", {"id": "safety", "fields": ["/diet/kind"]})]),
    ("FB144", "/sections/1", [("/sections/1/fields", ["/photo/web"])]),
    ("FB147", "/sections/0/controller", [("/sections/0/controller", "bunn")]),
    ("FB148", "/prefill/~1facts~1offered/from", [("/prefill/~1facts~1offered/from", "settings:offred")]),
    ("FB150", THEN + "/properties/kind", [(KITCHEN + "/fields", ["/diet/need", "/diet/avoid"])]),
    ("FB151", "/sections/0", [("/sections/0/purpose", " ")]),
    ("FB152", "/sections/0", [("/sections/0/legal_basis", {"gdpr": ""})]),
    ("FB153", "/sections/0/archive", [("/sections/0/archive/retention/decision", "")]),
    ("FB165", "/sections/0/archive/retention/from", [("/sections/0/archive/retention/from", "event:moved")]),
    ("FB165", "/sections/0/parts/0/retention/from", [("/sections/0/parts/0/retention", {"keep": "P1Y", "from": "event:moved", "decision": "BUN 1"})]),
    ("FB154", "/sections/0", [("/sections/0/controller", "")]),
    ("FB155", "/schema/properties/phone", [("/schema/properties/phone", TEXT), (KITCHEN + "/fields/-", "/phone")]),
    ("FB156", KITCHEN + "/department", [(KITCHEN + "/department", "kichen")]),
    ("FB157", KITCHEN + "/channels/0", [(KITCHEN + "/channels", ["fax"])]),
    ("FB157", "/sections/1/receivers/0/channels/0", [("/sections/1/receivers/0/channels", ["webhook"])]),
    ("FB158", KITCHEN + "/documents/0", [(KITCHEN + "/documents", ["word"])]),
    ("FB159", KITCHEN, [(KITCHEN + "/disclosure_basis", "")]),
    ("FB160", "/sections/0/translations/en", [("/sections/0/translations", {"en": {"/title": "Food"}})]),
    ("FB161", "/sections/0/translations/en/~1pages~1gone~1title", [("/sections/0/translations", {"en": {"/pages/gone/title": "Gone"}})]),
    ("FB160", "/title", [("/languages", {"fi": {}})]),
    ("FB162", "/languages/ar", [("/languages", {"ar": {"state": "draft"}})]),
    ("FB163", "/translations/fi", [("/languages", {"en": {}}), ("/translations", {"fi": {"/title": "Koulu"}})]),
    ("FB164", "/languages/tlh", [("/languages", {"tlh": {}})]),
    ("FB166", "/sections/0/title", [("/sections/0/title", "Kost\x00")]),
    ("FB166", "/sections/0/translations/en/~1title", [("/sections/0/translations", {"en": {"/title": "Fo\x1bod"}})]),
    ("FB170", THEN + "/properties/kind/$ref", [(THEN + "/properties/kind", {"title": "Var?", "$ref": "https://example.se/a.json"})]),
    ("FB171", THEN + "/properties/kind/$ref", [(THEN + "/properties/kind", {"title": "Var?", "$ref": "#/$defs/gone"})]),
    ("FB171", THEN + "/properties/kind/$ref", [(THEN + "/properties/kind", {"title": "Var?", "$ref": "defs.json#/a"})]),
    ("FB172", THEN + "/properties/kind/pattern", [(THEN + "/properties/kind", {**TEXT, "pattern": "^(a+)\\1$"})]),
    ("FB172", THEN + "/properties/kind/pattern", [(THEN + "/properties/kind", {**TEXT, "pattern": "^(?=a)b"})]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "at", "changes"), CASES)
def test_every_code_names_its_fault_where_it_was_written(
    trial: Form, linted: Linted, code: str, at: str, changes: list[Change]
) -> None:
    for pointer, value in changes:
        put(trial, pointer, value)

    found = [problem.pointer for problem in linted(trial) if problem.code == code]

    assert at in found


def test_a_form_with_nothing_wrong_has_no_problems(trial: Form, linted: Linted) -> None:
    assert linted(trial) == ()


HARMLESS: list[tuple[str, list[Change]]] = [
    ("a condition by reference", [(DIET + "/$defs/yes", when("need", True)), (DIET + "/allOf/0/if", {"$ref": "#/$defs/yes"})]),
    ("required in another conjunct", [(DIET + "/allOf/0/if", {"allOf": [{"required": ["need"]}, when("need", True, required=False)]})]),
    ("either of two answers", [(DIET + "/allOf/0/if", {"anyOf": [when("need", True), when("need", True)]})]),
    ("an else that requires the answer", [(DIET + "/allOf/-", rule(when("need", True), **{"else": rule({"required": ["need"]}, then={})}))]),
    ("a known no", [(DIET + "/allOf/0/if", when("need", False)), (KITCHEN + "/only_when", {"required": ["diet"], "properties": {"diet": when("need", False)}}), ("/scenarios", [])]),
    ("a fact asked for by value", [("/sections/1/asked_when", fact(when("offered", False)))]),
    ("narrowing where it is asked", [(DIET + "/allOf/-", rule(when("need", True), then={"properties": {"avoid": {"maxItems": 3}}}))]),
    ("required under a narrower condition", [(THEN + "/required", ["avoid"]), (DIET + "/allOf/-", rule({"required": ["need", "avoid"], "properties": {"need": YES}}, then={"required": ["kind"]}))]),
    ("a key that picks the branch", [(THEN, {"required": ["kind", "avoid"], "properties": {"avoid": {"title": "Vad?", "type": "array", "minItems": 1, "items": {"$ref": "urn:formbuilder:codes:foods"}}, "kind": {"title": "Varför?", "type": "string"}}, "oneOf": [{"required": ["kind"], "properties": {"kind": {"const": "allergy"}}}, {"required": ["kind"], "properties": {"kind": {"const": "other"}}}]})]),
    ("the same definition twice", [(DIET + "/$defs/kind", {"title": "Varför?", "type": "string"}), (THEN + "/properties/kind", {"$ref": "#/$defs/kind"}), (DIET + "/allOf/-", rule(when("need", True), then=asks("kind", {"$ref": "#/$defs/kind"})))]),
    ("a comparison with a neighbour", [(THEN + "/properties/kind", {**TEXT, "moreThan": "avoid", "x-note": "ok"})]),
    ("a pattern without backtracking", [(THEN + "/properties/kind", {**TEXT, "pattern": "^[0-9]{3}$"})]),
    ("a derived column is a receiver", [(KITCHEN + "/fields/2", {"name": "allergic", "is": {"required": ["diet"], "properties": {"diet": when("kind", "allergy")}}})]),
    ("what is preserved needs no time", [("/sections/0/archive/retention", {"preserve": True})]),
    ("a text has lines", [("/sections/0/description", "Kost.\r\n\tMjuka\u00ad bindestreck.")]),
    ("signing differs at change", [("/sections/0/sign", {"first": "all", "change": "one_notify"})]),
]  # fmt: skip


@pytest.mark.parametrize(("story", "changes"), HARMLESS, ids=[h[0] for h in HARMLESS])
def test_what_is_written_with_care_is_left_alone(
    trial: Form, linted: Linted, story: str, changes: list[Change]
) -> None:
    for pointer, value in changes:
        put(trial, pointer, value)

    assert linted(trial) == (), story


def test_every_code_has_a_case() -> None:
    documented = {(one.__doc__ or "").split(":")[0] for one in lint_rules.BUILT_IN}

    assert {code for code, _, _ in CASES} == documented


def test_every_problem_says_what_to_write_instead(trial: Form, linted: Linted) -> None:
    for section in trial["sections"]:
        for key in ("purpose", "legal_basis", "archive", "controller", "receivers"):
            del section[key]

    problems = linted(trial)

    assert problems
    assert all(p.advice.endswith((".", "?")) for p in problems)


def test_a_draft_may_leave_receivers_and_law_blank(trial: Form, linted: Linted) -> None:
    for section in trial["sections"]:
        section["purpose"] = ""
        section["legal_basis"] = {"gdpr": ""}
        section["receivers"] = []
        section["archive"] = {
            "record_type": "",
            "classification": "",
            "retention": {"keep": "", "from": "", "decision": ""},
        }
    trial["scenarios"] = []

    severities = {problem.severity for problem in linted(trial, draft=True)}

    assert severities == {"warning"}


def test_the_answers_that_show_the_fault_are_named(trial: Form, linted: Linted) -> None:
    put(trial, DIET + "/required", ["need", "kind"])

    [problem] = [one for one in linted(trial) if one.code == "FB107"]

    assert "/diet/need = false" in problem.message


def test_what_is_required_by_a_name_that_is_misspelt_is_told_the_right_one(
    trial: Form, linted: Linted
) -> None:
    put(trial, DIET + "/required", ["need", "kindd"])

    [problem] = [one for one in linted(trial) if one.code == "FB107"]

    assert "ingen fråga heter så" in problem.message
    assert problem.advice == "Menade du /diet/kind?"


def test_without_a_directory_its_keys_are_not_checked(
    trial: Form, parsed: Callable[..., Parsed]
) -> None:
    from schemas.linting import lint  # noqa: PLC0415 - beside the only use

    put(trial, KITCHEN + "/department", "kichen")
    definition = parsed(trial).definition
    assert definition is not None

    assert lint(definition, None) == ()


def test_a_form_with_one_schema_is_linted_alike(trial: Form, linted: Linted) -> None:
    diet, photo = trial["sections"]
    diet_schema = diet.pop("schema")
    trial["schema"]["properties"] |= {"diet": diet_schema, "photo": photo.pop("schema")}
    diet["fields"], photo["fields"] = ["/diet"], ["/photo"]
    trial["scenarios"] = []
    for section, name in ((diet, "food"), (photo, "picture")):
        section["id"] = name

    assert linted(trial) == ()


def test_rows_are_questions_of_their_own(trial: Form, linted: Linted) -> None:
    rows = {
        "title": "Närstående",
        "type": "array",
        "items": {"type": "object", "properties": {"phone": TEXT}},
    }
    put(trial, DIET + "/properties/ice", rows)
    put(trial, "/sections/0/pages/0/fields/-", "/diet/ice")

    [problem] = linted(trial)

    assert (problem.code, problem.pointer) == (
        "FB150",
        join(*parts(DIET), "properties", "ice", "items", "properties", "phone"),
    )


@pytest.mark.parametrize(
    ("items", "place"),
    [
        (TEXT, "items"),
        ({"type": "object", "properties": {"a": TEXT}}, "items/properties/a"),
        ({"type": "array", "items": TEXT}, "items"),
    ],
)
def test_what_follows_positions_needs_a_receiver_of_its_own(
    trial: Form, linted: Linted, items: Form, place: str
) -> None:
    put(trial, DIET + "/properties/pair", {"title": "Par", "type": "array", "prefixItems": [TEXT], "items": items})  # fmt: skip
    put(trial, "/sections/0/pages/0/fields/-", "/diet/pair")
    put(trial, KITCHEN + "/fields/-", "/diet/pair/0")

    found = [(one.code, one.pointer) for one in linted(trial) if one.code == "FB150"]

    assert found == [("FB150", f"{DIET}/properties/pair/{place}")]


def test_recursion_ends(trial: Form, linted: Linted) -> None:
    tree = {"title": "Gren", "type": "object", "properties": {"leaf": TEXT}}
    tree["properties"] = {"leaf": TEXT, "below": {"$ref": "#/$defs/tree"}}
    put(trial, DIET + "/$defs/tree", tree)
    put(trial, DIET + "/properties/tree", {"$ref": "#/$defs/tree"})

    assert {"FB150", "FB136"} <= {problem.code for problem in linted(trial)}
