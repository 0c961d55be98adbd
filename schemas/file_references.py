"""Which files answers name: each by the SHA-256 of its bytes, which lie elsewhere.

A question about files is known by its pointer with `*` for rows, wherever its row has
been moved: what was attached to one row of it is attached to the question.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_names import pointer_of
from schemas.field_type import Question, Raw
from schemas.field_types.file import REFERENCE
from schemas.field_types.rows import USUAL_ROWS
from schemas.keeping import kept_with_form
from schemas.places_on_pages import in_answers
from schemas.pointers import ABSENT, expand, get, with_value

USUAL_FILES: Final = 20
"""How many files a draft may hold that asks for no more."""
MOST_FILES: Final = 200
"""How many files a draft may ever hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswer:
    """One file as an answer names it; `pointer` is the question's, rows as `*`."""

    pointer: str
    reference: str


def file_answers(form: CompiledForm, answers: Json) -> tuple[FileAnswer, ...]:
    """Return the files that answers to questions about files name, in order."""
    return tuple(one for _, one in placed_files(form, answers))


def placed_files(form: CompiledForm, answers: Json) -> Iterator[tuple[str, FileAnswer]]:
    """Yield each file that answers name, and where its answer stands."""
    has_rows = form.asking.numbered.has_rows
    for pointer in asking_for_files(form):
        for place, value in expand(answers, pointer):
            for reference in references(value) if has_rows(pointer, place) else ():
                yield place, FileAnswer(pointer=pointer, reference=reference)


def typed_files(
    form: CompiledForm, raws: Mapping[str, Raw]
) -> Iterator[tuple[str, str, FileAnswer]]:
    """Yield each file that what was posted names, by question and key it stands at."""
    for pointer, raw in raws.items() if asking_for_files(form) else ():
        for key, texts in raw.items():
            if not names_any(texts):
                continue
            question = file_question(form, pointer + pointer_of(key))
            if question is not None:
                for text in references(texts):
                    named = FileAnswer(pointer=question.pointer, reference=text)
                    yield pointer, key, named


@kept_with_form
def asking_for_files(form: CompiledForm) -> tuple[str, ...]:
    """Return the pointers of the questions that ask for files, rows as `*`."""
    return tuple(p for p, question in form.questions.items() if question.kind == "file")


@kept_with_form
def most_files(form: CompiledForm) -> int:
    """Return how many files a draft may hold: all that the form asks for, within reason.

    Where the schema sets no number of rows or files, the usual one counts.
    """
    asked = sum(_most_at(form, pointer) for pointer in asking_for_files(form))
    return min(max(asked, USUAL_FILES), MOST_FILES)


def _most_at(form: CompiledForm, pointer: str) -> int:
    """Return how many files a question may be answered with, in all rows together."""
    question = form.questions[pointer]
    is_list = "items" in question.schema
    most = question.schema.get("maxItems", USUAL_FILES) if is_list else 1
    above = pointer
    while "/*" in above:
        above = above.rpartition("/*")[0]
        group = form.questions.get(above)
        most *= group.schema.get("maxItems", USUAL_ROWS) if group else USUAL_ROWS
    return int(most)


def file_question(form: CompiledForm, place: str) -> Question | None:
    """Return the question about files that a page asks at a place, None if none is."""
    pattern = form.asking.numbered.general(in_answers(place))
    question = form.questions.get(pattern)
    return question if question is not None and question.kind == "file" else None


def without_files(
    form: CompiledForm, answers: Json, is_out: Callable[[FileAnswer], bool]
) -> Json:
    """Return answers that do not name the files that are out.

    A tuple ends before the position of such a file.
    """
    for place, one in tuple(placed_files(form, answers)):
        value = get(answers, place)
        if not is_out(one) or one.reference not in references(value):
            continue  # A tuple may have ended before it.
        if isinstance(value, list):
            value = [item for item in value if item != one.reference]
        else:
            value = []
        if value:
            answers = with_value(answers, place, value)
        else:
            answers = _without_answer(answers, place)
    return answers


def _without_answer(answers: Json, place: str) -> Json:
    above, _, last = place.rpartition("/")
    around = get(answers, above)
    if not isinstance(around, list):
        return with_value(answers, place, ABSENT)
    left = around[: int(last)]
    is_row = isinstance(get(answers, above.rpartition("/")[0]), list)
    return with_value(answers, above, left if left or is_row else ABSENT)


def without_typed(
    form: CompiledForm, raws: Mapping[str, Raw], out: Collection[FileAnswer]
) -> dict[str, Raw]:
    """Return what was posted without naming the files that are out."""
    left = {pointer: dict(raw) for pointer, raw in raws.items()}
    for pointer, key, one in typed_files(form, raws):
        if one in out:
            texts = [text for text in left[pointer][key] if text != one.reference]
            left[pointer][key] = texts
    return dict(left)


def names_any(value: Json) -> bool:
    """Tell whether a value has any reference to a file in it."""
    return next(references(value), None) is not None


def references(value: Json) -> Iterator[str]:
    """Yield every reference to a file anywhere in a value, in order.

    >>> list(references({"a": ["sha256:" + "0" * 64, "sha256:1"]})) == ["sha256:" + "0" * 64]
    True
    """
    if isinstance(value, Mapping):
        for member in value.values():
            yield from references(member)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, str) and REFERENCE.match(value):
        yield value
