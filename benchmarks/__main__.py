"""`python -m benchmarks`: measure everything, or what is named, and print a table."""

import argparse
import json
import logging
import sys
from collections.abc import Iterator
from typing import Final

from benchmarks import stage
from benchmarks.acceptance import acceptance_figures
from benchmarks.engine import engine_figures
from benchmarks.growth import growth_figures
from benchmarks.measuring import Figure, Spread
from benchmarks.pages import page_figures
from benchmarks.peers import peer_figures
from benchmarks.records import record_figures
from benchmarks.sealing import envelope_figures
from benchmarks.weight import weight_figures

PARTS: Final = (
    "pages",
    "peers",
    "growth",
    "memory",
    "acceptance",
    "envelope",
    "engine",
)


def main() -> int:
    """Measure and print."""
    asked = _arguments().parse_args()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    found = list(_figures(asked.part or list(PARTS), asked.rounds, asked.json))
    if asked.json:
        print(json.dumps([one.to_json() for one in found], indent=2))
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/benchmark", description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="all if none")
    parser.add_argument("--rounds", type=int, default=15, help="of ours and floor")
    parser.add_argument("--json", action="store_true", help="values, no table")
    return parser


def _figures(parts: list[str], rounds: int, quiet: bool) -> Iterator[Figure]:
    if not quiet:
        print(HEAD)
    for part in parts:
        for one in _part(part, rounds):
            if not quiet:
                print(line(one), flush=True)
            yield one


def _part(part: str, rounds: int) -> list[Figure]:
    if part in ALONE:
        return ALONE[part](rounds)
    with stage.stage() as on:
        return STAGED[part](on, rounds)


def _records(on: stage.Stage, rounds: int) -> list[Figure]:
    return [*acceptance_figures(on, rounds), *record_figures(on, rounds)]


ALONE: Final = {"envelope": envelope_figures, "engine": engine_figures}
STAGED: Final = {
    "pages": page_figures,
    "peers": peer_figures,
    "growth": growth_figures,
    "memory": weight_figures,
    "acceptance": _records,
}

HEAD: Final = (
    "| measured | ours | floor | ratio (lowest–highest) | of the processor | beside |\n"
    "| --- | --- | --- | --- | --- | --- |"
)


def line(one: Figure) -> str:
    """Return a figure as a row of the table."""
    ratio = one.ratio
    return (
        f"| {one.name} | {_amount(one.ours, one.unit)} | {_amount(one.floors, one.unit)}"
        f" | **{ratio.median:.2f}** ({ratio.lowest:.2f}–{ratio.highest:.2f})"
        f" | {f'{one.cpu.median:.2f}' if one.cpu else ''} | {one.floor} |"
    )


def _amount(found: Spread, unit: str) -> str:
    digits = 3 if found.median < 1 else 2 if found.median < 100 else 0  # noqa: PLR2004 - three figures that mean something
    return f"{found.median:.{digits}f} {unit}"


if __name__ == "__main__":
    sys.exit(main())
