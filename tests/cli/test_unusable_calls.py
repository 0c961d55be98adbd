"""A call that cannot be carried out says so, with exit status 2, and never a trace."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formbuilder.cli import commands
from formbuilder.cli.reading import LARGEST

EXAMPLES = Path(__file__).parents[2] / "examples"
FORM = EXAMPLES / "felanmalan.json"


def run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words])


def tried(folder: Path, text: str) -> Result:
    """Try the fault report with a file of answers that says this."""
    path = folder / "answers.json"
    path.write_text(text, encoding="utf-8")
    return run("try", FORM, "--answers", path)


def refused(result: Result) -> bool:
    """Tell whether a call ended deliberately, with something said."""
    return isinstance(result.exception, SystemExit) and bool(result.output.strip())


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "no-such-file.json"],
        ["check", EXAMPLES],
        ["check", FORM, "--no-such-option"],
        ["check", FORM, "--directory", "no-such.toml"],
        ["schema"],
        ["schema", FORM, "--at", "yesterday"],
        ["schema", FORM, "--of", "section"],
        ["schema", "--of", "answers"],
        ["try", FORM],
        ["try", FORM, "--answers", "no-such-file.json"],
        ["no-such-command"],
        ["publish"],
    ],
    ids=lambda words: " ".join(Path(str(w)).name for w in words),
)
def test_a_call_that_cannot_be_used_is_2(words: list[object]) -> None:
    result = run(*words)

    assert result.exit_code == 2, result.output
    assert refused(result)


def test_a_file_that_is_no_text_is_2(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(b"\xff\xfe\x00\x80")
    result = run("check", path)

    assert result.exit_code == 2
    assert "form.json" in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{\n  “å”".encode("cp1252"), "form.json:2:3: Filen är inte sparad som UTF-8"),
        ("{}".encode("utf-16"), "form.json:1:1: Filen är sparad som UTF-16"),
        (b"{" + b" " * LARGEST, "16 MB"),
    ],
    ids=["windows-1252", "utf-16", "huge"],
)
def test_what_cannot_be_read_says_where_and_what_to_do(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(content)
    result = run("check", path)

    assert result.exit_code == 2
    assert said in result.output


def test_what_is_no_file_is_said_in_the_author_s_language(tmp_path: Path) -> None:
    missing, folder = run("check", tmp_path / "no.json"), run("check", tmp_path)

    assert (missing.exit_code, folder.exit_code) == (2, 2)
    assert "den finns inte" in missing.output
    assert "det är en mapp" in folder.output


def test_answers_that_are_no_json_are_placed_and_explained(tmp_path: Path) -> None:
    result = tried(tmp_path, '{\n  "a": 1,\n}')

    assert result.exit_code == 2
    assert "answers.json:3:1: Det här är inte JSON" in result.output
    assert "kommat" in result.output


@pytest.mark.parametrize("text", ["{", "[1, 2]", '"text"', "NaN", "3"])
def test_answers_that_are_none_are_2(tmp_path: Path, text: str) -> None:
    result = tried(tmp_path, text)

    assert result.exit_code == 2, result.output
    assert refused(result)
    assert "answers.json" in result.output


def test_answers_that_do_not_fit_are_told_apart(tmp_path: Path) -> None:
    result = tried(tmp_path, '{"fault": {"category": "moon"}}')

    assert result.exit_code == 1
    assert refused(result)


@pytest.mark.parametrize(
    "words",
    [
        ["versions", "skolstart"],
        ["publish", FORM],
        ["deliveries", "list"],
        ["archive", "list"],
        ["serve"],
        ["doctor"],
    ],
    ids=lambda words: " ".join(Path(str(w)).name for w in words),
)
def test_without_settings_it_says_which_to_set(
    words: list[object],
) -> None:
    runner = CliRunner(
        env={
            "FORMBUILDER_HOME": None,
            "FORMBUILDER_KEYS": None,
            "FORMBUILDER_CONFIG": None,
        }
    )
    result = runner.invoke(commands, [str(word) for word in words])

    assert result.exit_code == 1, result.output
    assert refused(result)
    assert "FORMBUILDER_HOME" in result.output
