import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from renderers.documents.pdf import PdfDocument
from renderers.printing.coverage import is_drawn, printable
from renderers.printing.engine import engine
from renderers.printing.markup import markup
from renderers.summary import answered
from schemas.compiling import CompiledForm, compile_form
from schemas.directory import parse_directory
from schemas.errors import PermanentError
from schemas.parsing import parse_definition
from tests.documented import HOSTILE, hostile_source, source
from tests.verapdf import validate

pytestmark = pytest.mark.verapdf

ARABIC = source(
    language="ar",
    title="إيصال: بدء المدرسة",
    introduction="\N{FIRST STRONG ISOLATE}031-390 06 00\N{POP DIRECTIONAL ISOLATE} نص",
    declaration="المعلومات صحيحة حسب علمي.",
    rows=tuple(
        replace(row, label="أي طعام لا يتحمله الطفل؟", value="الحليب", section="الطعام")
        for row in source().rows
    ),
)


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize(
    "given_source",
    [
        source(),
        source(language="en", is_test=True),
        hostile_source(),
        source(rows=(), signers=(), attachments=(), provenance=(), title=""),
        source(beside=ARABIC),
    ],
    ids=["ordinary", "test", "hostile", "empty", "arabic"],
)
def test_the_document_is_valid(given_source: object, flavour: str) -> None:
    document = PdfDocument().render(given_source)  # type: ignore[arg-type]  # pytest passes objects

    verdict = validate(document.content, flavour)

    assert verdict.broken == {}
    assert verdict.is_compliant


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec="utf-8"), min_size=30, max_size=200))
def test_whatever_is_pasted_the_document_is_valid(text: str) -> None:
    row = source().rows[0]
    pasted = type(row)(label=text, value=text, section=text)

    document = PdfDocument().render(source(title=text, rows=(pasted,)))

    assert validate(document.content, "3a").broken == {}


@pytest.mark.parametrize(
    ("variant", "why"), [("pdf/a-3a", "ua1"), (None, "3a"), ("pdf/a-2u", "3a")]
)
def test_the_validator_refuses_a_file_that_does_not_conform(
    variant: str | None, why: str
) -> None:
    page = engine().weasyprint.HTML(string="<html lang=sv><title>t</title><p>x</p>")

    verdict = validate(page.write_pdf(pdf_variant=variant), why)

    assert not verdict.is_compliant


def test_a_character_without_a_glyph_is_caught_by_the_validator() -> None:
    page = engine().weasyprint.HTML(
        string="<html lang=sv><title>t</title><h1>\U0001f469</h1>"
    )

    assert not validate(page.write_pdf(pdf_variant="pdf/a-3a"), "3a").is_compliant


def test_the_attached_files_come_out_as_they_went_in() -> None:
    document = PdfDocument().render(source())

    with pikepdf.open(io.BytesIO(document.content)) as pdf:
        found = {n: s.get_file().read_bytes() for n, s in pdf.attachments.items()}

    assert {file.name: file.content for file in source().attachments} == found


def test_the_reader_s_language_stands_beside_the_swedish() -> None:
    tree = html.fromstring(markup(source(beside=ARABIC, introduction="Svenska")))
    beside = tree.xpath("//*[@lang='ar']")

    assert tree.get("lang") == "sv"
    assert tree.xpath("string(//h1)").startswith(source().title)
    assert {"الحليب", "031-390 06 00 نص"} <= {one.text_content() for one in beside}
    assert {"rtl"} == {
        line.get("dir") for one in beside for line in (one.xpath("p") or [one])
    }


def test_a_signer_s_language_is_told_where_it_is_another() -> None:
    signed = source().signers[0]
    signers = tuple(replace(signed, language=code) for code in ("sv", "ar", ""))
    words = html.fromstring(markup(source(signers=signers))).text_content()

    assert words.count("Läste frågorna på") == words.count("arabiska") == 1


def spoken(content: bytes) -> list[tuple[str, str, str]]:
    """Return (element, the one around it, language) where a part says its language."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            (str(one.S), str(one.P.S), str(one.Lang))
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/Type") == "/StructElem"
            and "/Lang" in one
        ]


def test_every_part_in_another_language_says_which() -> None:
    found = spoken(PdfDocument().render(source(beside=ARABIC)).content)
    page = html.fromstring(markup(source(beside=ARABIC)))

    assert len(found) >= len(page.xpath("//*[@lang='ar']")) > 0
    assert {language for _, _, language in found} == {"ar"}
    assert {element for element, around, _ in found if around == "/H1"} == {"/Span"}
    assert {element for element, around, _ in found if around == "/TH"} == {"/Div"}


def test_a_document_in_one_language_says_it_once() -> None:
    content = PdfDocument().render(source()).content

    assert spoken(content) == []
    assert b"/Art" not in content


def test_a_document_carries_its_title_and_language() -> None:
    with pikepdf.open(io.BytesIO(PdfDocument().render(source()).content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Specialkost och allergi"
        assert str(pdf.Root["/Lang"]) == "sv"


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/x", "https://example.se/x", "data:,x"],
)
def test_nothing_outside_the_package_is_fetched(address: str) -> None:
    weasyprint = engine().weasyprint

    with pytest.raises(weasyprint.urls.FatalURLFetchingError):
        engine().fetcher.fetch(address)


@pytest.mark.parametrize("name", ["../document.py", "engine.py/../x", "nothing.ttf"])
def test_only_known_assets_are_served(name: str) -> None:
    with pytest.raises(PermanentError):
        engine().fetcher.fetch(f"packaged:{name}")


@given(st.text())
def test_every_printable_character_has_a_glyph(text: str) -> None:
    assert all(map(is_drawn, printable(text)))


def test_what_our_fonts_lack_is_written_out_and_not_lost() -> None:
    assert printable("\U0001f469中\u202e") == "[U+1F469][U+4E2D][U+202E]"


@pytest.mark.parametrize("text", HOSTILE)
def test_printing_text_twice_changes_nothing_more(text: str) -> None:
    assert printable(text) == printable(printable(text))


def test_an_answer_longer_than_a_page_is_whole_in_a_valid_document() -> None:
    row = replace(source().rows[0], value="Ett långt svar. " * 1500)

    document = PdfDocument().render(source(rows=(row,)))

    assert validate(document.content, "ua1").broken == {}
    with pikepdf.open(io.BytesIO(document.content)) as pdf:
        assert len(pdf.pages) > 3


def test_threads_that_print_at_once_get_what_one_alone_gets() -> None:
    alone = PdfDocument().render(hostile_source())

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(PdfDocument().render, [hostile_source()] * 4))

    assert found == {alone}


def test_a_missing_system_library_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('libpango')")
    program = (
        "from renderers.printing.engine import engine\n"
        "from schemas.errors import OperatorError\n"
        "try:\n    engine()\nexcept OperatorError as error:\n    print(error)"
    )

    said = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        env={"PYTHONPATH": f"{tmp_path}:."},
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert "libpango-1.0-0" in said
    assert "apt-get install" in said


def test_the_school_start_with_hostile_answers_is_a_valid_document(
    school_start: CompiledForm,
) -> None:
    answers = school_start.definition.scenarios[0].answers
    rows = answered(school_start, _hostile(answers))

    document = PdfDocument().render(source(rows=rows))

    assert validate(document.content, "3a").broken == {}
    assert validate(document.content, "ua1").broken == {}


@pytest.fixture(scope="module")
def school_start() -> CompiledForm:
    folder = Path("examples")
    parsed = parse_definition(
        (folder / "skolstart.json").read_text("utf-8"),
        read=lambda name: (folder / name).read_text("utf-8"),
    )
    assert parsed.definition is not None, parsed.problems
    directory = parse_directory((folder / "directory.toml").read_text("utf-8"))
    return compile_form(parsed.definition, directory.code_lists)


def _hostile(answers: Any) -> Any:
    """Put hostile text after every text somebody typed."""
    if isinstance(answers, dict):
        return {name: _hostile(value) for name, value in answers.items()}
    if isinstance(answers, list):
        return [_hostile(value) for value in answers]
    return f"{answers} {' '.join(HOSTILE)}" if isinstance(answers, str) else answers


def test_the_fonts_stay_small_and_carry_their_licences() -> None:
    folder = Path("renderers/fonts")

    assert sum(file.stat().st_size for file in folder.iterdir()) < 4 * 1024 * 1024
    assert {"OFL.txt", "DejaVu.txt"} <= {file.name for file in folder.iterdir()}
