"""Patterns and formats that cannot be checked as they are written."""

from collections.abc import Iterator

from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.patterns import is_linear
from schemas.pointers import join

HHMM = "^([01][0-9]|2[0-3]):[0-5][0-9]$"


def format_time(subject: Subject) -> Iterator[Problem]:
    """FB116: the format `time` needs an offset, which nobody types."""
    for at, schema in subject.written_schemas():
        if schema.get("format") == "time":
            yield problem(
                "FB116",
                at + "/format",
                "format: time kräver en tidszon, så 07:30 godtas inte.",
                f'Skriv "pattern": "{HHMM}" i stället.',
                subject.strictness,
            )


def refused_pattern(subject: Subject) -> Iterator[Problem]:
    """FB172: a pattern that a linear engine cannot run."""
    for at, schema in subject.written_schemas():
        patterns = [("/pattern", schema.get("pattern"))]
        named = schema.get("patternProperties")
        patterns += [
            (join("patternProperties", name), name)
            for name in (named if isinstance(named, dict) else {})
        ]
        for place, pattern in patterns:
            if isinstance(pattern, str) and not is_linear(pattern):
                yield problem(
                    "FB172",
                    at + place,
                    f"Mönstret {pattern} kan inte köras säkert.",
                    "Skriv om det utan bakåtreferenser (\\1) och utan (?=…), (?!…), "
                    "(?<…), och kontrollera parenteserna.",
                )


RULES = (format_time, refused_pattern)
