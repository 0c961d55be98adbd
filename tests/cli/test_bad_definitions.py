"""What an author may get wrong: where it is, what it is, and exit status 1."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from formbuilder.cli import commands

EXAMPLES = Path(__file__).parents[2] / "examples"
FAULT = (EXAMPLES / "felanmalan.json").read_text(encoding="utf-8")

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(commands, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLES / "directory.toml", tmp_path)
    return tmp_path


def written(folder: Path, text: str, name: str = "form.json") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(*changes: tuple[str, str]) -> str:
    text = FAULT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_sound_definition_is_clean(run: Run, folder: Path) -> None:
    result = run("check", written(folder, FAULT))

    assert result.exit_code == 0, result.output
    assert "0 fel" in result.output


WRONG = {
    "not JSON": (('"language": "sv",', '"language": sv,'), "sv,", "FB001"),
    "not closed": (('"title": "Felanmälan",', '"title": "Felanmälan,'), '"Felan', "FB"),
    "a key twice": (
        ('"language": "sv",', '"language": "sv", "language": "en",'),
        '"language"',
        "FB",
    ),
    "not a number": (('"maxLength": 200', '"maxLength": NaN'), "NaN", "FB"),
    "half a character": (
        ('"title": "Felanmälan"', '"title": "\\ud800"'),
        "\\ud800",
        "FB",
    ),
    "another shape": (
        ('"identity": {"assurance": "none", "about": "nobody"}', '"identity": 3'),
        '"identity"',
        "FB",
    ),
    "an unknown key": (
        ('"language": "sv",', '"language": "sv", "colour": "red",'),
        '"colour"',
        "FB",
    ),
    "an unknown receiver": (
        ('"department": "street_office"', '"department": "moon_office"'),
        '"moon_office"',
        "FB",
    ),
    "a page nobody comes to": (
        ('"fields": ["/fault/reply", "/fault/mail"]', '"fields": ["/fault/nobody"]'),
        '"/fault/nobody"',
        "FB",
    ),
    "a question on no page": (
        ('"fields": ["/fault/reply", "/fault/mail"]', '"fields": ["/fault/reply"]'),
        '"sections"',
        "FB",
    ),
    "a schema elsewhere": (
        (
            '{"$ref": "#/$defs/mail"}',
            '{"$ref": "https://evil.example/schema.json"}',
        ),
        "https://evil.example",
        "FB",
    ),
    "a file elsewhere": (
        (
            '{"$ref": "#/$defs/mail"}',
            '{"$ref": "file:///etc/passwd"}',
        ),
        "file:///etc/passwd",
        "FB",
    ),
    "a pattern that never ends": (
        ('"pattern": "^sha256:[0-9a-f]{64}$"', '"pattern": "^(?=a)(a+)+$"'),
        '"^(?=a)',
        "FB",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_line(run: Run, folder: Path, name: str) -> None:
    change, words, code = WRONG[name]
    text = changed(change)
    path = written(folder, text)
    result = run("check", path)

    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert code in result.output
    lines = {
        int(line.removeprefix(f"{path}:").split(":")[0])
        for line in result.output.splitlines()
        if line.startswith(f"{path}:")
    }
    assert lines
    if name != "a question on no page":
        assert line_of(text, words) in lines, result.output


def test_everything_wrong_is_said_at_once_in_json(run: Run, folder: Path) -> None:
    text = changed(
        ('"department": "street_office"', '"department": "moon_office"'),
        ('{"$ref": "#/$defs/mail"}', '{"$ref": "https://evil.example/x"}'),
    )
    result = run("check", written(folder, text), "--json")
    found: list[dict[str, Any]] = json.loads(result.stdout)

    assert result.exit_code == 1
    assert len({one["code"] for one in found if one["severity"] == "error"}) >= 2
    assert all(one["line"] > 0 for one in found)
    assert all(one["message"] and one["advice"] for one in found)


@pytest.mark.parametrize(
    "elsewhere", ["../secret.json", "/etc/passwd", "sections/../../secret.json"]
)
def test_a_section_is_read_from_the_folder_only(
    run: Run, folder: Path, elsewhere: str
) -> None:
    inner = folder / "inner"
    inner.mkdir()
    shutil.copy(EXAMPLES / "directory.toml", inner)
    written(folder, '{"id": "HEMLIGT"}', "secret.json")
    document = json.loads(FAULT)
    document["sections"] = [{"$ref": elsewhere}]
    result = run("check", written(inner, json.dumps(document)))

    assert result.exit_code == 1
    assert "HEMLIGT" not in result.output
    assert "root:" not in result.output


def test_a_link_does_not_lead_out_of_the_folder(run: Run, folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    shutil.copy(EXAMPLES / "directory.toml", inner)
    secret = written(folder, '{"id": "HEMLIGT"}', "secret.json")
    (inner / "linked.json").symlink_to(secret)
    document = json.loads(FAULT)
    document["sections"] = [{"$ref": "linked.json"}]
    result = run("check", written(inner, json.dumps(document)))

    assert result.exit_code == 1
    assert "HEMLIGT" not in result.output


def test_a_section_that_is_missing_is_named(run: Run, folder: Path) -> None:
    document = json.loads(FAULT)
    document["sections"] = [{"$ref": "sections/gone.json"}]
    result = run("check", written(folder, json.dumps(document)))

    assert result.exit_code == 1
    assert "sections/gone.json" in result.output


def test_a_deep_document_is_refused_and_not_a_crash(run: Run, folder: Path) -> None:
    result = run("check", written(folder, '{"a":' * 100_000))

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)


def test_a_directory_that_is_wrong_is_named(run: Run, folder: Path) -> None:
    (folder / "directory.toml").write_text("[municipality\n", encoding="utf-8")
    result = run("check", written(folder, FAULT))

    assert result.exit_code == 1
    assert "directory.toml" in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_directory_is_checked_as_one(run: Run, folder: Path) -> None:
    sound = folder / "directory.toml"
    broken = sound.read_text().replace('controller = "bun"', 'controller = "bum"', 1)
    place = written(folder, broken, "broken.toml")

    result = run("check", "--json", sound, place)

    [problem] = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (problem["code"], problem["file"]) == ("FB031", str(place))
    assert problem["line"] == line_of(broken, 'controller = "bum"')


def test_what_shuts_somebody_out_is_told_when_asked_for(run: Run, folder: Path) -> None:
    path = written(folder, changed(('"title": "Var är felet?"', '"title": "…"')))
    result = run("check", path, "--accessibility")

    assert run("check", path).exit_code == 0
    assert result.exit_code == 1
    line = line_of(FAULT, '"place": {')
    assert f"{path}:{line}:" in result.output
    assert "fel FB201 /sections/0/schema/properties/place" in result.output
