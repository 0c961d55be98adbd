"""The questions of a page with what has been typed, as fields that widgets can draw."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, Final

from renderers.html.compound_fields import (
    with_files,
    with_grid,
    with_members,
    with_ranks,
)
from renderers.html.drawn_fields import AnsweredField, DrawnField, Shown, drawn_field
from renderers.html.drawn_rows import drawn_rows
from renderers.html.page_parts import Fault, Field
from renderers.html.plain_fields import (
    Filling,
    Messages,
    StoredFile,
    plain_field,
    shown_in,
)
from renderers.html.row_cells import Cell
from renderers.html.row_fields import with_positions, with_rows
from schemas.catalogue import text
from schemas.field_type import Question, Raw, types
from schemas.inside import below, labelled
from schemas.json_types import is_of
from schemas.pointers import ABSENT, covers, general, get
from schemas.tongues import comma, mixed, strung

__all__ = [
    "Filling",
    "Messages",
    "StoredFile",
    "faults",
    "is_heading",
    "kinds_on",
    "raws_of",
    "shown_field",
    "shown_fields",
]

Json = Any
_ = str  # Marks a literal for the catalogue; it is translated when it is said.
TO_CHECK: Final = _(
    "Det här är ifyllt i förväg. Kontrollera att det stämmer, och ändra om det behövs."
)

OF_PARTS: Final = {"grid": with_grid, "address": with_members}
"""What makes the fields of a question with a fixed set of parts, by widget."""

PAGES_KEPT: Final = 64
"""Of how many pages it is kept what their questions are, for everybody."""

SAVED: Final = _("Svaret är sparat men visas inte. Fyll i bara om du vill ändra det.")


def raws_of(
    questions: Sequence[Question], answers: Json, language: str
) -> dict[str, Raw]:
    """Return stored answers as text to fill the questions in with.

    What may not be changed is given as people read it. Where a choice has led from an
    object or a list to a text, what stands there still is no text.
    """
    found: dict[str, Raw] = {}
    for question in questions:
        value = get(answers, question.pointer)
        if value is ABSENT or _is_of_another(value, question):
            continue
        kind = question.field_type
        if question.read_only:
            found[question.pointer] = {"": [kind.display(value, question, language)]}
        else:
            found[question.pointer] = kind.raw(value, question)
    return found


def _is_of_another(value: Json, question: Question) -> bool:
    """Tell whether an object or a list stands where the question asks for neither."""
    if not isinstance(value, dict | list):
        return False
    asked = types(question.schema)
    return bool(asked) and not is_of(value, asked)


def shown_fields(
    questions: Sequence[Question], filling: Filling, language: str
) -> tuple[Shown, ...]:
    """Return the questions as fields, filled in and with their messages.

    Where nothing is wrong or to be checked, what is drawn already is only filled in.
    """
    shown: list[Shown] = []
    ahead, raws = _drawn_ahead(tuple(questions), language), filling.raws
    may_differ = bool(filling.messages or filling.unconfirmed or filling.saved)
    for question, drawn in zip(questions, ahead, strict=True):
        pointer = question.pointer
        if may_differ and _is_special(pointer, filling):
            shown.append(shown_field(question, filling, language))
        elif drawn is None:
            field = shown_field(question, filling, language)
            is_group = field.widget == "rows"
            shown.append(drawn_rows(question, field, language) if is_group else field)
        else:
            shown.append(AnsweredField(drawn, raws.get(pointer, {})))
    return tuple(shown)


def _is_special(pointer: str, filling: Filling) -> bool:
    """Tell whether there is more to say at a question than what is answered."""
    if pointer in filling.unconfirmed or pointer in filling.saved:
        return True
    told = filling.messages
    return bool(told) and any(covers(pointer, one) for one in told)


@lru_cache(maxsize=PAGES_KEPT)
def _drawn_ahead(
    questions: tuple[Question, ...], language: str
) -> tuple[DrawnField | None, ...]:
    """Return what is drawn for everybody of each question of a page."""

    def drawn(question: Question) -> DrawnField | None:
        blank = partial(shown_field, question, Filling(), language)
        return drawn_field(question, language, blank)

    return tuple(map(drawn, questions))


@lru_cache(maxsize=PAGES_KEPT)
def kinds_on(questions: tuple[Question, ...]) -> frozenset[str]:
    """Return what kinds of questions a page has, in its rows too."""
    inside = (kinds_on(question.parts) for question in questions if question.parts)
    return frozenset(question.kind for question in questions).union(*inside)


@lru_cache(maxsize=PAGES_KEPT)
def unshown_on(questions: tuple[Question, ...]) -> frozenset[str]:
    """Return the pointers of the questions of a page whose answers are not shown."""
    return frozenset(one.pointer for one in questions if one.write_only)


def shown_field(question: Question, filling: Filling, language: str) -> Field:
    """Return one question as a field, filled in and with its message."""
    raw = filling.raws.get(question.pointer, {})
    control = question.field_type.control(question, language)
    plain = plain_field(question, control, raw, filling.messages, language)
    if question.pointer in filling.unconfirmed:
        plain = replace(plain, prefilled=text(TO_CHECK, language))
    if question.pointer in filling.saved:
        clear = "" if question.required else question.pointer
        plain = replace(plain, saved=text(SAVED, language), clear=clear)
    if control.widget == "rows" and not question.read_only:
        return with_rows(
            plain,
            question,
            raw,
            filling,
            language,
            partial(_cell, language),
        )
    if control.widget == "tuple" and not question.read_only:
        return with_positions(plain, question, raw, filling, partial(_cell, language))
    if control.widget in OF_PARTS and not question.read_only:
        with_parts = OF_PARTS[control.widget]
        return with_parts(plain, question, raw, filling, language)
    if control.widget == "ranked":
        return with_ranks(plain, question, filling.messages)
    if control.widget == "file":
        return with_files(plain, question, filling.files, language)
    return plain


def _cell(language: str, cell: Cell, filling: Filling) -> Shown:
    """Return a question of a row as a field; it may have rows of its own."""
    # The parts of a group within a row are made for that row: nothing to keep.
    is_own = cell.group.pointer == general(cell.group.pointer)
    raw = shown_in(cell.part, cell.pointer, cell.typed, filling, language)
    if is_own and not _is_special(cell.pointer, filling):
        drawn = drawn_field(
            cell.part,
            language,
            lambda: shown_field(cell.in_any_row, Filling(), language),
        )
        if drawn is not None:
            row = "" if cell.row is None else str(cell.row)
            return AnsweredField(drawn, raw, row)
    raws = {cell.pointer: raw}
    field = shown_field(cell.placed, replace(filling, raws=raws), language)
    # What is the whole row is called what the row is.
    is_row = field.widget == "tuple" and not below(cell.part, cell.group)
    return replace(field, label="") if is_row else field


def is_heading(fields: Sequence[Shown], title: str, description: Sequence[str]) -> bool:
    """Tell whether a page's only question is its title, and draws it as heading."""
    if len(fields) != 1 or description:
        return False
    return fields[0].label == title and fields[0].has_heading


def faults(
    fields: Sequence[Shown],
    messages: Messages,
    language: str,
    above: Sequence[str] = (),
) -> tuple[Fault, ...]:
    """Return the lines of the error summary, in page order, each to its control.

    Each names its question, and what stands `above` it if anything does. A message
    that belongs to no field leads nowhere but is still told.
    """
    if not messages:
        return ()
    groups = above or [""] * len(fields)
    shown = zip(fields, groups, strict=True)
    placed = [found for one, group in shown for found in _faults_of(one, (group,))]
    told = {said for _, _, said in placed}
    rest = (Fault(text=text) for text in messages.values() if text not in told)
    lines = (
        Fault(text=labelled(strung(names, comma(language)), said), target=at)
        for at, names, said in placed
    )
    return (*lines, *rest)


def _faults_of(
    shown: Shown, around: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield the control, the words of what it stands in and is, and what is said."""
    if isinstance(shown, AnsweredField):
        return
    names = (*around, shown.label)
    if "" in shown.errors:
        yield shown.id, names, shown.errors[""]
    for number, line in enumerate(_lines(shown), 1):
        title: str = line.get("title") or shown.data.get("row_title") or shown.label
        where = (*around, title if "title" in line else mixed(title, f" {number}"))
        for cell in line.get("fields", line.get("cells", ())):
            if cell is not None:
                yield from _faults_of(cell, where)
    for rank in shown.data.get("ranks", ()):
        if rank["error"]:
            yield rank["id"], (*names, rank["title"]), rank["error"]


def _lines(shown: Field) -> Sequence[Json]:
    """Return the lines of a table: rows somebody added, those of a grid, a tuple's one."""
    if shown.widget == "address":
        members = tuple(one for _, one in shown.data.get("members", ()))
        return ({"title": shown.label, "fields": members},)
    if shown.widget == "tuple":
        return ({"title": shown.label, "fields": shown.data.get("fields", ())},)
    return shown.data.get("rows", ()) if shown.widget in ("rows", "grid") else ()
