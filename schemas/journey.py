"""Which pages are shown, in order: those with something to ask or to tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from weakref import WeakKeyDictionary

from schemas.compiling import CompiledForm
from schemas.definition import Page, Section
from schemas.faults import Fault
from schemas.field_type import Question
from schemas.keeping import kept_with_form
from schemas.pointers import covers
from schemas.settling import Settled, choice_of
from schemas.validation import faults

_position = itemgetter(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyPage:
    """A page that is shown now, and whether its answers could be sent."""

    section: Section
    page: Page
    questions: tuple[Question, ...]
    is_complete: bool


def pages(
    form: CompiledForm, settled: Settled, found: Iterable[Fault] | None = None
) -> tuple[JourneyPage, ...]:
    """Return the pages in the author's order; `found` saves checking again."""
    given = faults(form, settled) if found is None else found
    wrong = {above for fault in given for above in _upwards(fault.pointer)}
    shown = []
    for section, page, questions in _filled(form, settled):
        if questions:
            shown.append(
                JourneyPage(
                    section=section,
                    page=page,
                    questions=questions,
                    is_complete=not wrong
                    or wrong.isdisjoint([q.pointer for q in questions]),
                )
            )
    return tuple(shown)


def _upwards(pointer: str) -> Iterator[str]:
    """Yield the pointer and every one it lies in."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


@kept_with_form
def author_pages(form: CompiledForm) -> tuple[tuple[Section, Page], ...]:
    """Return every page of the form; a section without any is one page."""
    return tuple(
        (section, page)
        for section in form.definition.sections
        for page in section.pages or (whole_section(section),)
    )


def whole_section(section: Section) -> Page:
    """Return the page of a section whose author divided it into none."""
    fields = section.fields or (f"/{section.id}",)
    return Page(id=section.id, title=section.title, fields=fields)


def _filled(
    form: CompiledForm, settled: Settled
) -> list[tuple[Section, Page, tuple[Question, ...]]]:
    """Give each question the first page that lists it, else its section's last."""
    placed = _placement(form)
    filled: dict[int, list[tuple[int, Question]]] = {}
    for pointer, question in _outermost(settled).items():
        if pointer not in placed:
            placed[pointer] = _place(form, choice_of(pointer), question)
        place = placed[pointer]
        if place is not None:
            filled.setdefault(place[0], []).append((place[1], question))
    return [
        (section, page, tuple([q for _, q in sorted(filled.get(i, ()), key=_position)]))
        for i, (section, page) in enumerate(author_pages(form))
    ]


_placements: WeakKeyDictionary[CompiledForm, dict[str, tuple[int, int] | None]]
_placements = WeakKeyDictionary()


def _placement(form: CompiledForm) -> dict[str, tuple[int, int] | None]:
    """Return page and place on it for each question placed so far."""
    return _placements.setdefault(form, {})


def _place(
    form: CompiledForm, pointer: str, question: Question
) -> tuple[int, int] | None:
    last = None
    is_choice = question.pointer != pointer
    for index, (section, page) in enumerate(author_pages(form)):
        for position, pattern in enumerate(page.fields):
            # A choice comes before the first of what it decides.
            if covers(pattern, pointer) or (is_choice and covers(pointer, pattern)):
                return index, position
        if section.id == question.section and not question.read_only:
            last = index, len(page.fields)
    return last


def _outermost(settled: Settled) -> dict[str, Question]:
    """Return what is asked as a whole: no cell of a row or of a grid."""
    within = tuple(f"{p}/" for p, q in settled.asked.items() if q.parts)
    return {
        pointer: question
        for pointer, question in settled.asked.items()
        if not within or not pointer.startswith(within)
    }
