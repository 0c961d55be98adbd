"""WTForms classes compiled from questions: one per page, parsing by field type."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import wtforms
from wtforms.form import BaseForm

from renderers.html.posted_names import posted_raws
from renderers.html.row_conditions import GROUPS, OBJECTS, cells_named, kept_in
from schemas.errors import InvalidAnswer
from schemas.field_names import name_of, pointer_of
from schemas.field_type import Question, Raw, raw_value
from schemas.inside import parse_part
from schemas.lately import Lately
from schemas.locking import opened
from schemas.places_on_pages import in_answers, with_kinds
from schemas.pointers import ABSENT, general, lies_in
from schemas.reserved_names import BESIDE
from schemas.shut_cells import cell_at, with_shut
from schemas.unchosen import unchosen

Json = Any
KEPT: Final = 64
"""How many pages' classes are kept; making one costs as much as reading its post."""

UNPOSTED: Final[Raw] = {}
NOTHING: Final[Mapping[str, InvalidAnswer]] = {}


class Answer(NamedTuple):
    """What was posted for a question, and the value it became or why it did not.

    `refused` says why by the pointer it stands at.
    """

    question: Question
    raw: Raw
    value: Json
    refused: Mapping[str, InvalidAnswer] = NOTHING


class AnswersField(wtforms.Field):
    """The answers to a page's questions, by name: each parsed by its field type.

    WTForms binds and checks it as one field: a field of its own for each question
    costs more than reading all of them.
    """

    def __init__(self, questions: Mapping[str, Question], **bound: Any) -> None:
        super().__init__(**bound)
        self.questions = questions
        self.came: Mapping[str, Raw] = {}
        self.raws: Mapping[str, Raw] = {}
        self.ignored: frozenset[str] = frozenset()
        self.given: tuple[Answer, ...] = ()

    def process(
        self, formdata: Any, data: Json = None, extra_filters: Any = None
    ) -> None:
        """Bind what was posted, by the names of the questions.

        `data` is what is stored, by question: what is read-only is taken from there.
        """
        self.process_errors = []
        posted: dict[str, Raw] = {}
        if formdata is not None:
            posted.update(posted_raws(formdata, self.questions))
        self.came = dict(posted)
        stored = data if isinstance(data, Mapping) else {}
        ignored: set[str] = set()
        for name, question in self.questions.items():
            # What is read-only stays where nothing beside it was answered, too.
            if question.parts and (name in posted or question.pointer in stored):
                was = stored.get(question.pointer, UNPOSTED)
                came = posted.get(name, UNPOSTED)
                posted[name] = with_shut(question, came, was)
                ignored.update(_ignored(question, came, posted[name]))
        self.raws, self.ignored = posted, frozenset(ignored)

    def pre_validate(self, form: BaseForm) -> None:
        """Turn texts into values, or remember why they cannot become any."""
        raws = self.raws
        self.given = tuple(
            [
                _answer(question, raws.get(name, UNPOSTED))
                for name, question in self.questions.items()
            ]
        )
        refused = (why for one in self.given for why in one.refused.values())
        first = next(refused, None)
        if first is not None:
            raise wtforms.ValidationError(first.code)


class PageForm(wtforms.Form):
    """A page of questions; `validate()` parses, the rest tells the outcome."""

    given: AnswersField

    def answers(self) -> dict[str, Json]:
        """Return value or ABSENT by pointer, of what could be parsed.

        A control that does not show its answer takes none away by being empty.
        """
        return {
            one.question.pointer: one.value
            for one in self.given.given
            if not one.refused and not (one.value is ABSENT and one.question.write_only)
        }

    def cleared(self, pointer: str) -> dict[str, Json]:
        """Return an answer that is not shown as ABSENT, if the pointer is to one."""
        asked = (one.question for one in self.given.given)
        return {
            one.pointer: ABSENT
            for one in asked
            if one.pointer == pointer and one.write_only
        }

    def refusals(self) -> dict[str, InvalidAnswer]:
        """Return why what was typed cannot be a value, by the pointer it stands at."""
        return {p: why for one in self.given.given for p, why in one.refused.items()}

    def refuse(self, refused: Mapping[str, InvalidAnswer]) -> None:
        """Take no answer to a group where a file could not be taken, but keep it."""
        if refused:
            self.given.given = tuple(_refused(one, refused) for one in self.given.given)

    def unread(self) -> dict[Question, Raw]:
        """Return the questions with others in them where any was refused, as typed."""
        return {
            one.question: one.raw
            for one in self.given.given
            if one.refused and one.question.kind in GROUPS | OBJECTS
        }

    def half_typed(self) -> dict[str, Raw]:
        """Return what cannot be a value, as it was typed, by question.

        What is not to be shown again is not kept either: it is typed anew.
        """
        return {
            one.question.pointer: one.raw
            for one in self.given.given
            if one.refused
            and one.question.kind != "file"
            and not one.question.write_only
        }

    def unchosen(self) -> dict[str, Raw]:
        """Return what stands in kinds of answer that are not chosen, by question."""
        found = {
            one.question.pointer: unchosen(one.question, opened(one.question, one.raw))
            for one in self.given.given
            if one.value is not ABSENT and one.question.parts
        }
        return {pointer: raw for pointer, raw in found.items() if raw}

    def typed(self) -> dict[str, Raw]:
        """Return what was posted, by question, with empty rows where they stood."""
        return {one.question.pointer: one.raw for one in self.given.given}

    def unasked(self, names: Iterable[str]) -> set[str]:
        """Return the pointers of the named cells, of rows where they are kept."""
        known = tuple(names)
        return {
            pointer
            for one in self.given.given
            if known and one.question.kind in GROUPS
            for pointer in cells_named(one.question, one.raw, known)
        }

    def row_as_kept(self, pointer: str) -> str:
        """Return where among the answers the shown row is kept, "" if it is empty."""
        for one in self.given.given:
            is_group = one.question.kind in GROUPS
            if is_group and pointer.startswith(f"{one.question.pointer}/"):
                return kept_in(one.question, one.raw)(pointer)
        return ""

    def posted(self) -> dict[str, Raw]:
        """Return what came by question, also what nobody may set."""
        named = self.given.questions
        return {named[name].pointer: raw for name, raw in self.given.came.items()}

    def ignored(self) -> frozenset[str]:
        """Return the pointers of read-only cells that were posted, rows as `*`."""
        return self.given.ignored

    def cell_at(self, pointer: str) -> Question | None:
        """Return what is asked at a pointer on the page, or what is read-only around it."""
        for one in self.given.given:
            above = one.question.pointer
            if pointer == above:
                return one.question
            if pointer.startswith(f"{above}/"):
                inside = name_of(pointer.removeprefix(above))
                return cell_at(one.question, one.raw, inside)
        return None

    def refilled(self, raws: Mapping[str, Raw]) -> "PageForm":
        """Return the page parsed as if this had been typed instead."""
        again = type(self)()
        again.given.raws = {
            name: raws.get(question.pointer, UNPOSTED)
            for name, question in again.given.questions.items()
        }
        again.validate()
        return again

    def raws(self) -> dict[str, Raw]:
        """Return what to fill in again, as typed.

        Rows that could be read are as they are stored, closed up.
        """
        return {
            one.question.pointer: one.raw
            for one in self.given.given
            if one.question.kind != "rows" or one.value is ABSENT
        }


def page_form(questions: Sequence[Question]) -> type[PageForm]:
    """Return the form class of a page; read-only questions and information are not in it."""
    asked = tuple([q for q in questions if not q.read_only and q.kind != "information"])
    return _classes.get(asked, lambda: _page_form(asked))


_classes: Lately[tuple[Question, ...], type[PageForm]] = Lately(KEPT)
"""By the very questions, which a form has until it is compiled anew: never by answers."""


def _page_form(asked: tuple[Question, ...]) -> type[PageForm]:
    field: Any = AnswersField({question.name: question for question in asked})
    return type("CompiledPageForm", (PageForm,), {"given": field})


def _ignored(question: Question, came: Raw, kept: Raw) -> Iterator[str]:
    """Yield the cells of a question that were posted and are read-only.

    Whoever posts a page twice may say what is shut since, and changes nothing.
    """
    for key, texts in came.items() if kept is not came else ():
        part = cell_at(question, kept, key) if any(texts) else None
        if part is None or not part.read_only or key.rpartition(".")[2] in BESIDE:
            continue
        stands = parse_part({"": kept.get(key, [])}, part)
        if stands is ABSENT or raw_value(stands) not in texts:
            yield general(in_answers(part.pointer))


def _answer(question: Question, raw: Raw) -> Answer:
    """Return the value, or the pointers at which it was refused and why."""
    try:
        return Answer(question, raw, question.field_type.parse(raw, question))
    except InvalidAnswer as refusal:
        refused = {_where(question, one): one for one in refusal.every}
        return Answer(question, raw, ABSENT, refused)


def _refused(answer: Answer, refused: Mapping[str, InvalidAnswer]) -> Answer:
    inside = (p for p in refused if lies_in(p, answer.question.pointer))
    place = next(inside, None) if answer.question.parts else None
    if place is None or answer.refused:
        return answer
    return answer._replace(value=ABSENT, refused={place: refused[place]})


def _where(question: Question, refusal: InvalidAnswer) -> str:
    """Return the pointer of the cell that was refused, of the question otherwise.

    What was refused is not kept, so its rows are among the answers as they are shown.
    """
    part = refusal.values.get("part")
    inside = pointer_of(part) if isinstance(part, str) else ""
    return with_kinds(question.pointer + inside)
