"""`new`: a definition by answering, or by options; nothing is ever overwritten."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from formbuilder.cli import commands

EXAMPLES = Path(__file__).parents[2] / "examples"
Run = Callable[..., Result]

SAID = ["--title", "Felanmälan", "--about", "nobody"]
SAID += ["--question", "text: Var är felet?"]
LAW = ["--purpose", "För att laga felet.", "--gdpr", "6.1 e", "--controller", "sbn"]
LAW += ["--national", "Förvaltningslagen 6 §", "--record-type", "Felanmälan"]
LAW += ["--classification", "4.2.1", "--keep", "2 år", "--from", "case_closed"]
LAW += ["--decision", "SBN 2027/000 § 0", "--department", "street_office"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLES / "directory.toml", tmp_path)
    return tmp_path / "felanmalan.json"


@pytest.fixture
def run() -> Run:
    def run(*words: object, answers: list[str] | None = None) -> Result:
        said = "".join(f"{line}\n" for line in answers or [])
        return CliRunner().invoke(commands, [str(one) for one in words], input=said)

    return run


def written(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def test_everything_answered_passes_check(run: Run, file: Path) -> None:
    answers = ["Felanmälan", "4"]
    answers += ["Var är felet?", "2", ""]
    answers += ["Vad gäller det?", "4", "Gata | Park", "", "Ring mig på", "10", "2", ""]
    answers += ["För att laga felet.", "5", "", "Förvaltningslagen 6 §", "3"]
    answers += ["Felanmälan", "4.2.1", "2 år", "3", "SBN 2027/000 § 0", "12, 8"]
    answers += ["Köket lagar."]
    asked = run("new", file, answers=answers)
    checked = run("check", file)
    section = written(file)["sections"][0]

    assert (asked.exit_code, checked.exit_code) == (0, 0), asked.output
    assert "0 fel, 0 varningar" in checked.output
    assert "Gatuenheten" in asked.output
    assert section["schema"]["required"] == ["var_ar_felet", "vad_galler_det"]
    assert section["controller"] == "sbn"
    assert [
        (one["department"], one.get("disclosure_basis")) for one in section["receivers"]
    ] == [("street_office", None), ("kitchen", "Köket lagar.")]


def test_what_is_left_unanswered_is_named_by_check(run: Run, file: Path) -> None:
    asked = run(
        "new", file, answers=["Felanmälan", "", "", "Var är felet?"] + [""] * 12
    )

    assert asked.exit_code == 0, asked.output
    assert "luckor är kvar" in asked.output
    assert run("check", "--draft", file).exit_code == 0
    assert run("check", file).exit_code == 1


def test_an_answer_that_cannot_be_read_is_asked_again(run: Run, file: Path) -> None:
    answers = ["", "Felanmälan", "fem", "9", "4", "Var?", "4", "|", "A | B", ""]
    answers += [
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "länge",
        "bevaras",
        "KS 1 §",
        "99",
        "12",
    ]
    asked = run("new", file, answers=answers)

    assert asked.exit_code == 0, asked.output
    assert "Skriv en siffra från 1 till 4." in asked.output
    assert "Skriv till exempel 2 år" in asked.output
    assert written(file)["sections"][0]["archive"]["retention"]["preserve"] is True


def test_options_answer_without_asking(run: Run, file: Path) -> None:
    made = run("new", file, "--no-ask", *SAID, *LAW)

    assert made.exit_code == 0, made.output
    assert "?" not in made.output
    assert run("check", file).output == "0 fel, 0 varningar\n"
    assert written(file)["id"] == "felanmalan"


def test_what_options_say_is_not_asked(run: Run, file: Path) -> None:
    made = run("new", file, *SAID, *LAW, answers=["9.2 g"])

    assert made.exit_code == 0, made.output
    assert made.output.count("?") == 1
    assert written(file)["sections"][0]["legal_basis"]["special"] == "9.2 g"


def test_a_form_begun_without_a_directory_is_filled_in(run: Run, file: Path) -> None:
    (file.parent / "directory.toml").unlink()
    made = run("new", file, "--no-ask", *SAID)
    answers = file.with_name("svar.json")
    answers.write_text('{"felanmalan": {"var_ar_felet": "Ekparken"}}', "utf-8")

    assert made.exit_code == 0, made.output
    assert run("try", "--draft", file, "--answers", answers).exit_code == 0


def test_a_file_that_is_there_stays_as_it_is(run: Run, file: Path) -> None:
    file.write_text("min", "utf-8")
    made = run("new", file, "--no-ask", *SAID)

    assert made.exit_code == 1
    assert "skrivs inte över" in made.output
    assert file.read_text("utf-8") == "min"


def test_a_broken_link_is_not_written_through(run: Run, file: Path) -> None:
    file.symlink_to(file.with_name("annan.json"))

    assert run("new", file, "--no-ask", *SAID).exit_code == 1
    assert not file.with_name("annan.json").exists()


def test_nothing_is_written_when_one_stops_half_way(run: Run, file: Path) -> None:
    stopped = run("new", file, answers=["Felanmälan", "4"])

    assert stopped.exit_code == 1
    assert not file.exists()


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        ([*SAID, "--department", "nosuch"], 1, "”nosuch” finns inte i katalogen"),
        ([*SAID, "--sign", "one"], 1, "ingen kan skriva under"),
        ([*SAID, "--gdpr", "artikel 6"], 1, "har fel form"),
        ([*SAID, "--id", "Fel"], 1, "har fel form"),
        ([*SAID, *LAW, "--department", "kitchen"], 1, "disclosure_basis"),
        ([*SAID, "--keep", "länge"], 2, "2 år, 6 månader"),
        (["--title", "Fel", "--question", "Var?"], 2, "text: Var är felet?"),
        (["--title", "Fel"], 2, "--question"),
        ([], 2, "--title"),
    ],
)
def test_what_cannot_be_used_is_told_and_not_written(
    run: Run, file: Path, words: list[str], exit_code: int, said: str
) -> None:
    made = run("new", file, "--no-ask", *words)

    assert (made.exit_code, said in made.output) == (exit_code, True), made.output
    assert not file.exists()


def test_a_folder_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    made = run("new", tmp_path / "borta" / "fel.json", "--no-ask", *SAID)

    assert made.exit_code == 1
    assert "finns inte" in made.output
