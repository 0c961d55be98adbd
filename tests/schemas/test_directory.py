"""A municipality's directory, and code lists with days."""

from datetime import date

import pytest

from schemas.codes import Code, CodeList
from schemas.directory import SCHOOL_UNITS, Directory, parse_directory
from schemas.errors import DefinitionRefused
from schemas.toml_places import line_of

FOODS = "urn:formbuilder:codes:foods"


def refusal(text: str) -> list[tuple[str, str, int]]:
    with pytest.raises(DefinitionRefused) as refused:
        parse_directory(text, "directory.toml")
    return [(p.code, p.pointer, p.line) for p in refused.value.problems]


def test_a_directory_knows_who_belongs_where(directory: Directory) -> None:
    [kitchen] = directory.departments_of("197601252385")

    assert (kitchen.key, kitchen.controller, kitchen.sealed) == ("kitchen", "ks", False)
    assert directory.departments_of("190001019802") == ()


def test_schools_become_a_code_list(directory: Directory) -> None:
    assert directory.code_lists[SCHOOL_UNITS].as_schema() == {
        "oneOf": [{"const": "ekbacken", "title": "Ekbackens skola"}]
    }


def test_days_are_settings_like_any_other(directory: Directory) -> None:
    assert directory.settings["year_start"] == "2027-08-17"


def test_a_diary_number_fills_its_series_in(directory: Directory) -> None:
    assert directory.diary_series["bun"].number(2027, 12) == "BUN 2027/12"


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (None, ["egg", "milk"]),
        (date(2019, 12, 31), ["milk"]),
        (date(2020, 1, 1), ["egg", "milk"]),
        (date(2027, 6, 30), ["egg", "milk"]),
        (date(2027, 7, 1), ["egg"]),
    ],
)
def test_a_code_is_offered_from_its_first_day_to_its_last(
    directory: Directory, day: date | None, offered: list[str]
) -> None:
    found = directory.code_lists[FOODS].valid(day)

    assert [code.code for code in found] == offered


def test_an_empty_list_lets_nothing_through() -> None:
    closed = Code(code="a", title="A", valid_to=date(2020, 1, 1))

    schema = CodeList(urn=FOODS, entries=(closed,)).as_schema(date(2027, 1, 1))

    assert schema == {"not": {}}


def test_a_title_falls_back_to_swedish(directory: Directory) -> None:
    assert directory.code_lists[FOODS].titles("en") == {"egg": "Ägg", "milk": "Milk"}


def test_text_that_is_not_toml_is_refused_with_its_line() -> None:
    assert refusal('[municipality]\nkey = "a\n') == [("FB030", "", 2)]


def test_every_unknown_key_is_refused_at_its_line(directory_text: str) -> None:
    broken = directory_text.replace("organisation", "").replace(
        'title = "Köket"', 'titel = "Köket"'
    )
    line = broken.splitlines().index('titel = "Köket"') + 1

    assert ("FB011", "/departments/kitchen/titel", line) in refusal(broken)


def test_a_department_needs_a_controller_that_exists(directory_text: str) -> None:
    broken = directory_text.replace('controller = "ks"', 'controller = "kss"')
    line = broken.splitlines().index('controller = "kss"') + 1

    assert refusal(broken) == [("FB031", "/departments/kitchen/controller", line)]


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/a/b", 1),
        ("/a/b/c", 2),
        ("/a/b/c/d", 2),
        ("/units/1/name", 6),
        ("/x.y", 7),
        ("/gone", 1),
    ],
)
def test_a_pointer_finds_its_line(pointer: str, line: int) -> None:
    text = (
        "[a.b]\nc = {d = 1}\n[[units]]\nname = 1\n[[units]]\nname = 2\n['x.y']\nz = 1\n"
    )

    assert line_of(text, pointer) == line
