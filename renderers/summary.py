"""Answers as rows people read: question, answer, and the headings they stand under."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from renderers.document import Row
from schemas.addresses import address_lines
from schemas.catalogue import text
from schemas.code_words import as_offered
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_type import Question
from schemas.file_names import NamedFiles, naming
from schemas.following import divided
from schemas.heading import shown_above
from schemas.inside import display_lines
from schemas.journey import author_pages
from schemas.offered import Offered
from schemas.pointers import ABSENT, covers, get, join
from schemas.settling import CHOICES, Settled
from schemas.titles import page_text, section_text
from schemas.tongues import listed

Holds = Callable[[str], bool]
JOINT: Final = " – "
LISTED: Final = frozenset({"rows", "grid"})  # kinds with one line for each item


def summary(
    form: CompiledForm,
    settled: Settled,
    *,
    language: str = "sv",
    holds: Holds = lambda _: True,
    offered: Sequence[Offered] = (),
    files: Mapping[str, str] | None = None,
) -> tuple[Row, ...]:
    """Return a row for everything asked now, answered or not, in the form's order.

    It is for whoever answers: what is `writeOnly` is told to be saved. `holds` narrows
    it to some pointers, such as those of one unit. What was chosen from code lists
    that were `offered` before, and has left them, keeps its words. `files` are what
    files are called, by reference.
    """
    asked = {
        pointer: naming(as_offered(question, offered, keeping_new=True), files or {})
        for pointer, question in settled.asked.items()
    }
    rows = _rows(form, asked, settled.answers, language, holds)
    return unshown(form, rows, language)


def answered(
    form: CompiledForm,
    answers: Json,
    *,
    language: str = "sv",
    holds: Holds = lambda _: True,
    offered: Sequence[Offered] = (),
    files: Mapping[str, str] | None = None,
) -> tuple[Row, ...]:
    """Return a row for every answer there is, in the form's order.

    For answers that no longer stand with all others they were given with, such as
    those of one unit: what was asked is what was answered. Where the code lists they
    were chosen from were `offered` in other words than today's, those are said.
    `files` are what files are called, by reference.
    """
    there = {
        pointer: naming(as_offered(question, offered), files or {})
        for pointer, question in form.questions.items()
        if get(answers, pointer) is not ABSENT
    }
    return _rows(form, there, answers, language, holds)


def unshown(form: CompiledForm, rows: Iterable[Row], language: str) -> tuple[Row, ...]:
    """Return the rows as those who answer may see them: what is `writeOnly` unsaid."""
    saved = text("Sparat, visas inte", language)
    asked = form.questions
    return tuple(
        replace(row, value=saved)
        if row.value and row.pointer in asked and asked[row.pointer].write_only
        else row
        for row in rows
    )


def _rows(
    form: CompiledForm,
    asked: Mapping[str, Question],
    answers: Json,
    language: str,
    holds: Holds,
) -> tuple[Row, ...]:
    left = {p: q for p, q in _outermost(asked).items() if _is_shown(p, q) and holds(p)}
    found: list[Row] = []
    for pointers, section, group in _places(form, left, language):
        for pointer in pointers:
            question = left.pop(pointer)
            row = _row(question, get(answers, pointer), section, group, language)
            found.append(row)
    header = [
        _row(question, get(answers, pointer), "", "", language)
        for pointer, question in left.items()
        if get(answers, pointer) is not ABSENT
    ]
    return (*header, *found)


def _places(
    form: CompiledForm, left: Mapping[str, Question], language: str
) -> Iterator[tuple[list[str], str, str]]:
    """Yield the questions of each page and of each section's rest, with headings."""
    definition = form.definition
    taken: set[str] = set()
    for section in definition.sections:
        heading = section_text(definition, section, "title", language)
        for _, page in (p for p in author_pages(form) if p[0] is section):
            listed = [
                pointer
                for pattern in page.fields
                for pointer in left
                if pointer not in taken and covers(pattern, pointer)
            ]
            listed = list(dict.fromkeys(listed))
            taken.update(listed)
            title = page_text(definition, section, page, "title", language)
            yield listed, heading, "" if title == heading else title
        own = [p for p, q in left.items() if q.section == section.id]
        rest = [pointer for pointer in own if pointer not in taken]
        taken.update(rest)
        yield rest, heading, ""


def _row(
    question: Question, value: Json, section: str, group: str, language: str
) -> Row:
    above = shown_above(question.within, language, (section, group))
    titles = [one.title_in(language) for one in above]
    within = listed(titles, language, between=JOINT)
    return Row(
        label=question.title_in(language),
        value="" if value is ABSENT else _shown(question, value, language),
        section=section,
        group=JOINT.join(one for one in (group, within) if one),
        pointer=question.pointer,
        within=within,
    )


def _shown(question: Question, value: Json, language: str) -> str:
    display = question.field_type.display
    if question.kind == "address":
        return "\n".join(address_lines(value))
    if question.kind == "tuple":
        return display_lines(divided(value, question), question, language)
    is_listed = question.kind in LISTED or isinstance(question.field_type, NamedFiles)
    if is_listed and isinstance(value, list):
        return "\n".join(display([item], question, language) for item in value)
    if question.kind in LISTED and isinstance(value, Mapping):
        order = [key for key in question.schema.get("properties", {}) if key in value]
        lines = (display({key: value[key]}, question, language) for key in order)
        return "\n".join(line for line in lines if line)
    return display(value, question, language)


def _outermost(asked: Mapping[str, Question]) -> dict[str, Question]:
    """Return what is asked as a whole: no cell of a row or of a grid."""
    within = tuple(f"{pointer}/" for pointer, q in asked.items() if q.parts)
    return {p: q for p, q in asked.items() if not (within and p.startswith(within))}


def _is_shown(pointer: str, question: Question) -> bool:
    """Tell whether the question can hold an answer; information only tells."""
    is_choice = covers(join(CHOICES), pointer)
    return question.kind != "information" and not is_choice
