"""WTForms classes compiled from questions: one per page, parsing by field type."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import wtforms
from wtforms.form import BaseForm

from renderers.html.plain_fields import row_numbers
from renderers.html.row_conditions import cells_named
from schemas.errors import InvalidAnswer
from schemas.field_type import Question, Raw
from schemas.lately import Lately
from schemas.pointers import ABSENT, join, parts

Json = Any
KEPT: Final = 64
"""How many pages' classes are kept; making one costs as much as reading its post."""


class Posted(Protocol):
    """What a browser posted: names with any number of values each."""

    def __iter__(self) -> Any: ...
    def getlist(self, key: str, /) -> list[Any]: ...


class PostedRaws:
    """What was posted, by question."""

    def __init__(self, posted: Posted, names: Iterable[str]) -> None:
        self._raws = posted_raws(posted, names)

    def getlist(self, key: str, /) -> list[Any]:
        """Return what was posted for the question itself."""
        return self.raw(key).get("", [])

    def raw(self, name: str) -> dict[str, list[str]]:
        """Return what was posted for the question of this name, by suffix."""
        return self._raws.get(name, {})


class AnswerField(wtforms.Field):
    """The answer to one question: bound by name and suffix, parsed by its field type."""

    def __init__(self, question: Question, **bound: Any) -> None:
        super().__init__(**{**bound, "name": question.name})
        self.question = question
        self.raw: Raw = {}
        self.refusal: tuple[str, InvalidAnswer] | None = None

    def process(
        self,
        formdata: Any,
        data: Json = ABSENT,
        extra_filters: Any = None,
    ) -> None:
        """Bind what was posted, or the stored answer."""
        self.data = data
        self.process_errors = []
        if formdata is not None:
            self.raw = formdata.raw(self.question.name)
        elif data is not ABSENT:
            self.raw = self.question.field_type.raw(data, self.question)

    def pre_validate(self, form: BaseForm) -> None:
        """Turn the text into a value, or remember why it cannot become one."""
        self.data, self.refusal = parsed(self.question, self.raw)
        if self.refusal:
            raise wtforms.ValidationError(self.refusal[1].code)


class PageForm(wtforms.Form):
    """A page of questions; `validate()` parses, the rest tells the outcome."""

    class Meta:
        """How WTForms is to read a post: once, for all questions."""

        def wrap_formdata(
            self, form: BaseForm, formdata: Posted | None
        ) -> PostedRaws | None:
            """Return what was posted, by question."""
            names = [one.name for one in form if isinstance(one, AnswerField)]
            return None if formdata is None else PostedRaws(formdata, names)

    def answer_fields(self) -> tuple[AnswerField, ...]:
        """Return the fields that are answers, in the page's order."""
        return tuple(one for one in self if isinstance(one, AnswerField))

    def answers(self) -> dict[str, Json]:
        """Return value or ABSENT by pointer, of what could be parsed."""
        return {
            one.question.pointer: one.data
            for one in self.answer_fields()
            if one.refusal is None
        }

    def refusals(self) -> dict[str, InvalidAnswer]:
        """Return why what was typed cannot be a value, by the pointer it stands at."""
        return dict(one.refusal for one in self.answer_fields() if one.refusal)

    def half_typed(self) -> dict[str, Raw]:
        """Return what cannot be a value, as it was typed, by question."""
        return {
            one.question.pointer: one.raw
            for one in self.answer_fields()
            if one.refusal and one.question.kind != "file"
        }

    def typed(self) -> dict[str, Raw]:
        """Return what was posted, by question, with empty rows where they stood."""
        return {one.question.pointer: one.raw for one in self.answer_fields()}

    def unasked(self, names: Iterable[str]) -> set[str]:
        """Return the pointers of the named cells, in rows numbered as they are kept."""
        known = tuple(names)
        return {
            pointer
            for one in self.answer_fields()
            if known and one.question.kind == "rows"
            for pointer in cells_named(one.question, one.raw, known)
        }

    def refilled(self, raws: Mapping[str, Raw]) -> "PageForm":
        """Return the page parsed as if this had been typed instead."""
        again = type(self)()
        for one in again.answer_fields():
            one.raw = raws.get(one.question.pointer, {})
        again.validate()
        return again

    def raws(self) -> dict[str, Raw]:
        """Return what to fill in again: as typed, with parsed rows closed up."""
        return {one.question.pointer: _refill(one) for one in self.answer_fields()}


def page_form(questions: Sequence[Question]) -> type[PageForm]:
    """Return the form class of a page; read-only questions and information are not in it."""
    asked = tuple(q for q in questions if not q.read_only and q.kind != "information")
    return _classes.get(asked, lambda: _page_form(asked))


_classes: Lately[tuple[Question, ...], type[PageForm]] = Lately(KEPT)
"""By the very questions, which a form has until it is compiled anew: never by answers."""


def _page_form(asked: tuple[Question, ...]) -> type[PageForm]:
    # Attributes are numbered: a question may be called `data` or `validate`.
    members = {f"answer_{index}": _unbound(one) for index, one in enumerate(asked)}
    return type("CompiledPageForm", (PageForm,), members)


def _unbound(question: Question) -> Any:
    return AnswerField(question)


def posted_raws(
    posted: Posted, names: Iterable[str]
) -> dict[str, dict[str, list[str]]]:
    """Return what was posted for each question by name, then by suffix.

    A key belongs to the longest name it fits, so `a-b` is no suffix of `a` where
    `a-b` is a question too.
    """
    known = frozenset(names)
    found: dict[str, dict[str, list[str]]] = {}
    for key in posted:
        name = _longest(key, known)
        if name:
            texts = [str(value) for value in posted.getlist(key)]
            found.setdefault(name, {})[key[len(name) + 1 :]] = texts
    return found


def _longest(key: str, names: Container[str]) -> str:
    """Return the longest of the names that the key is, or begins with before . or -.

    >>> _longest("a.b-day", {"a", "a.b"}), _longest("ab", {"a"})
    ('a.b', '')
    """
    if key in names:
        return key
    ends = (at for at in range(len(key) - 1, 0, -1) if key[at] in ".-")
    return next((key[:at] for at in ends if key[:at] in names), "")


def parsed(
    question: Question, raw: Raw
) -> tuple[Json, tuple[str, InvalidAnswer] | None]:
    """Return the value, or the pointer at which it was refused and why."""
    try:
        return question.field_type.parse(raw, question), None
    except InvalidAnswer as refusal:
        return ABSENT, (_where(question, raw, refusal), refusal)


def _where(question: Question, raw: Raw, refusal: InvalidAnswer) -> str:
    """Return the pointer of the cell that was refused, of the question otherwise."""
    part = refusal.values.get("part")
    if not isinstance(part, str):
        return question.pointer
    cell = part.split(".")
    for place, number in enumerate(row_numbers(raw)):
        try:
            question.field_type.parse(_only_row(raw, number), question)
        except InvalidAnswer:
            return join(*parts(question.pointer), place, *cell)
    return join(*parts(question.pointer), *cell)


def _only_row(raw: Raw, number: int) -> Raw:
    return {k: v for k, v in raw.items() if k.partition(".")[0] == str(number)}


def _refill(answer: AnswerField) -> Raw:
    if (
        answer.question.kind == "rows"
        and answer.data is not ABSENT
        and not answer.refusal
    ):
        return answer.question.field_type.raw(answer.data, answer.question)
    return answer.raw
