"""Which files the answers of a draft name, and which of a post it may name."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from formbuilder.services.draft_views import Draft
from formbuilder.services.files import Files
from schemas.chosen_anew import answers_set_aside, typed_set_aside
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.faults import Fault
from schemas.field_type import Raw
from schemas.file_references import (
    FileAnswer,
    asking_for_files,
    file_answers,
    names_any,
    placed_files,
    typed_files,
    without_files,
    without_typed,
)
from schemas.pointers import get, with_values


class Given(NamedTuple):
    """Answers by pointer, and by question what is typed and no answer.

    That was left half typed, or stands in a kind that is not chosen.
    """

    values: Mapping[str, Json]
    typed: Mapping[str, Raw]
    unchosen: Mapping[str, Raw]


def files_named(draft: Draft) -> frozenset[FileAnswer]:
    """Return all files that a draft names, also in what is no answer now."""
    form, aside = draft.form, draft.set_aside
    typed = _typed(form, draft.typed, draft.unchosen, *typed_set_aside(aside))
    every = (draft.answers, *answers_set_aside(aside))
    answered = (one for answers in every for one in file_answers(form, answers))
    return frozenset((*answered, *typed))


def _typed(form: CompiledForm, *raws: Mapping[str, Raw]) -> Iterator[FileAnswer]:
    for one in raws:
        yield from (named for *_, named in typed_files(form, one))


def with_own_files(files: Files, tenant: str, draft: Draft, given: Given) -> Given:
    """Return what was given without files that were not attached to that question.

    What stood there may stay, whoever attached it. In a group a file that is not
    theirs is left out; an answer that is nothing else is not taken.
    """
    asking = asking_for_files(draft.form)
    foreign = _foreign(files, tenant, draft, given) if asking else frozenset()
    if not foreign:
        return given
    kept = {
        pointer: value
        for pointer, value in given.values.items()
        if pointer not in asking or not _names(draft, pointer, value, foreign)
    }
    after = without_files(
        draft.form, with_values(draft.answers, kept), foreign.__contains__
    )
    return Given(
        values={pointer: get(after, pointer) for pointer in kept},
        typed=without_typed(draft.form, given.typed, foreign),
        unchosen=without_typed(draft.form, given.unchosen, foreign),
    )


def _foreign(
    files: Files, tenant: str, draft: Draft, given: Given
) -> frozenset[FileAnswer]:
    if not any(names_any(one) for part in given for one in part.values()):
        return frozenset()  # as most posts: nothing more has to be looked into
    after = with_values(draft.answers, given.values)
    typed = _typed(draft.form, given.typed, given.unchosen)
    named = {*file_answers(draft.form, after), *typed} - files_named(draft)
    if not named:
        return frozenset()
    held = files.of(tenant, draft.id)
    return frozenset(named - {upload.answer for upload in held})


def _names(
    draft: Draft, pointer: str, value: Json, foreign: frozenset[FileAnswer]
) -> bool:
    named = file_answers(draft.form, with_values({}, {pointer: value}))
    return not foreign.isdisjoint(named)


def file_faults(files: Files, tenant: str, draft: Draft) -> tuple[Fault, ...]:
    """Return which files keep the draft from being sent, after one more look at them.

    Nothing that the scanner has not read goes any further than the draft.
    """
    named = tuple(placed_files(draft.form, draft.settled.answers))
    if not named:
        return ()
    held = {one.answer: one for one in files.scanned(tenant, draft.id)}
    return tuple(
        Fault(
            pointer=pointer, code="file-stopped" if one.is_stopped else "file-waiting"
        )
        for pointer, answer in named
        if (one := held.get(answer)) is not None and (one.is_stopped or one.is_waiting)
    )
