"""Settling, held to an evaluator of its own that asks one question after another.

Forms are drawn with every applicator that decides what is asked; the evaluator knows
nothing of JSON Schema, only what each rule was drawn to mean.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.compiling import compile_form
from schemas.pointers import ABSENT, with_values
from schemas.settling import settle, unpark
from tests.schemas.forms import definition, form, section

YES_NO = {"type": "boolean", "title": "?"}
MOST = 7
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Rule:
    """A question that is asked, or refused, depending on earlier ones."""

    name: str
    how: str
    on: str
    other: str
    value: bool

    @property
    def refuses(self) -> bool:
        return self.how == "refused"

    def holds(self, kept: Answers, chosen: int | None) -> bool:
        """Tell whether the rule asks (or refuses), by what is kept so far."""
        is_value = kept.get(self.on) is self.value
        return {
            "then": is_value,
            "else": not is_value,
            "refused": is_value,
            "not": self.on not in kept,
            "dependent": self.on in kept,
            "both": is_value and kept.get(self.other) is self.value,
            "either": is_value or kept.get(self.other) is self.value,
            "reference": is_value,
            "key": is_value,
            "choice": chosen == int(self.value),
            "counted": self.on in kept,
        }[self.how]

    def schema(self) -> Any:
        """Return the rule as the author of a form would write it."""
        asks = {"properties": {self.name: YES_NO}}
        test = _is(self.on, self.value)
        beside = [test, _is(self.other, self.value)]
        return {
            "then": {"if": test, "then": asks},
            "else": {"if": test, "else": asks},
            "refused": {"if": test, "then": {"properties": {self.name: False}}},
            "not": {"if": {"not": {"required": [self.on]}}, "then": asks},
            "dependent": {"dependentSchemas": {self.on: asks}},
            "both": {"if": {"allOf": beside}, "then": {"allOf": [asks]}},
            "either": {"if": {"anyOf": beside}, "then": asks},
            "reference": {"if": test, "then": {"$ref": f"#/$defs/{self.name}"}},
            "key": _keyed(self.on, self.value, asks),
            "choice": _choice(self.value, asks),
            "counted": _counted(self.on, asks),
        }[self.how]


def _is(name: str, value: bool) -> Any:
    return {"required": [name], "properties": {name: {"const": value}}}


def _keyed(on: str, value: bool, asks: Any) -> Any:
    other = {"required": [on], "properties": {on: {"const": not value}}}
    branch = {
        "required": [on],
        "properties": {on: {"const": value}, **asks["properties"]},
    }
    return {"oneOf": [branch, other]}


def _choice(value: bool, asks: Any) -> Any:
    branches = [asks, {"properties": {}}] if not value else [{"properties": {}}, asks]
    return {"anyOf": branches}


def _counted(on: str, asks: Any) -> Any:
    """Ask by a value that is worked out: one when the question is answered."""
    name = f"n_{on}"
    count = {
        "type": "integer",
        "title": "#",
        "readOnly": True,
        "calculate": {"count": on},
    }
    return {
        "properties": {name: count},
        "if": {"required": [name], "properties": {name: {"minimum": 1}}},
        "then": asks,
    }


HOWS = [
    "then", "else", "refused", "not", "dependent", "both", "either", "reference",
    "key", "choice", "counted",
]  # fmt: skip


@st.composite
def drawn_rules(draw: Any) -> tuple[list[str], list[Rule]]:
    """Draw questions, of which later ones depend on earlier ones."""
    names = [f"q{i}" for i in range(draw(st.integers(2, MOST)))]
    rules: list[Rule] = []
    for index in range(1, len(names)):
        for _ in range(draw(st.integers(0, 2))):
            how = draw(st.sampled_from(HOWS))
            if how == "choice" and any(rule.how == "choice" for rule in rules):
                how = "then"  # One choice a form, so that it has one place.
            # A key is asked wherever its union is, so it is one that always is.
            on = names[0] if how == "key" else draw(st.sampled_from(names[:index]))
            other = draw(st.sampled_from(names[:index]))
            rules.append(Rule(names[index], how, on, other, draw(st.booleans())))
    return names, rules


def as_schema(names: list[str], rules: list[Rule]) -> Any:
    conditional = {rule.name for rule in rules if not rule.refuses}
    return {
        "type": "object",
        "properties": {n: YES_NO for n in names if n not in conditional},
        "$defs": {n: {"properties": {n: YES_NO}} for n in names},
        "allOf": [{}, *(rule.schema() for rule in rules)],
    }


def in_order(
    names: list[str], rules: list[Rule], answers: Answers, chosen: int | None
) -> tuple[list[str], dict[str, bool]]:
    """Ask one question after another, keeping what is asked and answered."""
    asked: list[str] = []
    kept: dict[str, bool] = {}
    for name in names:
        own = [rule for rule in rules if rule.name == name]
        asking = [r.holds(kept, chosen) for r in own if not r.refuses]
        refused = any(r.holds(kept, chosen) for r in own if r.refuses)
        if (any(asking) or not asking) and not refused:
            asked.append(name)
            if name in answers:
                kept[name] = answers[name]
    return asked, kept


answers_to = st.dictionaries(
    st.sampled_from([f"q{i}" for i in range(MOST)]), st.booleans()
)
choices = st.none() | st.sampled_from([0, 1])


def only(answers: Answers, names: list[str]) -> dict[str, bool]:
    return {name: value for name, value in answers.items() if name in names}


def typed(answers: Any, chosen: int | None, place: str) -> Any:
    return {"s": answers} | ({"@choice": {place: chosen}} if chosen is not None else {})


def without_worked_out(answers: Answers) -> dict[str, Any]:
    return {n: v for n, v in answers.items() if not n.startswith("n_")}


def as_inferred(rules: list[Rule], answers: Answers, chosen: int | None) -> int | None:
    """Return the branch that answers without a choice show: the one that asks them."""
    found = next((rule for rule in rules if rule.how == "choice"), None)
    if found is None or chosen is not None:
        return chosen
    if not answers:
        return None
    # Where neither asks more, both fit, and the first of them is taken.
    return int(found.value) if found.name in answers else 0


@settings(max_examples=400)
@given(drawn_rules(), answers_to, choices)
def test_what_is_asked_and_kept_is_as_if_asked_in_order(
    drawn: tuple[list[str], list[Rule]], answers: dict[str, bool], chosen: int | None
) -> None:
    names, rules = drawn
    answers = only(answers, names)

    settled = settle(form(as_schema(names, rules)), typed(answers, chosen, "/s"))

    shown = as_inferred(rules, answers, chosen)
    asked, kept = in_order(names, rules, answers, shown)
    questions = [p for p in settled.asked if "@choice" not in p and "/n_" not in p]
    assert sorted(questions) == sorted(f"/s/{name}" for name in asked)
    assert without_worked_out(settled.answers["s"]) == kept


@settings(max_examples=100)
@given(drawn_rules(), st.lists(answers_to, max_size=3))
def test_every_row_is_as_if_it_were_asked_alone(
    drawn: tuple[list[str], list[Rule]], rows: list[dict[str, bool]]
) -> None:
    names, rules = drawn
    rows = [only(row, names) for row in rows]
    items = as_schema(names, rules)
    table = {"type": "array", "title": "Rader", "items": items}
    schema = {
        "type": "object",
        "properties": {"rows": {**table, "items": {**items, "$defs": {}}}},
        "$defs": items["$defs"],
    }

    settled = settle(form(schema), {"s": {"rows": rows}})

    kept = [
        in_order(names, rules, row, as_inferred(rules, row, None))[1] for row in rows
    ]
    found = settled.answers["s"].get("rows", [])
    assert [without_worked_out(row) for row in found] == kept


@settings(max_examples=100)
@given(drawn_rules(), answers_to, choices)
def test_settled_answers_settle_to_themselves(
    drawn: tuple[list[str], list[Rule]], answers: dict[str, bool], chosen: int | None
) -> None:
    compiled = form(as_schema(*drawn))

    once = settle(compiled, typed(answers, chosen, "/s"))
    again = settle(compiled, {**once.answers, "@choice": once.choices})

    assert again.answers == once.answers
    assert list(again.asked) == list(once.asked)
    assert again.dropped == ()


@settings(max_examples=100)
@given(drawn_rules(), answers_to, choices)
def test_nothing_typed_is_lost_while_it_is_parked(
    drawn: tuple[list[str], list[Rule]], answers: dict[str, bool], chosen: int | None
) -> None:
    settled = settle(form(as_schema(*drawn)), typed(answers, chosen, "/s"))

    back = unpark(settled.answers, settled.parked)

    assert without_worked_out(back["s"]) == answers


PLACES = [f"/{s}/q{i}" for s in "st" for i in range(3)] + ["/@choice/~1s"]
changes = st.dictionaries(
    st.sampled_from(PLACES), st.sampled_from([True, False, 1, ABSENT]), max_size=2
)


@settings(max_examples=300)
@given(drawn_rules(), drawn_rules(), answers_to, answers_to, st.lists(changes))
def test_what_changed_a_little_settles_as_if_it_were_new(
    first: tuple[list[str], list[Rule]],
    second: tuple[list[str], list[Rule]],
    answers: dict[str, bool],
    others: dict[str, bool],
    turns: list[dict[str, Any]],
) -> None:
    refused = {"properties": {"t": {"properties": {"q1": False}}}}
    across = {"if": {"properties": {"s": _is("q0", True)}}, "then": refused}
    compiled = compile_form(
        definition(
            section("s", as_schema(*first)),
            section("t", as_schema(*second)),
            header={"type": "object", **across},
        )
    )
    given_now: Any = {"s": answers, "t": others}
    before = settle(compiled, given_now)

    for change in turns:
        given_now = with_values(given_now, change)
        before = settle(compiled, given_now, before)
        anew = settle(compiled, given_now)
        assert before == replace(anew, asked=before.asked)
        assert list(before.asked) == list(anew.asked)
        assert json.dumps(before.answers) == json.dumps(anew.answers)
