"""What a receiver gets depends on the values addressed to it, and on nothing else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.compiling import CompiledForm, compile_form
from schemas.definition import Part, Receiver, Shape, ViewField
from schemas.pointers import ABSENT, expand, get
from schemas.projection import project, reads
from schemas.reading import restrict
from schemas.settling import settle
from schemas.units import combine
from tests.schemas.forms import definition, form, receiver, section, yes

DIET = {
    "type": "object",
    "required": ["need"],
    "properties": {
        "need": {"type": "boolean", "title": "Annan mat?"},
        "note": {"type": "string", "title": "Annat"},
        "acute": {"type": "boolean", "title": "Akut?"},
    },
    "if": yes("need"),
    "then": {
        "properties": {
            "avoid": {
                "type": "array",
                "title": "Vad?",
                "items": {"enum": ["milk", "egg"]},
            },
        }
    },
}
HEADER = {
    "type": "object",
    "properties": {
        "child": {
            "type": "object",
            "properties": {
                "given_name": {"type": "string", "title": "Förnamn", "readOnly": True},
                "family_name": {
                    "type": "string",
                    "title": "Efternamn",
                    "readOnly": True,
                },
            },
        }
    },
}
CONTACTS = {
    "type": "object",
    "properties": {
        "mail": {"type": "string", "title": "E-post"},
        "ice": {
            "type": "array",
            "title": "Ring",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "title": "N"},
                    "phone": {"type": "string", "title": "T"},
                },
            },
        },
    },
}
NEEDS = {"required": ["diet"], "properties": {"diet": yes("need")}}
HAS_MILK = {
    "properties": {"diet": {"properties": {"avoid": {"contains": {"const": "milk"}}}}}
}


def compiled() -> CompiledForm:
    return compile_form(
        definition(
            section("diet", DIET),
            section(
                "contacts",
                CONTACTS,
                parts=(
                    Part(id="own", fields=("/contacts/mail",), for_="each_guardian"),
                ),
            ),
            header=HEADER,
        )
    )


FORM = compiled()


def field(pointer: str = "", shape: Shape | None = None, **rest: Any) -> ViewField:
    return ViewField(name=rest.pop("name", "x"), pointer=pointer, shape=shape, **rest)


def value(one: ViewField, answers: Any, **rest: Any) -> Any:
    payload = project(FORM, receiver(one, **rest), answers, ref="r")
    return ABSENT if payload is None else payload.values()["x"]


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "child": st.fixed_dictionaries(
            {},
            optional={
                "given_name": st.sampled_from(["Alva", "Bo"]),
                "family_name": st.sampled_from(["Ek", "Al"]),
            },
        ),
        "diet": st.fixed_dictionaries(
            {},
            optional={
                "need": st.booleans(),
                "note": st.sampled_from(["x", "y"]),
                "acute": st.booleans(),
                "avoid": st.lists(
                    st.sampled_from(["milk", "egg"]), max_size=2, unique=True
                ),
            },
        ),
        "contacts": st.fixed_dictionaries(
            {},
            optional={
                "mail": st.sampled_from(["a@example.se", "b@example.se"]),
                "ice": st.lists(
                    st.dictionaries(
                        st.sampled_from(["name", "phone"]), st.sampled_from(["1", "2"])
                    ),
                    max_size=2,
                ),
            },
        ),
    },
)
RECEIVERS = [
    receiver(
        field("/child/given_name"), field("/diet/avoid", name="avoid"), only_when=NEEDS
    ),
    receiver(
        field("/child/family_name", "initial"),
        field("/diet/note", "present", name="note"),
    ),
    receiver(field(name="acute", is_={"properties": {"diet": yes("acute")}})),
    receiver(field(name="codes", classify=(("MILK", HAS_MILK), ("SPECIAL", NEEDS)))),
    receiver(field(name="no", is_={"not": HAS_MILK})),
    receiver(field("/contacts/ice/*/phone")),
    receiver(field("/contacts/mail"), field("/contacts/ice", "count", name="count")),
    receiver(field("/diet")),
]


@pytest.mark.parametrize("one", RECEIVERS)
@settings(max_examples=150)
@given(ANSWERS, ANSWERS)
def test_equal_addressed_values_give_equal_bytes(
    one: Receiver, first: Any, second: Any
) -> None:
    first, second = settle(FORM, first).answers, settle(FORM, second).answers
    addressed = sorted(reads(FORM, one))
    # Whatever the second answers say that is not addressed, the first's is kept.
    mixed = _overlaid(second, first, addressed)

    assert _bytes(one, mixed) == _bytes(one, first)


def _overlaid(other: Any, answers: Any, addressed: list[str]) -> Any:
    """Return the other answers with everything addressed taken from these."""
    rest = {
        name: below
        for name, below in other.items()
        if not any(pointer.startswith(f"/{name}") for pointer in addressed)
    }
    return combine([rest, restrict(answers, addressed)])


def _bytes(one: Receiver, answers: Any) -> bytes | None:
    payload = project(FORM, one, answers, ref="r")
    return None if payload is None else payload.bytes()


@pytest.mark.parametrize("one", RECEIVERS)
@given(ANSWERS)
def test_a_payload_holds_no_answer_that_is_not_addressed(
    one: Receiver, answers: Any
) -> None:
    settled = settle(FORM, answers).answers

    assert _bytes(one, restrict(settled, reads(FORM, one))) == _bytes(one, settled)


@pytest.mark.parametrize(
    ("shape", "pointer", "answers", "expected"),
    [
        (None, "/diet/note", {"diet": {"note": "x"}}, "x"),
        ("initial", "/child/family_name", {"child": {"family_name": "ek"}}, "E"),
        ("present", "/diet/note", {"diet": {"note": "x"}}, True),
        ("count", "/diet/avoid", {"diet": {"avoid": ["egg", "milk"]}}, 2),
        (
            "days",
            "/diet",
            {"diet": {"monday": {"from": "07:30"}, "friday": {}}},
            ["monday"],
        ),
        ("code", "/diet/avoid", {"diet": {"avoid": ["egg"]}}, ["egg"]),
        ("title", "/diet/need", {"diet": {"need": True}}, "Ja"),
        ("year", "/diet/note", {"diet": {"note": "2020-01-02"}}, 2020),
    ],
)
def test_shapes_reduce_an_answer(
    shape: Shape, pointer: str, answers: Any, expected: Any
) -> None:
    assert value(field(pointer, shape), answers) == expected


@pytest.mark.parametrize(
    "condition",
    [
        HAS_MILK,
        {"not": HAS_MILK},
        {"if": HAS_MILK, "then": True},
        {"anyOf": [HAS_MILK]},
    ],
)
def test_a_condition_over_missing_data_is_false(condition: Any) -> None:
    one = receiver(field("/diet/note", name="note"), field(is_=condition))

    payload = project(FORM, one, {"diet": {"note": "x"}}, ref="r")

    assert payload is not None
    assert payload.values()["x"] is False


def test_a_negation_over_present_data_keeps_its_meaning() -> None:
    assert value(field(is_={"not": HAS_MILK}), {"diet": {"avoid": ["egg"]}}) is True
    assert value(field(is_={"not": HAS_MILK}), {"diet": {"avoid": ["milk"]}}) is False


def test_no_match_gives_no_payload() -> None:
    assert (
        value(
            field("/diet/note"), {"diet": {"note": "x", "need": False}}, only_when=NEEDS
        )
        is ABSENT
    )
    assert (
        value(field("/diet/note"), {"diet": {"note": "x"}}, only_when=NEEDS) is ABSENT
    )
    assert (
        value(
            field("/diet/note"), {"diet": {"note": "x", "need": True}}, only_when=NEEDS
        )
        == "x"
    )


def test_what_the_register_knows_starts_no_delivery() -> None:
    one = receiver(field("/child/given_name"), field("/diet/avoid", name="avoid"))

    assert project(FORM, one, {"child": {"given_name": "Alva"}}, ref="r") is None


def test_each_guardians_own_answers_become_a_list_in_order() -> None:
    one = receiver(field("/contacts/mail"), field("/diet/note", name="note"))
    own = [{"contacts": {"mail": "a@example.se"}}, {}]

    payload = project(FORM, one, {"diet": {"note": "x"}}, ref="r", own=own)

    assert payload is not None
    assert payload.values() == {"x": ["a@example.se", None], "note": "x"}


def test_rows_stay_beside_each_other() -> None:
    answers = {"contacts": {"ice": [{"name": "A"}, {"name": "B", "phone": "1"}]}}
    one = receiver(
        field("/contacts/ice/*/name", name="name"),
        field("/contacts/ice/*/phone", name="phone"),
    )

    payload = project(FORM, one, answers, ref="r")

    assert payload is not None
    assert payload.values() == {"name": ["A", "B"], "phone": [None, "1"]}


TEXT = {"type": "string", "title": "A"}
ROWS_IN_ROWS = {
    "type": "object",
    "properties": {
        "m": {
            "type": "array",
            "title": "M",
            "items": {
                "type": "object",
                "properties": {
                    "k": TEXT,
                    "in": {
                        "type": "array",
                        "title": "I",
                        "items": {"type": "object", "properties": {"a": TEXT}},
                    },
                },
            },
        },
        "mm": {
            "type": "array",
            "title": "MM",
            "items": {
                "type": "array",
                "items": {"type": "object", "properties": {"a": TEXT}},
            },
        },
    },
}


@pytest.mark.parametrize(
    ("pointer", "shape", "told"),
    [
        ("/s/m/*/k", None, ["1", "2"]),
        ("/s/m/*/in/*/a", None, [["x", None, "y"], []]),
        ("/s/m/*/in/*/a", "present", [[True, False, True], []]),
        ("/s/mm/*/*/a", None, [["x", "y"], ["z"]]),
        ("/s/none/*/in/*/a", None, []),
    ],
)
def test_rows_in_rows_stay_in_the_row_they_stand_in(
    pointer: str, shape: Shape | None, told: Any
) -> None:
    made = form(ROWS_IN_ROWS)
    answers = {
        "s": {
            "m": [
                {"k": "1", "in": [{"a": "x"}, {"b": 1}, {"a": "y"}]},
                {"k": "2"},
                {"in": [{}]},
            ],
            "mm": [[{"a": "x"}, {"a": "y"}], [{"a": "z"}]],
        }
    }
    one = receiver(
        field(pointer, shape),
        field("/s/m/*/k", name="k"),
        field("/s/m/*/in", name="whole"),
    )

    payload = project(made, one, answers, ref="r")

    assert payload is not None
    assert payload.values()["x"] == told


def test_a_row_with_nothing_addressed_is_not_told_of() -> None:
    answers = {"contacts": {"ice": [{"name": "A"}, {"phone": "1"}]}}

    assert value(field("/contacts/ice/*/phone"), answers) == ["1"]


def test_a_column_known_later_is_not_delivered() -> None:
    one = receiver(
        field("/diet/note", name="note"), field(live="placement:class", name="class")
    )
    payload = project(FORM, one, {"diet": {"note": "x"}}, ref="r")

    assert payload is not None
    assert [name for name, *_ in payload.columns] == ["note"]


def test_what_conditions_read_counts_as_addressed() -> None:
    one = receiver(
        field(name="acute", is_={"properties": {"diet": yes("acute")}}), only_when=NEEDS
    )

    assert {"/diet/acute", "/diet/need"} <= reads(FORM, one)


@given(
    ANSWERS, st.sets(st.sampled_from(["/diet/note", "/contacts/ice/*/phone", "/child"]))
)
def test_restricting_keeps_what_is_addressed(answers: Any, pointers: set[str]) -> None:
    kept = restrict(answers, pointers)

    for pointer in pointers:
        assert _values(kept, pointer) == _values(answers, pointer)
    assert get(kept, "/diet/need") is ABSENT


def test_asking_whether_a_section_is_there_reads_nothing_in_it() -> None:
    one = receiver(
        field(is_={"required": ["diet"]}), field("/contacts/mail", name="mail")
    )

    assert reads(FORM, one) == {"/diet/", "/contacts/mail"}
    assert restrict({"diet": {"note": "x"}}, reads(FORM, one)) == {"diet": {}}


def test_looking_through_a_section_does_not_address_all_of_it() -> None:
    assert reads(FORM, receiver(field("/child/given_name"), only_when=NEEDS)) == {
        "/child/given_name",
        "/diet/need",
    }


def _values(document: Any, pointer: str) -> list[Any]:
    return [found for _, found in expand(document, pointer)]
