"""Strict JSON reading that remembers places."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.located_json import MAX_DEPTH, Position, read
from schemas.pointers import get, join

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=20,
)


@given(value=VALUES, indent=st.sampled_from([None, 1, 4]))
def test_what_json_writes_is_read_back_alike(value: Any, indent: int | None) -> None:
    located = read(json.dumps(value, indent=indent))

    assert located.flaws == ()
    assert located.value == value


@given(
    text=st.text(max_size=40) | st.text('[]{}",:0123456789.eE+-truefalsn ', max_size=30)
)
def test_anything_at_all_is_read_or_refused_as_json_would(text: str) -> None:
    try:
        json.loads(text, parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError):
        is_json = False
    else:
        is_json = True

    assert read(text).is_readable is (is_json or text == "\ufeff")


def test_every_pointer_knows_its_line_and_column() -> None:
    located = read('{\n  "a": [1,\n    {"b/c": true}]\n}')

    assert located.positions["/a/1/b~1c"] == Position(3, 13)


def test_every_value_stands_at_its_position() -> None:
    text = '{"å": [10, {"b": "x"}],\n "c": null}'
    located = read(text)

    for pointer, place in located.positions.items():
        line = text.split("\n")[place.line - 1][place.column - 1 :]
        assert line.startswith(
            json.dumps(get(located.value, pointer), ensure_ascii=False)[0]
        )


def test_what_is_missing_is_placed_at_what_is_around_it() -> None:
    located = read('{\n "a": {}\n}')

    assert located.position("/a/b/c") == Position(2, 7)


@pytest.mark.parametrize(
    ("text", "code", "pointer", "place"),
    [
        ("", "FB001", "", (1, 1)),
        ('{"a": 1,}', "FB001", "", (1, 9)),
        ('{"a": 1} x', "FB001", "", (1, 10)),
        ('{"a" 1}', "FB001", "/a", (1, 6)),
        ('["a\nb"]', "FB001", "/0", (1, 4)),
        ('{\n"a": NaN}', "FB001", "/a", (2, 6)),
        ('{"a": 01}', "FB001", "", (1, 8)),
        ('{"a": 1,\n "a": 2}', "FB002", "/a", (2, 2)),
        ('["\\ud800"]', "FB003", "/0", (1, 2)),
        ("[9007199254740993]", "FB004", "/0", (1, 2)),
        ("[0.12345678901234567890]", "FB004", "/0", (1, 2)),
        ("[1e999]", "FB004", "/0", (1, 2)),
    ],
)
def test_each_flaw_has_its_code_and_place(
    text: str, code: str, pointer: str, place: tuple[int, int]
) -> None:
    flaw = read(text).flaws[-1]

    assert (flaw.code, flaw.pointer) == (code, pointer)
    assert (flaw.position.line, flaw.position.column) == place


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "tom"),
        (" \n", "tom"),
        ('{"a": 1,}', "kommat"),
        ("[1,,2]", "kommat"),
        ('{"a": 1 "b": 2}', "ett komma"),
        ('{"a": 1 // b\n}', "kommentarer"),
        ("{'a': 1}", "dubbla citattecken"),
        ('{"a": ”b”}', "dubbla citattecken"),
        ('{"a": True}', "true"),
        ('{"a": NaN}', "tal"),
        ("{a: 1}", "citattecken"),
        ('["a\tb"]', r"\t"),
        ('["a\nb"]', r"\n"),
        (r'["C:\mapp"]', r"\\"),
        ('{"a": "b', "citattecken"),
        ('{"a": [1', "för tidigt"),
    ],
)
def test_advice_on_what_is_no_json_names_the_slip(text: str, named: str) -> None:
    assert named in read(text).flaws[-1].advice


@pytest.mark.parametrize("number", ["0.1", "1e3", "-9007199254740991", "12.50", "1E-7"])
def test_a_number_that_a_double_holds_is_no_flaw(number: str) -> None:
    assert read(number).flaws == ()


def test_flaws_are_gathered_until_the_text_ends() -> None:
    located = read('{"a": 1, "a": 9007199254740993, "b": "\\udfff"}')

    assert [flaw.code for flaw in located.flaws] == ["FB002", "FB004", "FB003"]


def test_depth_has_an_end() -> None:
    [flaw] = read("[" * 100_000).flaws

    assert (flaw.code, flaw.pointer) == ("FB005", join(*[0] * (MAX_DEPTH + 1)))


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read("\ufeff{}").value == {}
