"""What is found once for a compiled form, and forgotten with it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from schemas.compiling import CompiledForm

P = ParamSpec("P")
R = TypeVar("R")
Work = Callable[Concatenate[CompiledForm, P], R]


def kept_with_form(work: Work[P, R]) -> Work[P, R]:
    """Remember what the work returned for each form and argument.

    The arguments are hashable and as few as the form has parts, never answers; what
    is returned does not hold the form.
    """
    known: WeakKeyDictionary[CompiledForm, dict[object, R]] = WeakKeyDictionary()

    @wraps(work)
    def once(form: CompiledForm, /, *given: P.args, **named: P.kwargs) -> R:
        of_form = known.get(form)
        if of_form is None:
            of_form = known.setdefault(form, {})
        key = (given, tuple(named.items())) if named else (given,)
        if key not in of_form:
            of_form[key] = work(form, *given, **named)
        return of_form[key]

    return once
