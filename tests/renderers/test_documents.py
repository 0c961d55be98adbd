"""What every kind of document keeps, and what each kind keeps on its own."""

import csv
import io
import json
import subprocess
import sys

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.document import Document, DocumentInput
from renderers.documents import BUILT_IN, document
from renderers.documents.csv import FORMULA_STARTS, CsvDocument
from renderers.documents.json import JsonDocument
from renderers.documents.text import TextDocument
from renderers.documents.xlsx import XlsxDocument
from schemas.representation import Representation
from tests.documented import cells, hostile_source, source

every_document = pytest.mark.parametrize(
    "kind", [part() for part in BUILT_IN], ids=lambda part: part.key
)
values = st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text()


@every_document
@pytest.mark.parametrize("given_source", [source(), hostile_source()])
def test_the_same_input_gives_the_same_bytes(
    kind: Document, given_source: DocumentInput
) -> None:
    assert kind.render(given_source) == kind.render(given_source)


@every_document
def test_the_file_is_named_after_the_document(kind: Document) -> None:
    assert kind.render(source()).name.startswith("bun-2027-17.")


@every_document
def test_a_document_without_any_content_is_still_a_file(kind: Document) -> None:
    empty = source(rows=(), signers=(), attachments=(), provenance=(), title="")

    assert kind.render(empty).content


@every_document
def test_a_kind_is_found_by_its_key(kind: Document) -> None:
    assert document(kind.key).key == kind.key


@every_document
def test_another_process_gives_the_same_bytes(kind: Document) -> None:
    program = (
        "import hashlib, tests.documented as d, renderers.documents as r;"
        f"c = r.document({kind.key!r}).render(d.hostile_source()).content;"
        "print(hashlib.sha256(c).hexdigest())"
    )

    seen = {
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(seen) == 1


@given(st.lists(st.lists(values, min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_cell_of_a_csv_can_be_taken_for_a_formula(rows: list[list[object]]) -> None:
    table = source(records=tuple(cells(*row) for row in rows))

    read = _read_csv(CsvDocument().render(table))

    assert [c for row in read for c in row if c.startswith(FORMULA_STARTS)] == []


@given(st.lists(st.lists(values, min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_cell_of_a_spreadsheet_is_a_formula(rows: list[list[object]]) -> None:
    table = source(records=tuple(cells(*row) for row in rows))

    sheet = openpyxl.load_workbook(_stream(XlsxDocument().render(table))).worksheets[0]

    assert {"f"}.isdisjoint({c.data_type for row in sheet.iter_rows() for c in row})


def test_a_text_that_looks_like_a_formula_stays_a_text_in_a_spreadsheet() -> None:
    table = source(records=(cells("=1+1", 2, "http://example.se", "0701740605"),))

    sheet = openpyxl.load_workbook(_stream(XlsxDocument().render(table))).worksheets[0]

    assert [c.value for c in sheet[2]] == ["=1+1", 2, "http://example.se", "0701740605"]
    assert [c.data_type for c in sheet[2]] == ["s", "n", "s", "s"]


def test_csv_keeps_line_breaks_and_quotes_within_a_cell() -> None:
    table = source(records=(cells('två\r\nrader "och" citat; komma, slut'),))

    assert (
        _read_csv(CsvDocument().render(table))[1][0]
        == 'två\nrader "och" citat; komma, slut'
    )


def test_csv_opens_in_excel_with_swedish_letters() -> None:
    assert CsvDocument().render(source()).content.startswith(b"\xef\xbb\xbf")


def test_records_with_different_columns_line_up_by_name() -> None:
    first, second = cells("a", "b", "c"), cells("a", "b")[1:]

    read = _read_csv(CsvDocument().render(source(records=(first, second))))

    assert read[1:] == [["a", "b", "c"], ["", "b", ""]]


def test_lists_and_booleans_read_as_words() -> None:
    table = source(records=(cells(["nötter", "mjölk"], True, None),))

    assert _read_csv(CsvDocument().render(table))[1] == ["nötter; mjölk", "Ja", ""]


def test_each_row_of_rows_keeps_its_own_together() -> None:
    table = source(records=(cells([["nötter", "mjölk"], [], ["ägg", None]]),))

    assert _read_csv(CsvDocument().render(table))[1] == ["(nötter; mjölk); (); (ägg; )"]


@pytest.mark.parametrize("kind", [CsvDocument(), TextDocument()])
def test_a_hidden_override_is_written_out(kind: Document) -> None:
    shown = kind.render(source(records=(cells("fil\u202egpj.exe"),))).content.decode()

    assert "fil[U+202E]gpj.exe" in shown


def test_json_keeps_the_values_as_they_are() -> None:
    written = JsonDocument().render(source(records=(cells("=1\u202e", True, 3),)))

    assert json.loads(written.content)["records"][0] == {
        "c0": "=1\u202e",
        "c1": True,
        "c2": 3,
    }


def test_text_says_when_it_comes_from_a_test_environment() -> None:
    assert b"TESTMILJ" in TextDocument().render(source(is_test=True)).content


def _read_csv(file: Representation) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


def _stream(file: Representation) -> io.BytesIO:
    return io.BytesIO(file.content)
