"""What stands in the kinds of answer that are not chosen, where one may be of several.

An answer is of one kind. What was typed in another waits beside it in the draft, as it
would be posted, to come back when that kind is chosen again.
"""

from collections.abc import Iterable, Iterator

from schemas.alternatives import Alternatives, chosen_in, of_kind
from schemas.field_type import Question, Raw
from schemas.field_types.rows import kept_rows
from schemas.inside import joint, name_below, own

Posts = Iterator[tuple[str, list[str]]]


def unchosen(question: Question, raw: Raw) -> dict[str, list[str]]:
    """Return what was posted of kinds that are not chosen, of rows where they are kept.

    All of the question can be read.
    """
    return dict(_unchosen(question, raw)) if has_kinds(question) else {}


def has_kinds(question: Question) -> bool:
    """Tell whether an answer, or some part of it, may be of several kinds."""
    return question.kind == Alternatives.key or any(map(has_kinds, question.parts))


def _unchosen(question: Question, raw: Raw) -> Posts:
    if question.kind == Alternatives.key:
        yield from _of_others(question, raw)
    elif question.kind == "rows":
        for place, row in enumerate(kept_rows(raw, question)):
            for key, texts in _inside(question, question.parts, row):
                yield f"{place}.{key}", texts
    else:
        yield from _inside(question, question.parts, raw)


def _inside(question: Question, parts: Iterable[Question], raw: Raw) -> Posts:
    for part in filter(has_kinds, parts):
        name = name_below(part, question)
        for key, texts in _unchosen(part, own(raw, name, part)):
            yield f"{name}{joint(part)}{key}" if name else key, texts


def _of_others(question: Question, raw: Raw) -> Posts:
    """Yield what stands in the kinds beside the chosen one, and beside it in that."""
    index = chosen_in(raw)
    if index is None:
        return
    chosen = of_kind(question, index)
    for part in question.parts[1:]:
        if part in chosen:
            continue
        name = name_below(part, question)
        for key, texts in own(raw, name, part).items():
            if any(texts):
                yield f"{name}{joint(part)}{key}" if key else name, list(texts)
    yield from _inside(question, chosen, raw)
