"""A call that cannot be carried out says so, with exit status 2, and never a trace."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formbuilder.cli import commands

EXAMPLES = Path(__file__).parents[2] / "examples"
FORM = EXAMPLES / "felanmalan.json"


def run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words])


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


@pytest.mark.parametrize("text", ["{", "[1, 2]", '"text"', "NaN", "3"])
def test_answers_that_are_none_are_2(tmp_path: Path, text: str) -> None:
    path = tmp_path / "answers.json"
    path.write_text(text, encoding="utf-8")
    result = run("try", FORM, "--answers", path)

    assert result.exit_code == 2, result.output
    assert refused(result)
    assert "answers.json" in result.output


def test_answers_that_do_not_fit_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"fault": {"category": "moon"}}', encoding="utf-8")
    result = run("try", FORM, "--answers", path)

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
