"""Everything that is checked of a form's accessibility; a rule lists itself in its module."""

from collections.abc import Callable, Iterator
from typing import Final

from formbuilder.accessibility.rules import languages, names, structure, wording
from formbuilder.accessibility.seen import Seen
from schemas.errors import Problem

Rule = Callable[[Seen], Iterator[Problem]]

BUILT_IN: Final[tuple[Rule, ...]] = (
    *names.RULES,
    *structure.RULES,
    *wording.RULES,
    *languages.RULES,
)
