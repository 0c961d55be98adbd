"""Everything that is checked in a definition; a new rule is added to its module's RULES."""

from collections.abc import Callable, Iterator
from typing import Final

from schemas.errors import Problem
from schemas.lint_rules import (
    addresses,
    askable,
    asking,
    comparing,
    conditions,
    directory,
    limits,
    pages,
    references,
    responsibility,
    sections,
    signing,
    texts,
    translations,
    values,
    views,
)
from schemas.lint_subject import Subject

Rule = Callable[[Subject], Iterator[Problem]]

BUILT_IN: Final[tuple[Rule, ...]] = (
    *references.RULES,
    *values.RULES,
    *limits.RULES,
    *askable.RULES,
    *addresses.RULES,
    *sections.RULES,
    *conditions.RULES,
    *comparing.RULES,
    *asking.RULES,
    *pages.RULES,
    *signing.RULES,
    *views.RULES,
    *responsibility.RULES,
    *directory.RULES,
    *texts.RULES,
    *translations.RULES,
)

OF_KEYS: Final[tuple[Rule, ...]] = (
    references.remote_reference,
    *values.RULES,
    sections.section_name_clash,
    sections.duplicate_id,
    directory.unknown_controller,
    directory.unknown_department,
    directory.unknown_channel,
    directory.unknown_document,
)
"""Rules that also hold for parts of a definition."""
