"""A column brings the files of its own question, and no other's."""

from forms import form, receiver

from schemas.addressed_files import addressed_files
from schemas.definition import ViewField

FILE = {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf"}
ONE, TWO = (f"sha256:{digit * 64}" for digit in "12")
MADE = form(
    {
        "type": "object",
        "properties": {
            "0": FILE,
            "1": FILE,
            "all": {"title": "Allt", "type": "array", "items": FILE},
            "home": {"type": "object", "properties": {"f": FILE}},
        },
    }
)


def found(pointer: str, value: object) -> list[tuple[str, str]]:
    view = receiver(ViewField(name="x", pointer=pointer))
    files = addressed_files(MADE, view, [("x", "", value)])
    return [(one.pointer, one.reference) for one in files]


def test_a_question_with_a_number_for_a_name_is_itself_and_no_row() -> None:
    assert found("/s/0", ONE) == [("/s/0", ONE)]


def test_each_guardians_files_are_found_in_turn() -> None:
    told = [("/s/all", ONE), ("/s/all", TWO)]

    assert found("/s/all", [ONE, TWO]) == told
    assert found("/s/all", [[ONE], None, [TWO]]) == told


def test_an_object_brings_the_files_in_it() -> None:
    assert found("/s/home", [{"f": ONE}, None]) == [("/s/home/f", ONE)]
