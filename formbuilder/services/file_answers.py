"""Which files the answers of a draft name, and which of a post it may name."""

from collections.abc import Mapping
from typing import NamedTuple

from formbuilder.services.draft_views import Draft
from formbuilder.services.files import Files
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
    """Answers by pointer, and what was left half typed by question."""

    values: Mapping[str, Json]
    typed: Mapping[str, Raw]


def files_named(draft: Draft) -> frozenset[FileAnswer]:
    """Return all files that a draft names, also in what was left half typed."""
    typed = (one for *_, one in typed_files(draft.form, draft.typed))
    return frozenset((*file_answers(draft.form, draft.answers), *typed))


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
    )


def _foreign(
    files: Files, tenant: str, draft: Draft, given: Given
) -> frozenset[FileAnswer]:
    if not any(
        names_any(one) for one in (*given.values.values(), *given.typed.values())
    ):
        return frozenset()  # as most posts: nothing more has to be looked into
    after = with_values(draft.answers, given.values)
    typed = (one for *_, one in typed_files(draft.form, given.typed))
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
