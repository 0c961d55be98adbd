"""What a page costs for each question or row, as the page grows."""

from typing import Final

from benchmarks import large_form
from benchmarks.measuring import Figure, Side, Work, side_by_side
from benchmarks.stage import Stage, begin, begin_alone, call
from schemas.compiling import compile_form
from schemas.definition import FormDefinition, Json
from schemas.settling import settle
from schemas.validation import faults

SIZES: Final = {
    "questions": (200, 500),
    "items in a table": (500, 1000),
    "items as lines": (500, 1000),
}
SMALL: Final = 100


def growth_figures(on: Stage, rounds: int) -> list[Figure]:
    """Return the larger pages beside the smallest: ratio 1 grows in proportion.

    The smallest is repeated as many times as the larger one is larger.
    """
    begin(on, {})
    rounds = min(rounds, 5)
    found = []
    for kind, counts in SIZES.items():
        small, checked = _shown(on, kind, SMALL), _checked(kind, SMALL)
        for count in counts:
            large = _shown(on, kind, count)
            found += [
                _beside(f"GET, {count} {kind}", large, small, count, rounds),
                _beside(
                    f"Settling and checking {count} {kind}",
                    _checked(kind, count),
                    checked,
                    count,
                    rounds,
                ),
            ]
    return found


def _beside(name: str, large: Work, small: Work, count: int, rounds: int) -> Figure:
    times = count // SMALL
    return side_by_side(
        name,
        f"{times} × the same with {SMALL}",
        Side(work=large),
        Side(work=lambda: [small() for _ in range(times)]),
        rounds=rounds,
    )


def _shown(on: Stage, kind: str, count: int) -> Work:
    definition, answers = _form(kind, count)
    page = begin_alone(on, definition, answers)
    get = call(on, page.url.removeprefix(on.town.url))
    return lambda: get(on.app)


def _checked(kind: str, count: int) -> Work:
    definition, answers = _form(kind, count)
    form = compile_form(definition)
    return lambda: faults(form, settle(form, answers))


def _form(kind: str, count: int) -> tuple[FormDefinition, Json]:
    if kind == "questions":
        return large_form.large_form(count), large_form.answers(count)
    is_summed = kind == "items as lines"
    table = large_form.long_table(count, is_summed=is_summed)
    return table, large_form.items(count)
