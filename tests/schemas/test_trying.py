"""Scenarios say in advance what a form does, and are held to it."""

from typing import Any

import pytest

from schemas.compiling import compile_form
from schemas.definition import Scenario, SigningPolicy, ViewField
from schemas.privacy import notices, processing_record
from schemas.trying import run_scenario, try_answers
from tests.schemas.forms import definition, receiver, section, yes

ASKED = {"type": "boolean", "title": "?"}
PHOTO = {
    "type": "object",
    "required": ["web"],
    "properties": {"web": ASKED},
    "if": yes("web"),
    "then": {"properties": {"name": ASKED}},
}
SEES = {"required": ["s"], "properties": {"s": yes("web")}}


def tried(**expect: Any) -> list[str]:
    form = compile_form(
        definition(
            section(
                "s",
                PHOTO,
                receivers=(
                    receiver(ViewField(name="web", pointer="/s/web"), only_when=SEES),
                ),
            ),
        )
    )
    answers = expect.pop("answers", {"s": {"web": True}})
    scenario = Scenario(
        name="prov", at="2027-01-01", facts={}, answers=answers, expect=expect
    )
    return [problem.pointer for problem in run_scenario(form, scenario)]


@pytest.mark.parametrize(
    "expect",
    [
        {"asked": ["/s/web", "/s/name", "/s"], "valid": True},
        {"answers": {}, "not_asked": ["/s/name"], "valid": False},
        {
            "answers": {},
            "errors": {"/s/web": "required"},
            "receivers": {"kitchen": None},
        },
        {"answers": {}, "problems": ["/s/web"]},
        {"receivers": {"kitchen": {"web": True}, "s.kitchen": {"web": True}}},
        {
            "answers": {"s": {"web": False, "name": True}},
            "errors": {"/s/name": "unasked"},
        },
    ],
)
def test_what_comes_out_as_expected_is_no_problem(expect: dict[str, Any]) -> None:
    assert tried(**expect) == []


@pytest.mark.parametrize(
    ("expect", "pointer"),
    [
        ({"asked": ["/s/other"]}, "/scenarios/0/expect/asked/0"),
        ({"not_asked": ["/s/web", "/s/x"]}, "/scenarios/0/expect/not_asked/0"),
        ({"valid": False}, "/scenarios/0/expect/valid"),
        ({"errors": ["/s/web"]}, "/scenarios/0/expect/errors"),
        ({"answers": {}, "errors": []}, "/scenarios/0/expect/errors"),
        ({"answers": {}, "errors": {"/s/web": "type"}}, "/scenarios/0/expect/errors"),
        ({"receivers": {"kitchen": None}}, "/scenarios/0/expect/receivers/kitchen"),
        (
            {"receivers": {"kitchen": {"web": False}}},
            "/scenarios/0/expect/receivers/kitchen",
        ),
        (
            {"receivers": {"nobody": {"web": True}}},
            "/scenarios/0/expect/receivers/nobody",
        ),
    ],
)
def test_what_comes_out_otherwise_is_named(
    expect: dict[str, Any], pointer: str
) -> None:
    assert tried(**expect) == [pointer]


@pytest.mark.parametrize(
    ("second", "agreed"), [(True, True), (False, False), (None, False)]
)
def test_a_joint_consent_is_a_yes_only_when_all_say_yes(
    second: bool | None, agreed: bool
) -> None:
    form = compile_form(
        definition(
            section(
                "s",
                PHOTO,
                consents={"/s/web": "publish"},
                sign=SigningPolicy(first="all_or_no", change="all_or_no"),
            )
        )
    )
    said = {} if second is None else {"web": second}

    result = try_answers(
        form, {}, {}, own={"one": {"s": {"web": True}}, "two": {"s": said}}
    )

    assert result.answers == {"s": {"web": agreed}}
    assert result.is_valid is (second is not None)


def test_what_follows_a_yes_is_not_told_when_the_other_says_no() -> None:
    joint = SigningPolicy(first="all_or_no", change="all_or_no")
    form = compile_form(
        definition(section("s", PHOTO, consents={"/s/web": "publish"}, sign=joint))
    )
    own = {"one": {"s": {"web": True, "name": True}}, "two": {"s": {"web": False}}}

    assert try_answers(form, {}, {}, own=own).answers == {"s": {"web": False}}


def test_the_privacy_notice_names_who_sees_what_and_what_is_read() -> None:
    see = receiver(
        ViewField(name="name", pointer="/s/name", title="Namn"), only_when=SEES
    )
    form = compile_form(
        definition(
            section(
                "s", PHOTO, purpose="Visa bilder.", controller="bun", receivers=(see,)
            )
        )
    )

    (notice,) = notices(form)
    (row,) = processing_record(form)

    assert [(d.department, d.columns, d.decides_on) for d in notice.disclosures] == [
        ("kitchen", ("Namn",), ("?",))
    ]
    assert (row.controller, row.disclosure, row.categories) == (
        "bun",
        notice.disclosures[0],
        ("namn och personnummer på den som svarar", "?"),
    )
