"""`privacy` on the command line: what a data protection officer is handed."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from formbuilder.cli import commands

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHOOL_START = EXAMPLES / "skolstart.json"
FAULT = EXAMPLES / "felanmalan.json"


def run(*words: object) -> Result:
    return CliRunner().invoke(commands, ["privacy", *(str(word) for word in words)])


def rows(*words: object) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(run(*words, "--json").stdout)
    return found


def sections() -> list[dict[str, Any]]:
    written = json.loads(SCHOOL_START.read_text(encoding="utf-8"))["sections"]
    return [
        json.loads((EXAMPLES / one["$ref"]).read_text(encoding="utf-8"))
        for one in written
    ]


def test_every_section_is_there_with_each_department_its_answers_go_to() -> None:
    told = rows(SCHOOL_START)

    for section in sections():
        own = [row for row in told if row["section"] == section["title"]]
        assert len(own) >= len(section["receivers"])
        assert {row["purpose"] for row in own} == {section["purpose"]}
        assert {row["secrecy"] for row in own} == {section["secrecy"]}
        assert all(section["legal_basis"]["gdpr"] in row["legal_basis"] for row in own)


def test_a_row_says_what_article_30_asks() -> None:
    [row] = rows(FAULT)

    assert row == {
        "form": "Felanmälan",
        "section": "Felet",
        "controller": "Samhällsbyggnadsnämnden",
        "contact": "031-390 06 30, sbn@example.se",
        "data_protection_officer": "Kommunens dataskyddsombud, 031-390 06 01, "
        "dataskyddsombud@example.se",
        "purpose": "Vi behöver svaren för att hitta felet och laga det.",
        "legal_basis": "Dataskyddsförordningen artikel 6.1 e. Förvaltningslagen 6 §",
        "secrecy": "Ingen särskild sekretess",
        "data_subjects": "den som använder tjänsten",
        "categories": "Vad gäller det?; Var är felet?; Vad är fel?; Bild på felet; "
        "Kan någon skada sig?; Vill du ha svar?; Din e-postadress",
        "retention": "2 år efter att ärendet avslutats. "
        "Beslut: SBN 2027/000 § 0 (påhittat)",
        "receiver": "Gatuenheten",
        "fields": "Vad gäller det?; Var är felet?; Vad är fel?; Bild på felet; "
        "Kan någon skada sig?; Vill du ha svar?; Din e-postadress",
        "decides_on": "",
        "disclosure_basis": "",
    }


def test_what_the_sections_share_is_told_with_those_who_get_it() -> None:
    kitchen = next(
        row
        for row in rows(SCHOOL_START)
        if (row["section"], row["receiver"]) == ("Specialkost och allergi", "Köket")
    )

    assert kitchen["fields"].startswith("Barnets förnamn; ")
    assert "personnummer" not in kitchen["fields"].casefold()
    assert kitchen["decides_on"] == "Behöver barnet annan mat än den vanliga?"
    assert kitchen["disclosure_basis"]


def test_several_forms_make_one_spreadsheet(tmp_path: Path) -> None:
    place = tmp_path / "registerforteckning.csv"

    done = run(SCHOOL_START, FAULT, "-o", place)

    written = csv.reader(io.StringIO(place.read_text(encoding="utf-8-sig")))
    headings, *body = list(written)
    assert done.exit_code == 0
    assert headings[:3] == ["Formulär", "Del", "Personuppgiftsansvarig"]
    assert len(body) == len(rows(SCHOOL_START)) + 1
    assert {row[0] for row in body} == {"Skolstart", "Felanmälan"}


def test_it_can_be_read_where_it_is_printed() -> None:
    printed = run(FAULT).stdout

    assert "Personuppgiftsansvarig: Samhällsbyggnadsnämnden\n" in printed
    assert "Mottagare: Gatuenheten\n  Får: Vad gäller det?; " in printed


def test_sections_with_one_title_are_told_each_with_its_own_law(
    tmp_path: Path,
) -> None:
    document = json.loads(FAULT.read_text(encoding="utf-8"))
    [first] = document["sections"]
    second = json.loads(json.dumps(first).replace("/fault", "/more"))
    second |= {"id": "more", "purpose": "Vi vill förstå fler fel."}
    document["sections"].append(second)
    path = tmp_path / FAULT.name
    path.write_text(json.dumps(document), encoding="utf-8")

    printed = run(path, "--directory", EXAMPLES / "directory.toml").stdout
    assert printed.count(f"Del: {first['title']}\n") == 2
    assert "Ändamål: Vi vill förstå fler fel.\n" in printed


def test_without_a_directory_departments_are_told_by_their_keys(
    tmp_path: Path,
) -> None:
    alone = tmp_path / FAULT.name
    alone.write_bytes(FAULT.read_bytes())

    [row] = rows(alone)
    assert (row["controller"], row["receiver"], row["contact"]) == (
        "sbn",
        "street_office",
        "",
    )


@pytest.mark.parametrize("name", ["lista.pdf", "lista"])
def test_a_spreadsheet_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    done = run(FAULT, "-o", tmp_path / name)

    assert (done.exit_code, ".csv" in done.stderr) == (2, True)
    assert not (tmp_path / name).exists()


def test_what_a_draft_leaves_blank_is_blank(tmp_path: Path) -> None:
    schema = tmp_path / "s.json"
    schema.write_text('{"type": "object", "properties": {"a": {"type": "string"}}}')
    made = tmp_path / "made.json"
    CliRunner().invoke(commands, ["import", str(schema), "-o", str(made)])

    [row] = rows(made)
    assert (row["purpose"], row["legal_basis"], row["receiver"]) == ("", "", "")


def test_what_cannot_become_a_form_is_refused_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"id": "trial", "sections": 1}')

    done = run(broken)
    assert (done.exit_code, "broken.json:1:" in done.stderr) == (1, True)
