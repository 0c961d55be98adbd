"""A case taken through import, check and try, in this process and in bounded time."""

import json
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal

from formbuilder.corpus.case import Case, Instance
from formbuilder.corpus.verdicts import Judgement, judge
from schemas.checking import check
from schemas.compiling import CompiledForm, compile_form
from schemas.definition import Json
from schemas.errors import DefinitionRefused, Problem
from schemas.importing.making import Imported, import_schema
from schemas.parsing import parse_definition

SECONDS: Final = 120.0
Fate = Literal["form", "refused", "crash", "slow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a case: a form, or why not; and how its answers fared."""

    case: Case
    fate: Fate
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    questions: int = 0
    pages: int = 0
    trace: str = ""


class _Late(Exception):  # noqa: N818 - control flow inside this module
    """The case took longer than it may."""


def run(case: Case, *, with_ui: bool = True, seconds: float = SECONDS) -> Outcome:
    """Take a case the whole way; whatever happens is its outcome."""
    try:
        with _bounded(seconds):
            return _run(case, with_ui=with_ui)
    except _Late:
        return Outcome(case=case, fate="slow", trace=f"over {seconds:.0f} s")
    except Exception:  # noqa: BLE001 - a crash is one of the outcomes counted here
        return Outcome(case=case, fate="crash", trace=traceback.format_exc())


def _run(case: Case, *, with_ui: bool) -> Outcome:
    try:
        form, made = made_form(case, frozenset(), with_ui=with_ui)
    except DefinitionRefused as refused:
        return Outcome(case=case, fate="refused", problems=refused.problems)
    forms: dict[frozenset[str], CompiledForm | None] = {frozenset(): form}
    judgements = []
    for one in case.instances:
        if one.leaves_out not in forms:
            forms[one.leaves_out] = _variant(case, one, with_ui=with_ui)
        variant = forms[one.leaves_out]
        if variant is not None:
            schema = case.without(one.leaves_out)
            judgements.append(judge(variant, schema, one, made.root))
    return Outcome(
        case=case,
        fate="form",
        notices=(*made.told, *made.notices),
        judgements=tuple(judgements),
        questions=len(form.questions),
        pages=sum(len(section.pages) for section in form.definition.sections),
    )


def _variant(case: Case, one: Instance, *, with_ui: bool) -> CompiledForm | None:
    try:
        return made_form(case, one.leaves_out, with_ui=with_ui)[0]
    except DefinitionRefused:
        return None


def made_form(
    case: Case, leaves_out: frozenset[str], *, with_ui: bool
) -> tuple[CompiledForm, Imported]:
    """Import a case and check it as a draft.

    Raises:
        DefinitionRefused: it cannot become a form, with every error found.
    """
    schema: Json = case.without(leaves_out)
    made = import_schema(schema, case.ui if with_ui else None, name=case.name)
    text = json.dumps(made.document, ensure_ascii=False)
    found = check(text, draft=True)
    errors = [one for one in found if one.severity == "error"]
    parsed = parse_definition(text, draft=True)
    if errors or parsed.definition is None:
        raise DefinitionRefused(errors)
    return compile_form(parsed.definition), made


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
