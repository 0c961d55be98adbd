"""One small schema for each thing JSON Schema lets an author say, of our own writing."""

from typing import Any

TEXT = {"type": "string", "title": "Text"}
NAME = {"type": "string", "title": "Namn", "minLength": 1}
WHOLE = {"type": "integer", "title": "Antal"}


def of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


FEATURES: dict[str, dict[str, Any]] = {
    "properties": {**of(name=NAME, age=WHOLE), "required": ["name"]},
    "nested": of(home=of(street=TEXT, door=of(code=TEXT))),
    "bounds": of(
        text={**TEXT, "minLength": 2, "maxLength": 5},
        low={**WHOLE, "minimum": 2, "maximum": 8},
        open={"type": "number", "title": "Tal", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        step={"type": "number", "title": "Steg", "multipleOf": 0.1},
    ),
    "pattern": of(code={**TEXT, "pattern": "^[A-ZÅÄÖ]{2}[0-9]{2}$"}),
    "enum": of(one={"title": "En", "enum": ["a", 1, True]}),
    "const": of(one={"title": "En", "const": "a"}, two={"title": "Två", "const": 2}),
    "options": of(
        one={"title": "En", "oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]}
    ),
    "type list": of(one={"type": ["string", "null"], "title": "En"}),
    "formats": of(
        **{
            name: {"type": "string", "title": name, "format": name}
            for name in (
                "date", "date-time", "email", "uri", "uuid", "ipv4", "hostname",
                "duration", "personal-number", "organisation-number", "postal-code",
                "phone", "iban", "bankgiro",
            )
        }
    ),
    "items": of(
        rows={"type": "array", "title": "Rader", "minItems": 1, "maxItems": 3,
              "items": {**of(name=NAME, age=WHOLE), "required": ["name"]}}
    ),
    "scalar items": of(rows={"type": "array", "title": "Tal", "items": WHOLE, "uniqueItems": True}),
    "prefixItems": of(
        both={"type": "array", "title": "Två", "prefixItems": [NAME, WHOLE], "items": False}
    ),
    "contains": of(
        some={"type": "array", "title": "Några", "items": WHOLE,
              "contains": {"minimum": 5}, "minContains": 1, "maxContains": 2}
    ),
    "if": {
        **of(need={"type": "boolean", "title": "Behövs?"}),
        "if": {"required": ["need"], "properties": {"need": {"const": True}}},
        "then": {"required": ["why"], "properties": {"why": TEXT}},
        "else": {"properties": {"other": TEXT}},
    },
    "dependentRequired": {**of(card=TEXT, address=TEXT), "dependentRequired": {"card": ["address"]}},
    "dependentSchemas": {
        **of(card=TEXT),
        "dependentSchemas": {"card": {"required": ["address"], "properties": {"address": TEXT}}},
    },
    "allOf": {"type": "object", "allOf": [of(a=TEXT), {**of(b=WHOLE), "required": ["b"]}]},
    "anyOf asserted": {**of(mail=TEXT, phone=TEXT), "anyOf": [{"required": ["mail"]}, {"required": ["phone"]}]},
    "oneOf with a key": {
        "type": "object",
        "required": ["kind"],
        "oneOf": [
            {"title": "Person", "required": ["kind", "name"],
             "properties": {"kind": {"const": "person"}, "name": NAME}},
            {"title": "Företag", "required": ["kind", "number"],
             "properties": {"kind": {"const": "company"}, "number": TEXT}},
        ],
    },
    "oneOf without a key": {
        "type": "object",
        "oneOf": [
            {"title": "Gata", "required": ["street"], "properties": {"street": NAME, "floor": WHOLE}},
            {"title": "Box", "required": ["box"], "properties": {"box": WHOLE, "floor": WHOLE}},
        ],
    },
    "oneOf of kinds": of(
        amount={"title": "Belopp", "oneOf": [{"title": "Tal", "type": "number"},
                                             {"title": "Text", "type": "string"}]}
    ),
    "not": {**of(a=TEXT, b=TEXT), "not": {"required": ["a", "b"]}},
    "refused": {**of(a=TEXT, b=TEXT), "if": {"required": ["a"]}, "then": {"properties": {"b": False}}},
    "patternProperties": {**of(a=TEXT), "patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": False},
    "propertyNames": {**of(a=TEXT), "propertyNames": {"maxLength": 3}},
    "unevaluated": {
        **of(a=TEXT),
        "allOf": [{"if": {"required": ["a"]}, "then": {"properties": {"b": TEXT}}}],
        "unevaluatedProperties": False,
    },
    "references": {
        "type": "object",
        "$defs": {"name": {**NAME, "$anchor": "named"}, "row": of(name={"$ref": "#named"})},
        "properties": {"one": {"$ref": "#/$defs/row"}, "two": {"$ref": "#named"}},
    },
    "recursive": {
        "type": "object",
        "$defs": {"node": of(name=NAME, children={"type": "array", "title": "Barn",
                                                  "items": {"$ref": "#/$defs/node"}})},
        "properties": {"tree": {"$ref": "#/$defs/node"}},
    },
    "dynamic": {
        "type": "object",
        "$dynamicAnchor": "node",
        "properties": {"name": NAME, "children": {"type": "array", "title": "Barn",
                                                  "items": {"$dynamicRef": "#node"}}},
    },
    "files": of(
        proof={"type": "string", "title": "Intyg", "contentMediaType": "application/pdf"},
        photos={"type": "array", "title": "Bilder",
                "items": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/jpeg"}},
    ),
    "annotations": of(
        a={**TEXT, "default": "x", "examples": ["Ekvägen 1"], "deprecated": True},
        b={**TEXT, "readOnly": True},
        c={**TEXT, "writeOnly": True},
    ),
}  # fmt: skip
