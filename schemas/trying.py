"""A form tried on given answers: what is asked, what is wrong, who gets what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.compiling import CompiledForm
from schemas.definition import Json, Scenario
from schemas.errors import Problem
from schemas.pointers import ABSENT, get, join, with_value
from schemas.projection import Payload, project, receivers
from schemas.settling import Settled, settle
from schemas.units import combine, header_answers, unit_answers, units_of
from schemas.validation import check, unasked

TRIED: Final = "try"
"""The id a payload has when nothing is delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryResult:
    """What came of trying a form.

    `answers` are settled and shared, `own` each guardian's; `views` has every
    receiver's payload by the receiver's id, None when it gets nothing.
    """

    asked: tuple[str, ...]
    problems: tuple[Problem, ...]
    answers: Json
    own: Mapping[str, Json]
    views: Mapping[str, Payload | None]
    settled: tuple[Settled, ...]

    @property
    def is_valid(self) -> bool:
        """Return whether the answers could be sent."""
        return not self.problems


def try_answers(
    form: CompiledForm,
    answers: Json,
    facts: Json,
    own: Mapping[str, Json] | None = None,
    language: str = "sv",
) -> TryResult:
    """Settle and check the answers on top of the facts, and show every view.

    `own` holds what each guardian answers alone; each is checked with the shared
    answers, and joint consents come to a yes only when all say yes.
    """
    given = own or {}
    documents = [combine([answers, document, facts]) for document in given.values()]
    settled = [settle(form, one) for one in documents or [combine([answers, facts])]]
    shared, each = _together(form, settled) if given else (settled[0].answers, ())
    asked = dict.fromkeys(pointer for one in settled for pointer in one.asked)
    problems = dict.fromkeys(
        problem
        for one in settled
        for problem in (*unasked(one, language), *check(form, one, language))
    )
    return TryResult(
        asked=tuple(asked),
        problems=tuple(problems),
        answers=shared,
        own=dict(zip(given, each, strict=True)),
        views={
            receiver.id: project(
                form, receiver, shared, ref=TRIED, language=language, own=each
            )
            for receiver in receivers(form)
        },
        settled=tuple(settled),
    )


def run_scenario(form: CompiledForm, scenario: Scenario) -> tuple[Problem, ...]:
    """Return where the scenario came out otherwise than its author expects."""
    result = try_answers(form, scenario.answers, scenario.facts, scenario.own)
    names = [one.name for one in form.definition.scenarios]
    index = names.index(scenario.name) if scenario.name in names else 0
    place = join("scenarios", index, "expect")
    expect = scenario.expect
    return (
        *_asked(result, expect, place, scenario),
        *_verdict(result, expect, place, scenario),
        *_faults(result, expect, place, scenario),
        *_views(form, result, expect, place, scenario),
    )


def _together(
    form: CompiledForm, settled: Sequence[Settled]
) -> tuple[Json, tuple[Json, ...]]:
    """Return the shared answers with joint consents decided, and each own document."""
    everyone = [one.answers for one in settled]
    shared = [header_answers(form.definition, everyone[0])]
    each: list[list[Json]] = [[] for _ in everyone]
    for unit in units_of(form.definition):
        said = [unit_answers(unit, document) for document in everyone]
        if unit.is_joint_consent:
            shared.append(_agreed(said, tuple(unit.consents)))
        elif unit.is_own:
            for documents, one in zip(each, said, strict=True):
                documents.append(one)
        else:
            shared.append(said[0])
    # A consent decided together may leave its follow-up questions unasked.
    joined = settle(form, combine(shared)).answers
    return joined, tuple(combine(documents) for documents in each)


def _agreed(documents: Sequence[Json], consents: Sequence[str]) -> Json:
    """Return what all say together: a yes only if everyone says yes (B9)."""
    agreed = documents[0]
    for pointer in consents:
        said = [get(document, pointer) for document in documents]
        if any(value is not ABSENT for value in said):
            agreed = with_value(agreed, pointer, all(value is True for value in said))
    return agreed


def _asked(
    result: TryResult, expect: Json, place: str, scenario: Scenario
) -> list[Problem]:
    asked = {*result.asked, *(c for one in result.settled for c in one.containers)}
    missing = [
        _surprise(scenario, place + join("asked", i), f"{pointer} ställs inte.")
        for i, pointer in enumerate(expect.get("asked", ()))
        if pointer not in asked
    ]
    return missing + [
        _surprise(scenario, place + join("not_asked", i), f"{pointer} ställs.")
        for i, pointer in enumerate(expect.get("not_asked", ()))
        if pointer in asked
    ]


def _verdict(
    result: TryResult, expect: Json, place: str, scenario: Scenario
) -> list[Problem]:
    if "valid" not in expect or expect["valid"] is result.is_valid:
        return []
    found = "; ".join(f"{p.pointer}: {p.message}" for p in result.problems)
    said = f"svaren godtas inte: {found}" if found else "svaren godtas."
    return [_surprise(scenario, place + "/valid", said)]


def _faults(
    result: TryResult, expect: Json, place: str, scenario: Scenario
) -> list[Problem]:
    """Compare the faults: exactly those expected, with their codes where given."""
    found: list[Problem] = []
    for name in ("problems", "errors"):
        if name not in expect:
            continue
        wanted = expect[name]
        got: dict[str, list[str]] = {}
        for problem in result.problems:
            got.setdefault(problem.pointer, []).append(problem.code)
        codes = wanted if isinstance(wanted, Mapping) else dict.fromkeys(wanted)
        for pointer, code in codes.items():
            if pointer not in got or (code is not None and code not in got[pointer]):
                said = f"{pointer} ger {', '.join(got.get(pointer, ['inget fel']))}."
                found.append(_surprise(scenario, f"{place}/{name}", said))
        found += [
            _surprise(scenario, f"{place}/{name}", f"{pointer} ger {', '.join(more)}.")
            for pointer, more in got.items()
            if pointer not in codes
        ]
    return found


def _views(
    form: CompiledForm, result: TryResult, expect: Json, place: str, scenario: Scenario
) -> list[Problem]:
    """Compare what receivers get; a department stands for its only payload."""
    found = []
    for name, wanted in expect.get("receivers", {}).items():
        ids = [r.id for r in receivers(form) if name in (r.id, r.department)]
        got = [_said(view) for i in ids if (view := result.views[i]) is not None]
        expected = (
            [] if wanted is None else wanted if isinstance(wanted, list) else [wanted]
        )
        if got != [_without_blanks(one) for one in expected]:
            said = f"{name} får {got or 'ingenting'}."
            if not ids:
                said = f"Det finns ingen mottagare som heter {name}."
            found.append(_surprise(scenario, place + join("receivers", name), said))
    return found


def _said(view: Payload) -> dict[str, Json]:
    return _without_blanks(view.values())


def _without_blanks(values: Mapping[str, Json]) -> dict[str, Json]:
    """Leave out columns without a value: a scenario need not name them."""
    return {name: value for name, value in values.items() if value is not None}


def _surprise(scenario: Scenario, pointer: str, said: str) -> Problem:
    return Problem(
        code="FB180",
        pointer=pointer,
        message=f"Scenariot ”{scenario.name}” gick annorlunda: {said}",
        advice="Ändra formuläret eller det som scenariot väntar sig.",
    )
