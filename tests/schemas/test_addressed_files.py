"""A column brings the files of its own question, and no other's."""

from typing import Any

from forms import form, receiver

from schemas.addressed_files import addressed_files
from schemas.compiling import CompiledForm
from schemas.definition import ViewField

FILE = {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf"}
ONE, TWO = (f"sha256:{digit * 64}" for digit in "12")
TEXT = {"title": "Ord", "type": "string"}


def rows(**asked: object) -> Any:
    row = {"type": "object", "properties": asked}
    return {"title": "Rader", "type": "array", "items": row}


SCHEMA = {
    "type": "object",
    "properties": {
        "0": FILE,
        "1": FILE,
        "all": {"title": "Allt", "type": "array", "items": FILE},
        "home": {"type": "object", "properties": {"f": FILE}},
        "rows": rows(f=FILE, said=TEXT, more=rows(f=FILE)),
        "pair": {
            "title": "Par",
            "type": "array",
            "prefixItems": [TEXT, FILE],
            "items": rows(f=FILE)["items"],
        },
    },
}
MADE = form(SCHEMA)
EACH = form(SCHEMA, for_="each_guardian")


def found(
    pointer: str, value: object, made: CompiledForm = MADE
) -> list[tuple[str, str]]:
    view = receiver(ViewField(name="x", pointer=pointer))
    files = addressed_files(made, view, [("x", "", value)])
    return [(one.pointer, one.reference) for one in files]


def test_a_question_with_a_number_for_a_name_is_itself_and_no_row() -> None:
    assert found("/s/0", ONE) == [("/s/0", ONE)]


def test_each_guardians_files_are_found_in_turn() -> None:
    told = [("/s/all", ONE), ("/s/all", TWO)]

    assert found("/s/all", [ONE, TWO]) == told
    assert found("/s/all", [[ONE], None, [TWO]], EACH) == told


def test_an_object_brings_the_files_in_it() -> None:
    assert found("/s/home", [{"f": ONE}, None], EACH) == [("/s/home/f", ONE)]
    assert found("/s/home", {"f": ONE}) == [("/s/home/f", ONE)]


def test_a_file_comes_with_each_row_that_names_it() -> None:
    told = [("/s/rows/*/f", ONE), ("/s/rows/*/f", TWO)]

    assert found("/s/rows/*/f", [ONE, None, TWO]) == told
    assert found("/s/rows", [{"f": ONE}, {}, {"f": TWO, "said": ONE}]) == told
    assert found("/s", {"rows": [{"f": ONE}, {"f": TWO}]}) == told


def test_what_is_written_in_a_row_brings_no_file() -> None:
    assert found("/s/rows/*/said", [ONE]) == []


def test_a_file_in_a_row_of_a_row_or_of_a_tuple_is_found() -> None:
    assert found("/s/rows/*/more", [[{"f": ONE}], [{"f": TWO}]]) == [
        ("/s/rows/*/more/*/f", ONE),
        ("/s/rows/*/more/*/f", TWO),
    ]
    assert found("/s/pair", [TWO, ONE]) == [("/s/pair/1", ONE)]
    assert found("/s/pair", [ONE, ONE, {"f": TWO}]) == [
        ("/s/pair/1", ONE),
        ("/s/pair/*/f", TWO),
    ]
    assert found("/s/pair", [[TWO, ONE], None], EACH) == [("/s/pair/1", ONE)]
    assert found("/s/rows", [[{"f": ONE}], None], EACH) == [("/s/rows/*/f", ONE)]


def test_a_column_that_tells_less_than_the_answer_brings_no_file() -> None:
    view = receiver(ViewField(name="x", pointer="/s/0", shape="present"))

    assert addressed_files(MADE, view, [("x", "", ONE)]) == ()
