"""Definition texts that become forms, and what is said of those that do not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from schemas.definition import (
    Page,
    Prefill,
    Retention,
    SigningPolicy,
    ViewField,
)
from schemas.errors import DefinitionRefused, Problem
from schemas.parsing import Parsed, definition_from, parse_definition
from schemas.section_files import OutsideFolder, folder_reader

Form = dict[str, Any]
Parse = Callable[..., Parsed]


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in problems]


def test_a_definition_keeps_what_its_author_wrote(trial: Form, parsed: Parse) -> None:
    form = parsed(trial).definition

    assert form is not None
    diet = form.section("diet")
    assert diet.sign == SigningPolicy(first="all", change="all")
    assert diet.archive is not None
    assert diet.archive.retention == Retention(
        keep="P1Y", from_="arrival", decision="BUN 1"
    )
    assert diet.receivers[0].id == "diet.kitchen"
    assert diet.receivers[0].channels == ("inbox", "folder")
    assert form.prefill == {"/facts/offered": Prefill(from_="settings:offered")}
    assert form.scenarios[0].at == "2027-04-01"


def test_a_section_without_pages_is_shown_on_one(trial: Form, parsed: Parse) -> None:
    form = parsed(trial).definition

    assert form is not None
    assert form.section("photo").pages == (
        Page(id="photo", title="Bild", fields=("/photo",)),
    )


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("/a/*/b", ViewField(name="a.b", pointer="/a/*/b")),
        ({"/a": {"as": "days"}}, ViewField(name="a", pointer="/a", shape="days")),
        (
            {"/a": {"as": "count", "name": "n", "title": "Antal"}},
            ViewField(name="n", title="Antal", pointer="/a", shape="count"),
        ),
        ({"name": "x", "is": {"a": 1}}, ViewField(name="x", is_={"a": 1})),
        (
            {"name": "x", "classify": [{"code": "A", "when": True}]},
            ViewField(name="x", classify=(("A", True),)),
        ),
        (
            {"live": "placement:class", "title": "Klass"},
            ViewField(name="class", title="Klass", live="placement:class"),
        ),
    ],
)
def test_every_kind_of_column_is_read(
    trial: Form, parsed: Parse, written: Any, column: ViewField
) -> None:
    trial["sections"][1]["receivers"][0]["fields"] = [written]

    form = parsed(trial).definition

    assert form is not None
    assert form.section("photo").receivers[0].fields == (column,)


def test_a_consent_may_say_until_when(trial: Form, parsed: Parse) -> None:
    until = {"purpose": "publish.web", "until": "school_year_end"}
    trial["sections"][1]["consents"] = {"/photo/web": until}

    form = parsed(trial).definition

    assert form is not None
    assert form.section("photo").consents == {"/photo/web": "publish.web"}
    assert form.section("photo").consents_until == {"/photo/web": "school_year_end"}


def test_the_same_content_is_the_same_version(trial: Form) -> None:
    one = definition_from(json.dumps(trial))
    other = definition_from(json.dumps(trial, indent=3, sort_keys=True))
    trial["title"] = "Annat"

    assert one.version == other.version != definition_from(json.dumps(trial)).version


def test_a_section_file_is_read_into_its_place(trial: Form) -> None:
    [diet, photo] = trial["sections"]
    trial["sections"] = [{"$ref": "sections/diet.json"}, photo]
    files = {"sections/diet.json": json.dumps(diet)}
    whole = dict(trial, sections=[diet, photo])

    form = definition_from(json.dumps(trial), read=files.__getitem__)

    assert form.section("diet").file == "sections/diet.json"
    assert form.version == definition_from(json.dumps(whole)).version


def test_a_problem_in_a_section_file_is_placed_in_that_file(trial: Form) -> None:
    [diet, photo] = trial["sections"]
    diet["sgin"] = "all"
    trial["sections"] = [photo, {"$ref": "sections/diet.json"}]
    written = json.dumps(diet, indent=1)

    parsed = parse_definition(
        json.dumps(trial), file="forms/trial.json", read=lambda _: written
    )

    [problem] = parsed.problems
    line = written.splitlines()[problem.line - 1]
    assert (problem.file, problem.pointer) == ("forms/sections/diet.json", "/sgin")
    assert line == ' "sgin": "all"'


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("https://example.se/diet.json", "FB008"),
        ("//example.se/diet.json", "FB008"),
        ("../diet.json", "FB007"),
        ("/etc/passwd", "FB007"),
        ("sections/../../diet.json", "FB007"),
        ("sections\\diet.json", "FB007"),
        ("sections/gone.json", "FB006"),
    ],
)
def test_a_section_is_only_read_from_beside_the_definition(
    trial: Form, parsed: Parse, reference: str, code: str, tmp_path: Any
) -> None:
    trial["sections"].append({"$ref": reference})

    found = parsed(trial, read=folder_reader(tmp_path))

    assert codes(found.problems) == [(code, "/sections/2/$ref")]
    assert found.definition is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Any) -> None:
    (tmp_path / "outside.json").write_text("{}")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "section.json").symlink_to(tmp_path / "outside.json")

    with pytest.raises(OutsideFolder):
        folder_reader(inside)("section.json")


def test_a_section_alone_is_told_to_be_no_whole_form(trial: Form) -> None:
    found = parse_definition(json.dumps(trial["sections"][0]))

    [problem] = found.problems
    assert (problem.code, problem.pointer) == ("FB010", "")
    assert "avsnitt, inte ett helt formulär" in problem.message
    assert "$ref" in problem.advice


def test_a_broken_section_file_does_not_hide_the_rest(
    trial: Form, parsed: Parse
) -> None:
    trial["sections"].append({"$ref": "sections/more.json"})
    trial["titel"] = "Prov"

    found = parsed(trial, read=lambda _: '{"id": }')

    assert codes(found.problems) == [("FB001", "/id"), ("FB011", "/titel")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": None}, ("FB012", "/title")),
        ({"id": "Skol start"}, ("FB014", "/id")),
        ({"id": "skolstart\n"}, ("FB014", "/id")),
        ({"sections": []}, ("FB015", "/sections")),
        ({"identity": {"assurance": "hgh"}}, ("FB013", "/identity/assurance")),
        ({"recievers": []}, ("FB011", "/recievers")),
        ({"drafts": {"keep": "30 days"}}, ("FB014", "/drafts/keep")),
        ({"ui": {"diet": {}}}, ("FB014", "/ui/diet")),
        ({"schema": {"required": "need"}}, ("FB012", "/schema/required")),
        ({"schema": {"type": "objekt"}}, ("FB014", "/schema/type")),
        ({"$schema": "urn:formbuilder:form-definition:2"}, ("FB013", "/$schema")),
    ],
)
def test_what_departs_from_the_published_schema_is_named(
    trial: Form, parsed: Parse, change: Form, expected: tuple[str, str]
) -> None:
    found = parsed(trial | change)

    assert expected in codes(found.problems)
    assert found.definition is None


def test_every_departure_is_reported_at_once(trial: Form, parsed: Parse) -> None:
    del trial["title"]
    trial["sections"][0]["receivers"][0]["departmnt"] = "kitchen"
    trial["sections"][1]["sign"] = "everybody"

    assert codes(parsed(trial).problems) == [
        ("FB010", ""),
        ("FB011", "/sections/0/receivers/0/departmnt"),
        ("FB013", "/sections/1/sign"),
    ]


def test_a_misspelt_key_is_answered_with_the_right_one(
    trial: Form, parsed: Parse
) -> None:
    trial["recievers"] = []

    [problem] = parsed(trial).problems

    assert problem.advice == "Menade du ”receivers”?"


def test_a_text_that_is_not_json_is_refused_with_its_place() -> None:
    found = parse_definition('{\n "id": "a"\n "title": "A"\n}', file="form.json")

    [problem] = found.problems
    assert (problem.code, problem.file, problem.line, problem.column) == (
        "FB001",
        "form.json",
        3,
        2,
    )


@pytest.mark.parametrize("text", ["[]", "null", '"form"', "3"])
def test_a_text_that_is_no_object_is_refused(text: str) -> None:
    assert codes(parse_definition(text).problems) == [("FB012", "")]


def test_whoever_needs_a_definition_gets_every_reason(trial: Form) -> None:
    del trial["title"]
    trial["idd"] = 1

    with pytest.raises(DefinitionRefused) as refusal:
        definition_from(json.dumps(trial))

    assert len(refusal.value.problems) == 2
