"""Everything wrong with a definition or a directory: how it is written, what it means."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from schemas.compiling import CompiledForm, compile_form
from schemas.composing import valid_days
from schemas.definition import FormDefinition
from schemas.directory import Directory, parse_directory
from schemas.errors import DefinitionRefused, Problem
from schemas.lint_subject import CHANNELS
from schemas.linting import lint, lint_remains
from schemas.parsing import parse_definition
from schemas.pointers import join
from schemas.section_files import Reader
from schemas.trying import run_scenario


def check(
    text: str,
    *,
    file: str = "",
    read: Reader | None = None,
    directory_text: str | None = None,
    directory_file: str = "directory.toml",
    draft: bool = False,
    channels: frozenset[str] = CHANNELS,
) -> tuple[Problem, ...]:
    """Return every problem of a definition, placed in its files and in their order.

    Scenarios run only when nothing else is wrong. Without a directory, what it would
    know is not checked.
    """
    directory, problems = _directory(directory_text, directory_file)
    parsed = parse_definition(text, file=file, read=read, draft=draft)
    problems += parsed.problems
    if parsed.remains is not None:
        found = lint_remains(parsed.remains.definition, directory, channels=channels)
        problems += [parsed.locate(parsed.remains.original(one)) for one in found]
    if parsed.definition is not None:
        linted = _linted(parsed.definition, directory, channels)
        if not _has_errors([*problems, *linted]):
            linted += try_scenarios(parsed.definition, directory)
        problems += [parsed.locate(problem) for problem in linted]
    return tuple(sorted(dict.fromkeys(problems), key=_reading_order))


def _linted(
    definition: FormDefinition, directory: Directory | None, channels: frozenset[str]
) -> list[Problem]:
    try:
        return list(lint(definition, directory, channels=channels))
    except DefinitionRefused as refused:  # there is more of it than can be gone through
        return list(refused.problems)


def check_directory(text: str, *, file: str = "") -> tuple[Problem, ...]:
    """Return every problem of a municipality's directory, in reading order."""
    _, problems = _directory(text, file)
    return tuple(sorted(problems, key=_reading_order))


def try_scenarios(
    definition: FormDefinition, directory: Directory | None
) -> Iterator[Problem]:
    """Yield where the form does something else than its author's examples say."""
    if directory is None and definition.codes and definition.scenarios:
        yield Problem(
            code="FB181",
            pointer="/scenarios",
            message="Exemplen prövades inte, för kodlistorna finns i katalogen.",
            advice="Lägg directory.toml bredvid definitionen, eller ange den.",
            severity="warning",
        )
        return

    @cache
    def form(at: str) -> CompiledForm:
        return _compiled(definition, directory, at)

    for index, scenario in enumerate(definition.scenarios):
        try:
            yield from run_scenario(form(scenario.at), scenario)
        except DefinitionRefused as refused:
            place = join("scenarios", index)
            yield from (replace(problem, pointer=place) for problem in refused.problems)


def _compiled(
    definition: FormDefinition, directory: Directory | None, at: str
) -> CompiledForm:
    if directory is None:
        return compile_form(definition)
    lists = directory.code_lists
    if not at:
        return compile_form(definition, lists)
    day = date.fromisoformat(at)
    return compile_form(
        definition, lists, valid_days(definition, directory.settings, day)
    )


def _directory(text: str | None, file: str) -> tuple[Directory | None, list[Problem]]:
    if text is None:
        return None, []
    try:
        return parse_directory(text, file), []
    except DefinitionRefused as refused:
        return None, list(refused.problems)


def _has_errors(problems: list[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _reading_order(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line, problem.column, problem.code
