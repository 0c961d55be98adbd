"""A sketched definition is one that `check` lets pass, whatever was said or not."""

import json
from pathlib import Path

import pytest

from schemas.checking import check
from schemas.parsing import parse_definition
from schemas.sketching import (
    CHOICES,
    KINDS,
    Question,
    Receiver,
    Sketch,
    read_length,
    read_question,
    sketched,
)

DIRECTORY = (Path(__file__).parents[2] / "examples/directory.toml").read_text("utf-8")
SIGNATURES = [
    ("nobody", "none"),
    *((about, sign) for about in ("self", "organisation") for sign in ("one", "none")),
    *(("child", sign) for sign in ("one", "one_notify", "all", "resident", "none")),
]


def question(kind: str, *, is_required: bool = True) -> Question:
    options = ("Gata", "Park", "Gata!") if kind in CHOICES else ()
    title = f"Vad är {kind}?"
    return Question(kind=kind, title=title, options=options, is_required=is_required)


def blank(about: str, sign: str, *questions: Question) -> Sketch:
    return Sketch(
        id="fel", title="Felanmälan", about=about, sign=sign, questions=questions
    )


def whole(about: str, sign: str, *questions: Question) -> Sketch:
    return Sketch(
        id="fel",
        title="Felanmälan",
        about=about,
        sign=sign,
        questions=questions,
        purpose="För att laga felet.",
        gdpr="6.1 e",
        national="Förvaltningslagen 6 §",
        controller="sbn",
        record_type="Felanmälan",
        classification="4.2.1",
        keep="P2Y",
        from_="arrival",
        decision="SBN 2027/000 § 0",
        receivers=(
            Receiver(department="street_office"),
            Receiver(department="kitchen", disclosure_basis="De lagar."),
        ),
    )


def problems(sketch: Sketch, *, draft: bool) -> list[tuple[str, str]]:
    text = json.dumps(sketched(sketch), ensure_ascii=False)
    found = check(text, directory_text=DIRECTORY, draft=draft)
    return [(one.code, one.severity) for one in found]


@pytest.mark.parametrize(("about", "sign"), SIGNATURES)
def test_what_is_wholly_said_passes_check(about: str, sign: str) -> None:
    sketch = whole(about, sign, *(question(kind) for kind in KINDS))

    assert problems(sketch, draft=False) == []


@pytest.mark.parametrize(("about", "sign"), SIGNATURES)
def test_what_is_not_said_is_blank(about: str, sign: str) -> None:
    sketch = blank(about, sign, question("text"))
    in_draft = problems(sketch, draft=True)

    assert {severity for _, severity in in_draft} == {"warning"}
    assert problems(sketch, draft=False) == [(code, "error") for code, _ in in_draft]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_required", [True, False])
def test_a_kind_of_question_may_be_asked_or_left(
    kind: str, *, is_required: bool
) -> None:
    asked = question(kind, is_required=is_required)
    sketch = whole("nobody", "none", asked)
    parsed = parse_definition(json.dumps(sketched(sketch)))
    schema = parsed.definition.sections[0].schema if parsed.definition else {}
    names = list(schema["properties"])

    assert problems(sketch, draft=False) == []
    assert schema["required"] == (names if is_required else [])


def test_questions_of_the_same_name_are_told_apart() -> None:
    same = [Question(kind="text", title="Var?") for _ in range(3)]
    sketch = whole("nobody", "none", *same)

    assert problems(sketch, draft=False) == []
    schema = sketched(sketch)["sections"][0]["schema"]
    assert list(schema["properties"]) == ["var", "var_2", "var_3"]


def test_what_is_preserved_has_no_time() -> None:
    preserved = Sketch(
        id="a",
        title="A",
        about="nobody",
        sign="none",
        questions=(),
        preserve=True,
        decision="KS 1 §",
    )
    archive = sketched(preserved)["sections"][0]["archive"]

    assert archive["retention"] == {"preserve": True, "decision": "KS 1 §"}


@pytest.mark.parametrize(
    "text", ["", "Var?", "fält: Var?", "text:", "one_choice: Var?", "many_choices: a ="]
)
def test_a_line_that_is_no_question_is_none(text: str) -> None:
    assert read_question(text) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1 år", "P1Y"),
        ("10 År", "P10Y"),
        ("2 veckor", "P2W"),
        ("30 dagar", "P30D"),
        ("1 månad", "P1M"),
        ("P1Y6M", "P1Y6M"),
        ("länge", ""),
        ("0 år", ""),
        ("P", ""),
    ],
)
def test_a_time_is_read_in_swedish(text: str, length: str) -> None:
    assert read_length(text) == length
