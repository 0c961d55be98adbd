"""The form engine: compiling, settling, checking."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import jsonschema_rs

from benchmarks.measuring import Figure, Side, figure, side_by_side
from formbuilder.demo import family
from schemas.compiling import compile_form
from schemas.definition import FormDefinition
from schemas.directory import Directory, parse_directory
from schemas.errors import DefinitionRefused
from schemas.parsing import parse_definition
from schemas.section_files import folder_reader
from schemas.settling import settle
from schemas.validation import faults

EXAMPLES: Final = Path(__file__).parents[1] / "examples"
SCHOOL_START: Final = EXAMPLES / "skolstart.json"

BARE_CHECK: Final = """
import json, sys, jsonschema_rs
for name in sys.argv[1:]:
    jsonschema_rs.meta.validate(json.load(open(name))["schema"])
"""


def school_start() -> FormDefinition:
    """Return the school start as its files have it."""
    parsed = parse_definition(
        SCHOOL_START.read_text(encoding="utf-8"),
        file=str(SCHOOL_START),
        read=folder_reader(EXAMPLES),
    )
    if parsed.definition is None:
        raise DefinitionRefused(parsed.problems)
    return parsed.definition


def directory() -> Directory:
    """Return the municipality of the examples."""
    return parse_directory((EXAMPLES / "directory.toml").read_text(encoding="utf-8"))


def engine_figures(rounds: int) -> list[Figure]:
    """Return what the engine costs beside the validator inside it."""
    definition, codes = school_start(), directory().code_lists
    form = compile_form(definition, codes)
    bundle = json.dumps(form.schema)
    answers = dict(family.SARAS_ANSWERS)
    stored = json.dumps(answers)
    return [
        side_by_side(
            "Compiling the school start",
            "jsonschema-rs compiling the same schema from text",
            Side(work=lambda: compile_form(definition, codes)),
            Side(work=lambda: jsonschema_rs.validator_for(json.loads(bundle))),
            rounds=rounds,
        ),
        side_by_side(
            "Settling and checking a whole answer",
            "json and jsonschema-rs over the same answers",
            Side(work=lambda: faults(form, settle(form, answers))),
            Side(work=lambda: list(form.validator.iter_errors(json.loads(stored)))),
            rounds=rounds,
        ),
        _command(rounds),
    ]


def _command(rounds: int) -> Figure:
    ours = [sys.executable, "-m", "formbuilder", "check", str(SCHOOL_START)]
    files = [SCHOOL_START, *sorted((EXAMPLES / "sections").glob("*.json"))]
    floor = [sys.executable, "-c", BARE_CHECK, *map(str, files)]
    return figure(
        "formbuilder check, a process",
        "Python checking the same schemas with jsonschema-rs",
        [(_seconds(ours), _seconds(floor)) for _ in range(min(rounds, 5))],
    )


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own interpreter and words
        command, check=True, capture_output=True, cwd=EXAMPLES.parent
    )
    return time.perf_counter() - start
