"""What in a form keeps somebody from using it, found on its drawn pages."""

from collections.abc import Mapping

from formbuilder.accessibility.rules import BUILT_IN
from formbuilder.accessibility.seen import Seen
from schemas.codes import CodeList
from schemas.compiling import compile_form
from schemas.errors import DefinitionRefused, Problem
from schemas.lint_subject import Subject
from schemas.parsing import Parsed


def check_accessibility(
    parsed: Parsed, codes: Mapping[str, CodeList] | None = None
) -> tuple[Problem, ...]:
    """Return every problem with its place; none for what cannot become a form yet.

    No browser is needed: the rules read the HTML that people would be sent.
    """
    if parsed.definition is None:
        return ()
    try:
        form = compile_form(parsed.definition, codes or {})
    except DefinitionRefused:
        return ()
    seen = Seen(subject=Subject(definition=parsed.definition), form=form)
    found = (problem for rule in BUILT_IN for problem in rule(seen))
    return tuple(dict.fromkeys(map(parsed.locate, found)))
