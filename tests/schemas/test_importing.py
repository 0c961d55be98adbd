"""A schema that somebody else wrote becomes a form, and nothing is lost in silence."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest

from schemas.checking import check
from schemas.compiling import compile_form
from schemas.definition import Json
from schemas.errors import DefinitionRefused
from schemas.importing.making import Imported, import_schema
from schemas.importing.patterns import linear
from schemas.parsing import parse_definition
from schemas.settling import settle

TEXT = {"type": "string"}
YES = {"type": "boolean"}


def schema(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def imported(described: Json, ui: Json = None) -> Imported:
    return import_schema(described, ui, name="ansokan")


def section(made: Imported) -> Json:
    return made.document["sections"][0]


def pages(made: Imported) -> list[tuple[str, list[str]]]:
    return [(page["title"], page["fields"]) for page in section(made)["pages"]]


def codes(made: Imported) -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in made.notices]


def errors(made: Imported, *, draft: bool) -> list[str]:
    text = json.dumps(made.document)
    return [p.code for p in check(text, draft=draft) if p.severity == "error"]


def asked(made: Imported, answers: Json) -> list[str]:
    definition = parse_definition(json.dumps(made.document), draft=True).definition
    assert definition is not None
    return list(settle(compile_form(definition), answers).asked)


def kinds(made: Imported) -> dict[str, str]:
    definition = parse_definition(json.dumps(made.document), draft=True).definition
    assert definition is not None
    found = compile_form(definition).questions
    return {pointer: question.kind for pointer, question in found.items()}


def control(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "Control", "scope": f"#/properties/{name}", **more}


def vertical(*elements: Any) -> dict[str, Any]:
    return {"type": "VerticalLayout", "elements": list(elements)}


def rule(effect: str, name: str, wanted: Json) -> dict[str, Any]:
    condition = {"scope": f"#/properties/{name}", "schema": wanted}
    return {"effect": effect, "condition": condition}


def test_an_import_can_be_checked_and_tried_as_a_draft_at_once() -> None:
    assert errors(imported(schema(name=TEXT)), draft=True) == []


def test_its_blanks_are_named_before_it_is_published() -> None:
    made = imported(schema(name=TEXT))

    assert set(errors(made, draft=False)) == {
        "FB150",
        "FB151",
        "FB152",
        "FB153",
        "FB154",
    }


def test_a_name_is_read_as_words_where_there_is_no_title() -> None:
    definition = parse_definition(
        json.dumps(imported(schema(dateOfBirth=TEXT)).document), draft=True
    ).definition
    assert definition is not None

    form = compile_form(definition)

    assert form.questions["/dateOfBirth"].title == "Date of birth"


def test_texts_written_as_html_are_read_without_their_tags() -> None:
    described = schema(
        a={
            "title": "Ditt <b>namn</b>",
            "description": "<p>Ett</p><ul><li>två</li></ul>",
        },
        b={"title": "B", "oneOf": [{"const": 1, "title": "<i>En</i> &amp; en"}]},
        c={"title": "Skriv <namn> om a < b"},
    )

    made = imported(described, {"a": {"ui:help": "Läs<br>mer"}})

    properties = made.document["schema"]["properties"]
    assert [properties["a"][said] for said in ("title", "description")] == [
        "Ditt namn",
        "Ett\n– två",
    ]
    assert properties["b"]["oneOf"][0]["title"] == "En & en"
    assert properties["c"]["title"] == "Skriv <namn> om a < b"
    assert section(made)["ui"]["/a"]["help"] == "Läs\nmer"


def test_a_property_without_a_type_is_asked_too() -> None:
    made = imported(schema(size={"enum": ["S", "M"]}))

    assert asked(made, {}) == ["/size"]


def test_a_branch_that_only_narrows_what_others_define_asks_it_too() -> None:
    branches = [
        {"properties": {"country": {"type": "string", "enum": ["SE"]}}},
        {"properties": {"country": {"not": {"enum": ["SE"]}}}},
    ]
    form = imported({"type": "object", "oneOf": branches})
    found = parse_definition(json.dumps(form.document), draft=True).definition
    assert found is not None

    settled = settle(compile_form(found), {"country": "NO"})

    assert settled.answers == {"country": "NO"}


PETS = [
    {"properties": {"pet": {"const": "cat"}, "indoor": YES}},
    {"properties": {"pet": {"const": "none"}}},
]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"dependencies": {"pet": {"oneOf": PETS}}}, []),
        ({"required": ["pet"], "oneOf": PETS}, []),
        ({"oneOf": PETS}, ["FB110"]),
        ({"properties": {}, "required": ["pet"], "oneOf": PETS}, ["FB110"]),
    ],
    ids=["dependency", "required", "voluntary", "described in the branches"],
)
def test_what_is_surely_answered_is_a_key_without_being_required_again(
    said: Json, found: list[str]
) -> None:
    made = imported({**schema(pet={"enum": ["cat", "none"]}), **said})

    text = json.dumps(made.document)
    assert [p.code for p in check(text, draft=True) if p.code[:4] == "FB11"] == found
    assert errors(made, draft=True) == []
    assert "/indoor" in asked(made, {"pet": "cat"})


def test_two_hundred_questions_are_not_one_page() -> None:
    made = imported(schema(**{f"q{n}": TEXT for n in range(200)}))

    assert [len(fields) for _, fields in pages(made)] == [20] * 10


def test_an_object_of_some_size_is_a_page_of_its_own() -> None:
    home = schema(street=TEXT, number=TEXT, code=TEXT, city=TEXT)
    made = imported(schema(name=TEXT, homeAddress=home, other=TEXT))

    assert pages(made) == [
        ("Ansokan", ["/name"]),
        ("Home address", ["/homeAddress"]),
        ("Other", ["/other"]),
    ]


@pytest.mark.parametrize(
    ("described", "kind", "is_required"),
    [
        ({"type": "array", "items": TEXT}, "lines", False),
        ({"type": "array", "items": TEXT, "minItems": 1}, "lines", True),
        ({"items": schema(name=TEXT)}, "rows", False),
        (
            {"$ref": "#/$defs/all", "$defs": {"all": {"items": TEXT}}},
            "lines",
            False,
        ),
        ({"type": "integer"}, "number", True),
        ({"type": ["integer", "null"]}, "number", False),
        ({"enum": ["a", "b"]}, "one_choice", True),
        ({"minLength": 2}, "text", True),
        ({"exclusiveMinimum": 0}, "number", True),
    ],
)
def test_what_is_no_object_becomes_the_member_of_one_and_that_is_told(
    described: Json, kind: str, is_required: bool
) -> None:
    made = imported(described)

    assert [(p.code, p.pointer) for p in made.told] == [("FB197", "")]
    assert (made.root, kinds(made)["/svar"]) == ("/svar", kind)
    assert ("svar" in made.document["schema"].get("required", ())) is is_required


@pytest.mark.parametrize(
    "described",
    [schema(name=TEXT), {"type": ["object", "array"], "properties": {"name": TEXT}}],
)
def test_an_object_is_left_as_it_is(described: Json) -> None:
    made = imported(described)

    assert (made.told, made.root, errors(made, draft=True)) == ((), "", [])


def test_references_lead_to_where_a_list_at_the_top_now_stands() -> None:
    node = schema(
        name=TEXT, below={"$ref": "#"}, kin={"$ref": "#/items/properties/name"}
    )

    made = imported({"type": "array", "items": node})

    answers = {"svar": [{"name": "A", "kin": "B", "below": [{"name": "C"}]}]}
    assert errors(made, draft=True) == []
    assert "/svar/0/below/0/name" in asked(made, answers)


def test_a_list_at_the_top_that_may_mean_several_things_is_refused() -> None:
    tree = {"$dynamicAnchor": "n", "type": "array", "items": {"$dynamicRef": "#n"}}
    inner = {"$id": "inner", "$dynamicAnchor": "n"}

    with pytest.raises(DefinitionRefused) as refused:
        imported({**tree, "$defs": {"inner": inner}})

    assert [(p.code, p.pointer) for p in refused.value.problems] == [("FB195", "/type")]


def test_an_rjsf_layout_of_a_list_at_the_top_follows_it() -> None:
    made = imported(
        {"type": "array", "items": schema(age={"type": "integer"})},
        {"ui:title": "Barn", "items": {"age": {"ui:title": "Ålder"}}},
    )

    assert section(made)["ui"] == {
        "/svar": {"label": "Barn"},
        "/svar/*/age": {"label": "Ålder"},
    }


def test_a_json_forms_layout_of_a_list_at_the_top_follows_it() -> None:
    many = {"scope": "#", "schema": {"minItems": 2}}
    text = {"type": "Label", "text": "Så många!"}
    made = imported(
        {"type": "array", "items": schema(age={"type": "integer"})},
        vertical(
            {"type": "Control", "scope": "#", "label": "Barn"},
            {**text, "rule": {"effect": "SHOW", "condition": many}},
        ),
    )

    rows = [{"age": 1}, {"age": 2}]
    assert (codes(made), section(made)["ui"]) == ([], {"/svar": {"label": "Barn"}})
    assert [
        "/information" in asked(made, {"svar": answers}) for answers in (rows[:1], rows)
    ] == [False, True]


@pytest.mark.parametrize(
    "described", [{}, {"type": "object"}, {"name": TEXT}, schema(name=False)]
)
def test_a_schema_that_asks_nothing_is_refused_with_advice(described: Json) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        imported(described)

    assert [(p.code, p.pointer) for p in refused.value.problems] == [("FB196", "")]


def test_what_is_no_schema_is_refused_where_its_author_wrote_it() -> None:
    broken = {"definitions": {"a": {"items": [{"type": "tect"}]}}}

    with pytest.raises(DefinitionRefused) as refused:
        imported({**broken, **schema(name=TEXT)})

    assert {p.pointer for p in refused.value.problems} == {
        "/definitions/a/items/0/type"
    }


def test_names_of_options_become_their_titles() -> None:
    made = imported(schema(size={"enum": ["s"], "enumNames": ["Liten"]}))

    assert made.document["schema"]["properties"]["size"]["oneOf"] == [
        {"const": "s", "title": "Liten"}
    ]


def test_what_only_a_reference_shows_is_a_schema_is_read_as_one() -> None:
    size = {"title": "<b>Storlek</b>", "enum": ["s"], "enumNames": ["Liten"]}
    described = schema(size={"$ref": "#/components/schemas/size"})

    made = imported({**described, "components": {"schemas": {"size": size}}})

    assert made.document["schema"]["$defs"]["size"] == {
        "title": "Storlek",
        "oneOf": [{"const": "s", "title": "Liten"}],
    }
    assert kinds(made) == {"/size": "one_choice"}


@pytest.mark.parametrize(
    ("described", "places"),
    [
        ({"additionalProperties": TEXT}, ["/properties/a/additionalProperties"]),
        ({"patternProperties": {"^x": TEXT}}, ["/properties/a/patternProperties"]),
        ({"additionalProperties": False}, []),
        ({"additionalProperties": {}}, []),
        ({"if": {"additionalProperties": TEXT}}, []),
    ],
)
def test_answers_whose_names_are_left_open_are_told(
    described: Json, places: list[str]
) -> None:
    told = imported(schema(a={**schema(b=TEXT), **described})).told

    assert [(p.code, p.pointer) for p in told] == [("FB198", at) for at in places]


def test_what_is_told_of_an_older_schema_has_its_place_there() -> None:
    either = {"dependencies": {"a": {"additionalProperties": TEXT}}}

    assert [one.pointer for one in imported({**schema(a=TEXT), **either}).told] == [
        "/dependencies/a/additionalProperties"
    ]


def test_required_as_a_flag_is_refused_with_where_the_name_belongs() -> None:
    with pytest.raises(DefinitionRefused) as refused:
        imported(schema(name={**TEXT, "required": True}))

    [problem] = refused.value.problems
    assert (problem.code, problem.pointer) == ("FB012", "/properties/name/required")
    assert '"required": ["name"] på objektet runt omkring' in problem.advice


# RJSF


def test_an_rjsf_file_is_asked_for_as_a_file() -> None:
    made = imported(schema(bild={"type": "string", "format": "data-url"}))

    [question] = compile_form(
        parse_definition(json.dumps(made.document), draft=True).definition
    ).questions.values()
    assert question.kind == "file"


def test_a_setting_without_an_equal_is_told_as_it_was_written() -> None:
    made = imported(schema(a=TEXT), {"a": {"ui:autofocus": True}})

    assert "”autofocus: true”" in made.notices[0].message


def test_an_rjsf_order_widget_and_title_are_followed() -> None:
    ui = {
        "ui:order": ["b", "*"],
        "a": {"ui:widget": "textarea", "ui:title": "Berätta", "ui:help": "Kort."},
    }
    made = imported(schema(a=TEXT, b=TEXT), ui)

    assert (pages(made)[0][1], section(made)["ui"]) == (
        ["/b", "/a"],
        {"/a": {"widget": "textarea", "label": "Berätta", "help": "Kort."}},
    )


def test_an_rjsf_setting_without_an_equal_is_listed() -> None:
    ui = {"a": {"ui:autofocus": True}, "gone": {"ui:widget": "textarea"}}

    assert codes(imported(schema(a=TEXT), ui)) == [
        ("FB190", "/a/ui:autofocus"),
        ("FB191", "/gone"),
    ]


@pytest.mark.parametrize(
    ("ui", "listed"),
    [
        ({"ui:widget": "textarea"}, ("FB190", "/ui:widget")),
        ({"ui:order": ["gone", "*"]}, ("FB191", "")),
        ({"rows": {"items": {"ui:order": ["b"]}}}, ("FB190", "/rows/items/ui:order")),
        ({"a": {"ui:enumNames": ["Ett"]}}, ("FB190", "/a")),
    ],
    ids=["root", "order", "rows", "names"],
)
def test_an_rjsf_setting_that_does_nothing_here_is_listed(
    ui: Json, listed: tuple[str, str]
) -> None:
    rows = {"type": "array", "items": schema(a=TEXT, b=TEXT)}

    assert codes(imported(schema(a=TEXT, rows=rows), ui)) == [listed]


def test_an_rjsf_setting_of_a_question_called_items_is_for_that() -> None:
    made = imported(schema(items=TEXT), {"items": {"ui:widget": "textarea"}})

    assert (codes(made), section(made)["ui"]) == (
        [],
        {"/items": {"widget": "textarea"}},
    )


def test_an_rjsf_setting_of_rows_is_for_every_row() -> None:
    rows = {"type": "array", "items": schema(why=TEXT)}
    ui = {"list": {"items": {"why": {"ui:widget": "textarea"}}}}

    assert section(imported(schema(list=rows), ui))["ui"] == {
        "/list/*/why": {"widget": "textarea"}
    }


# JSON Forms


def test_categories_become_pages() -> None:
    ui = {
        "type": "Categorization",
        "elements": [
            {"type": "Category", "label": "Du", "elements": [control("b")]},
            {"type": "Category", "label": "Ärendet", "elements": [control("a")]},
        ],
    }

    made = imported(schema(a=TEXT, b=TEXT, c=TEXT), ui)

    assert pages(made) == [("Du", ["/b"]), ("Ärendet", ["/a"]), ("C", ["/c"])]


@pytest.mark.parametrize(
    ("effect", "wanted", "answers", "is_asked"),
    [
        ("SHOW", {"const": True}, {"pet": True}, True),
        ("SHOW", {"const": True}, {"pet": False}, False),
        ("SHOW", {"const": True}, {}, False),
        ("SHOW", {"not": {"const": True}}, {}, True),
        ("HIDE", {"const": True}, {"pet": True}, False),
        ("HIDE", {"const": True}, {}, True),
        ("ENABLE", {"enum": [True]}, {}, False),
        ("DISABLE", {"const": False}, {"pet": False}, False),
    ],
)
def test_a_rule_becomes_a_condition(
    effect: str, wanted: Json, answers: Json, is_asked: bool
) -> None:
    ui = vertical(control("pet"), control("kind", rule=rule(effect, "pet", wanted)))

    made = imported(schema(pet=YES, kind=TEXT), ui)

    assert ("/kind" in asked(made, answers)) is is_asked


def test_a_rule_that_hides_what_is_required_is_listed_and_the_question_asked() -> None:
    ui = vertical(control("kind", rule=rule("SHOW", "pet", {"const": True})))
    described = {**schema(pet=YES, kind=TEXT), "required": ["kind"]}

    made = imported(described, ui)

    assert (codes(made), "/kind" in asked(made, {})) == (
        [("FB192", "/elements/0/rule")],
        True,
    )


def test_a_rule_with_no_conditions_is_listed() -> None:
    empty = {"effect": "SHOW", "condition": {"type": "AND", "conditions": []}}
    made = imported(schema(a=TEXT), vertical(control("a", rule=empty)))

    assert (codes(made), errors(made, draft=True)) == (
        [("FB190", "/elements/0/rule")],
        [],
    )


def test_a_disabled_question_is_listed_as_hidden_instead() -> None:
    ui = vertical(control("kind", rule=rule("ENABLE", "pet", {"const": True})))

    assert codes(imported(schema(pet=YES, kind=TEXT), ui)) == [
        ("FB193", "/elements/0/rule")
    ]


def test_a_rule_on_a_whole_group_hides_the_object() -> None:
    ui = vertical(
        control("pet"),
        {
            "type": "Group",
            "label": "Djuret",
            "elements": [control("animal/properties/name")],
            "rule": rule("SHOW", "pet", {"const": True}),
        },
    )
    animal = {**schema(name=TEXT), "required": ["name"]}

    made = imported(schema(pet=YES, animal=animal), ui)

    assert (codes(made), asked(made, {}), asked(made, {"pet": True})) == (
        [],
        ["/pet"],
        ["/pet", "/animal/name"],
    )


@pytest.mark.parametrize(
    ("element", "name"),
    [
        (control("a", i18n="person.first"), "i18n"),
        ({"type": "Label", "text": "Nu", "i18n": "now"}, "i18n"),
        ({"type": "VerticalLayout", "elements": [], "label": "Ruta"}, "label"),
        ({"type": "Group", "label": "Hem", "elements": [], "scope": "#"}, "scope"),
    ],
    ids=["control", "label", "layout", "group"],
)
def test_what_nothing_is_made_of_in_a_layout_is_listed(
    element: Json, name: str
) -> None:
    made = imported(schema(a=TEXT, b=TEXT), vertical(control("b"), element))

    assert codes(made) == [("FB190", f"/elements/1/{name}")]


def test_a_label_in_an_object_is_read() -> None:
    said = control("a", label={"text": "Förnamn", "show": True})

    assert section(imported(schema(a=TEXT), vertical(said)))["ui"] == {
        "/a": {"label": "Förnamn"}
    }


def test_a_label_leads_its_page_in() -> None:
    ui = vertical({"type": "Label", "text": "Läs först."}, control("a"))

    assert (
        section(imported(schema(a=TEXT), ui))["pages"][0]["description"] == "Läs först."
    )


def test_a_label_among_the_questions_is_told_there_and_follows_its_rule() -> None:
    kvitto = {
        "type": "Label",
        "text": "Spara kvittot.",
        "rule": rule("SHOW", "a", {"const": "ja"}),
    }
    long = {"type": "Label", "text": "Läs noga. " * 10}
    ui = vertical(control("a"), kvitto, long, control("information"))

    made = imported(schema(a=TEXT, information=TEXT), ui)

    assert (codes(made), pages(made)) == (
        [],
        [("Ansokan", ["/a", "/information_2", "/information_3", "/information"])],
    )
    assert [
        "/information_2" in asked(made, {"a": answer}) for answer in ("ja", "nej")
    ] == [True, False]
    told = made.document["schema"]["properties"]["information_3"]
    assert (told["title"], told["description"][:9]) == ("Information", "Läs noga.")
    assert errors(made, draft=True) == []


def test_a_question_shown_twice_is_asked_where_it_comes_first() -> None:
    home = {
        "type": "object",
        "properties": {"street": {"type": "string"}, "town": {"type": "string"}},
    }
    whole, street = control("home"), control("home/properties/street")
    first = imported(schema(home=home), vertical(whole, street))
    last = imported(schema(home=home), vertical(street, whole))

    assert [fields for _, fields in pages(first)] == [["/home"]]
    assert [fields for _, fields in pages(last)] == [["/home/street", "/home/town"]]
    assert codes(first) == [("FB190", "/elements/1")]
    assert errors(first, draft=True) == errors(last, draft=True) == []


def group(effect: str, wanted: Json, *elements: Any) -> dict[str, Any]:
    return {
        "type": "Group",
        "elements": list(elements),
        "rule": rule(effect, "pet", wanted),
    }


@pytest.mark.parametrize(
    ("second", "when_pet", "when_none"),
    [
        (group("HIDE", {"const": True}, control("kind"), control("b")), True, True),
        (group("SHOW", {"const": True}, control("kind")), True, False),
        (group("SHOW", {"const": False}, control("kind")), True, False),
        (control("kind"), True, True),
        (group("SHOW", {"const": 1}, group("HIDE", {}, control("kind"))), True, False),
    ],
)
def test_a_question_shown_twice_is_asked_where_either_place_shows_it(
    second: Any, when_pet: bool, when_none: bool
) -> None:
    first = group("SHOW", {"const": True}, control("kind"), control("a"))
    ui = vertical(control("pet"), first, second)

    made = imported(schema(pet=YES, kind=TEXT, a=TEXT, b=TEXT), ui)

    assert ("/kind" in asked(made, {"pet": True})) is when_pet
    assert ("/kind" in asked(made, {})) is when_none
    assert ("/a" in asked(made, {})) is False
    assert "FB192" not in [code for code, _ in codes(made)]


def test_rules_on_an_object_and_on_what_is_in_it_are_listed() -> None:
    home = schema(street=TEXT, town=TEXT)
    ui = vertical(
        control("pet"),
        control("home", rule=rule("SHOW", "pet", {"const": True})),
        group("HIDE", {"const": True}, control("home/properties/street")),
    )
    made = imported(schema(pet=YES, home=home), ui)

    assert [one for one in codes(made) if one[0] == "FB192"] == [
        ("FB192", "/elements/1/rule"),
        ("FB192", "/elements/2/rule"),
    ]
    assert asked(made, {}) == ["/pet", "/home/street", "/home/town"]


def test_a_control_of_nothing_is_listed() -> None:
    ui = vertical(control("a"), control("gone"), {"type": "Chart"})

    assert [code for code, _ in codes(imported(schema(a=TEXT), ui))] == [
        "FB190",
        "FB191",
    ]


def test_an_element_of_another_type_is_listed_and_its_question_keeps_its_place() -> (
    None
):
    star = {"type": "Stars", "scope": "#/properties/b", "label": "Betyg"}

    made = imported(schema(a=TEXT, b=TEXT), vertical(star, control("a")))

    assert (codes(made), pages(made)) == (
        [("FB190", "/elements/0")],
        [("Ansokan", ["/b", "/a"])],
    )
    assert section(made)["ui"]["/b"] == {"label": "Betyg"}


def test_an_element_that_asks_nothing_is_listed_once() -> None:
    send = {"type": "Button", "label": "Skicka", "rule": rule("ENABLE", "a", {})}

    made = imported(schema(a=TEXT), vertical(control("a"), send))

    assert codes(made) == [("FB190", "/elements/1")]


def test_a_layout_that_is_one_list_is_read() -> None:
    ui = {"type": "ListWithDetail", "scope": "#/properties/pets"}

    assert codes(imported(schema(pets={"type": "array", "items": TEXT}), ui)) == []


def test_a_layout_of_no_known_dialect_is_said_to_be_left_out() -> None:
    assert codes(imported(schema(a=TEXT), ["a"])) == [("FB194", "")]


# Patterns


LOOKING = [
    (r"^(?!0000)[0-9]{4}$", ["0000", "1000", "100", "00000"]),
    (r"^(?!\s*$).+", ["", " ", "a", " a "]),
    (r"^(?=.*[A-Z])(?=.*[0-9]).{3,}$", ["Ab1", "ab1", "AB", "A1b", "1234"]),
    (r"^((?!http|www\.).)*$", ["", "a", "see http", "www", "www."]),
    (r"^AB-(?!0{2,3}$)[0-9]{2,3}$", ["AB-00", "AB-000", "AB-001", "AB-1", "B-01"]),
    (
        r"^(?!000)[0-8]\d{2}-(?!00)\d{2}-(?!0000)\d{4}$",
        ["123-45-6789", "000-45-6789", "123-00-6789", "123-45-0000", "923-45-6789"],
    ),
    (r"^((csv|tsv|xml)?,?)*(?<!,)$", ["", "csv", "csv,", "csv,tsv", "csv,,xml", ","]),
    (r"^(?!-)[a-z-]{1,5}(?<!-)$", ["a", "-a", "a-", "a-b", "-", "abcdef"]),
    (r"[0-9]+(?<=[05])$", ["5", "15", "51", "a10", ""]),
]
FORKING = [r"^(?!a|b)c|d$", r"^a+(?!b)[bc]$", r"^(?!a)?b$", r"^a(b(?<!c))$", r"x(?=y)"]


@pytest.mark.parametrize(("pattern", "texts"), LOOKING)
def test_a_pattern_that_looks_around_means_the_same_taken_apart(
    pattern: str, texts: list[str]
) -> None:
    wanted = [bool(re.search(pattern, text)) for text in texts]

    validator = jsonschema_rs.validator_for(
        linear({"pattern": pattern}), pattern_options=jsonschema_rs.RegexOptions()
    )

    assert ([validator.is_valid(text) for text in texts], validator.is_valid(1)) == (
        wanted,
        True,
    )


@pytest.mark.parametrize("pattern", FORKING)
def test_a_look_that_may_stand_in_several_places_is_left_for_check_to_refuse(
    pattern: str,
) -> None:
    assert linear({"pattern": pattern}) == {"pattern": pattern}


def test_a_question_named_from_two_groups_stands_on_one_page() -> None:
    ui = vertical(
        {"type": "Group", "label": "Alla", "elements": [control("home")]},
        {"type": "Group", "label": "En", "elements": [control("home/properties/city")]},
    )

    made = imported(schema(home=schema(city=TEXT, code=TEXT)), ui)

    assert (pages(made), errors(made, draft=True)) == ([("Alla", ["/home"])], [])


def test_a_schema_that_leads_to_endless_questions_is_refused_in_time() -> None:
    pairs = {
        f"d{i}": {
            "type": "object",
            "properties": {
                "left": {"$ref": f"#/$defs/d{i + 1}"},
                "right": {"$ref": f"#/$defs/d{i + 1}"},
            },
        }
        for i in range(40)
    }
    last = {"d40": {"type": "string"}}

    with pytest.raises(DefinitionRefused) as refusal:
        import_schema({"$ref": "#/$defs/d0", "$defs": pairs | last}, name="par")

    assert [problem.code for problem in refusal.value.problems] == ["FB176"]


FILE = {"type": "string", "contentMediaType": "application/pdf"}


def rows(*required: str, **properties: Any) -> dict[str, Any]:
    row = {**schema(**properties), "required": list(required)}
    return {"type": "array", "items": row}


MANY_TIMES = {"allOf": [{"$ref": "#/$defs/it"}] * 10}


@pytest.mark.parametrize(
    "described",
    [
        {**schema(a=TEXT), **MANY_TIMES, "$defs": {"it": MANY_TIMES}},
        {
            **schema(a=TEXT),
            "if": {"$ref": "#/$defs/it"},
            "then": schema(b=TEXT),
            "$defs": {"it": {**MANY_TIMES, **schema(a={"const": "x"})}},
        },
    ],
    ids=["schema", "condition"],
)
def test_what_includes_itself_many_times_is_read_in_time(described: Json) -> None:
    assert errors(imported(described), draft=True) == []


def test_a_file_in_a_row_is_asked_for() -> None:
    made = imported(schema(men=rows("name", "card", name=TEXT, card=FILE), cv=FILE))

    assert asked(made, {"men": [{}]}) == [
        "/men",
        "/men/0/name",
        "/men/0/card",
        "/cv",
    ]
    assert (codes(made), set(errors(made, draft=True))) == ([], set())


def test_a_file_in_a_row_that_the_ui_schema_makes_one_is_asked_for() -> None:
    ui = {"men": {"items": {"card": {"ui:widget": "file"}}}}
    made = imported(schema(men=rows(name=TEXT, card=TEXT)), ui)

    assert kinds(made)["/men/*/card"] == "file"


def test_a_file_in_a_tuple_is_asked_for() -> None:
    pair = {"type": "array", "prefixItems": [TEXT, FILE], "items": False}
    made = imported(schema(pair=pair))

    assert asked(made, {"pair": []}) == ["/pair", "/pair/0", "/pair/1"]
    assert errors(made, draft=True) == []
