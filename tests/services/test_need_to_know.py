"""Promise 3 on the whole school start: a payload depends on what it is addressed only."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from school_start import ALLERGY, PLAIN, YES
from town import EXAMPLES, compiled_once, written

from schemas.compiling import CompiledForm
from schemas.definition import Receiver
from schemas.directory import parse_directory
from schemas.pointers import ABSENT, covers, expand, get, with_value
from schemas.projection import project, reads, receivers
from schemas.settling import settle
from schemas.snapshots import Stream, changes

NOW = datetime(2027, 4, 1, tzinfo=UTC)
HEADER = {
    "child": {
        "given_name": "Elis",
        "family_name": "Lindqvist",
        "personal_number": "202103142390",
        "address": "Ekbacksvägen 4",
        "guardians": "Sara Lindqvist, Johan Lindqvist",
        "school_unit": "ekbacken",
        "school_year": "2027/2028",
    },
    "facts": {
        "leisure_offered": True,
        "diet_certificate": True,
        "mother_tongue_offered": True,
        "device_loan_offered": True,
    },
}


@pytest.fixture(scope="module")
def form() -> CompiledForm:
    directory = parse_directory((EXAMPLES / "directory.toml").read_text())
    return compiled_once(written("skolstart"), directory.code_lists)


def section(*variants: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(variants)


WANTED = {
    "want": True,
    "from": "2027-08-17",
    "need": "work",
    "household": "alone",
    "highest_fee": True,
    "schedule": {"monday": {"drop": "07:30", "fetch": "16:30"}},
}
answer_sets = st.fixed_dictionaries(
    {
        "enrolment": section(
            PLAIN["enrolment"],
            PLAIN["enrolment"] | {"choices": ["strandskolan"]},
            {"start": "as_usual", "choosing": False},
        ),
        "leisure": section({"want": False}, WANTED, WANTED | {"need": "studies"}),
        "contacts": section(
            PLAIN["contacts"],
            PLAIN["contacts"] | {"mobile": "0701740699", "mail": "b@example.se"},
            PLAIN["contacts"] | {"interpreter": True, "interpreter_language": "ckb"},
        ),
        "diet": section(
            {"need": False},
            ALLERGY,
            ALLERGY | {"note": "Äter helst ensam", "acute": False},
            ALLERGY | {"avoid": ["milk"], "milk": "protein", "kind": ["celiac"]},
            {"need": True, "kind": ["other_food"], "style": "vegan"},
        ),
        "health": section(
            PLAIN["health"],
            PLAIN["health"] | {"conditions": ["asthma"], "vaccinated": "no"},
        ),
        "mother_tongue": section(
            PLAIN["mother_tongue"],
            {"languages": ["ckb"], "apply": True, "language": "ckb", "daily": True},
        ),
        "transport": section(
            {"apply": False}, {"apply": True, "ground": ["long"], "stop": "Torget"}
        ),
        "photo": section(
            PLAIN["photo"], YES, YES | {"web": False}, YES | {"print": False}
        ),
        "digital": section({"rules": True}, {"rules": True, "loan": True}),
    }
)


def whole(form: CompiledForm, answers: dict[str, Any]) -> Any:
    return settle(form, HEADER | answers).answers


def payload(form: CompiledForm, receiver: Receiver, answers: Any) -> bytes | None:
    found = project(form, receiver, answers, ref="r")
    return found.bytes() if found else None


def addressed(form: CompiledForm, receiver: Receiver, answers: Any) -> Any:
    return {
        pointer: list(expand(answers, pointer)) for pointer in reads(form, receiver)
    }


def leaves(value: Any, pointer: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from leaves(member, f"{pointer}/{name}")
    elif pointer:
        yield pointer


@settings(max_examples=60, deadline=None)
@given(one=answer_sets, other=answer_sets)
def test_equal_addressed_answers_are_equal_bytes_and_no_new_version(
    form: CompiledForm, one: dict[str, Any], other: dict[str, Any]
) -> None:
    """Give the second family everything a receiver reads of the first's, and compare."""
    first, second = whole(form, one), whole(form, other)
    for receiver in receivers(form):
        pointers = reads(form, receiver)
        mixed = second
        for pointer in leaves(second):
            if any(covers(p, pointer) for p in pointers):
                mixed = with_value(mixed, pointer, ABSENT)
        for pointer in pointers:
            for place, value in expand(first, pointer):
                if not any(part.isdigit() for part in place.split("/")):
                    mixed = with_value(mixed, place, value)
        mixed = _with_rows(mixed, first, pointers)
        if addressed(form, receiver, mixed) != addressed(form, receiver, first):
            continue
        told = payload(form, receiver, first)

        assert payload(form, receiver, mixed) == told, receiver.id
        assert _next(receiver.id, told, payload(form, receiver, mixed)) == ()


def test_the_pairs_differ_in_what_is_not_addressed(form: CompiledForm) -> None:
    kitchen = next(r for r in receivers(form) if r.id == "diet.kitchen")
    quiet = whole(form, PLAIN | {"diet": ALLERGY})
    loud = whole(
        form,
        PLAIN
        | {
            "diet": ALLERGY,
            "photo": YES,
            "health": PLAIN["health"] | {"conditions": ["asthma"]},
            "contacts": PLAIN["contacts"] | {"mail": "b@example.se"},
        },
    )

    assert quiet != loud
    assert payload(form, kitchen, quiet) == payload(form, kitchen, loud)


def _with_rows(mixed: Any, first: Any, pointers: frozenset[str]) -> Any:
    """Take rows over whole where only some of their cells are addressed."""
    for pointer in pointers:
        above, star, _ = pointer.partition("/*")
        if star:
            mixed = with_value(mixed, above, get(first, above))
    return mixed


def _next(receiver: str, told: bytes | None, now: bytes | None) -> tuple[object, ...]:
    streams = {
        receiver: Stream(
            id="s",
            receiver=receiver,
            department="d",
            version=1,
            mac=_mac(receiver, told or b""),
            is_ended=told is None,
        )
    }
    return changes(streams, {receiver: now}, _mac)


def _mac(receiver: str, content: bytes) -> str:
    return receiver + content.decode()
