"""Everything in a definition that an author should know before it meets a family."""

from schemas.definition import FormDefinition
from schemas.directory import Directory
from schemas.errors import Problem
from schemas.lint_rules import BUILT_IN, OF_KEYS
from schemas.lint_subject import CHANNELS, DOCUMENTS, Subject


def lint(
    definition: FormDefinition,
    directory: Directory | None,
    *,
    documents: frozenset[str] = DOCUMENTS,
    channels: frozenset[str] = CHANNELS,
) -> tuple[Problem, ...]:
    """Return every problem found, with pointers into the whole document.

    Without a directory, keys that name something in it are not checked.
    """
    subject = Subject(
        definition=definition,
        directory=directory,
        documents=documents,
        channels=channels,
    )
    return tuple(problem for rule in BUILT_IN for problem in rule(subject))


def lint_remains(
    definition: FormDefinition,
    directory: Directory | None,
    *,
    channels: frozenset[str] = CHANNELS,
) -> tuple[Problem, ...]:
    """Return what is wrong with the sound places of a broken definition.

    Only unknown keys, references and patterns: what seems to be missing may stand in
    a place that could not be read.
    """
    subject = Subject(definition=definition, directory=directory, channels=channels)
    return tuple(problem for rule in OF_KEYS for problem in rule(subject))
