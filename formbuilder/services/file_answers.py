"""Which files the answers of a draft name."""

from collections.abc import Iterator

from formbuilder.services.draft_views import Draft
from formbuilder.services.files import Files
from schemas.definition import Json
from schemas.faults import Fault
from schemas.field_types.file import PREFIX
from schemas.file_references import asking_for_files
from schemas.pointers import expand


def digests(value: Json) -> frozenset[str]:
    """Return the digests of the files an answer names.

    >>> sorted(digests(["sha256:aa", "sha256:bb"])), digests(None)
    (['aa', 'bb'], frozenset())
    """
    named = value if isinstance(value, list) else [value]
    return frozenset(
        one.removeprefix(PREFIX)
        for one in named
        if isinstance(one, str) and one.startswith(PREFIX)
    )


def files_named(draft: Draft) -> frozenset[str]:
    """Return the digests of all files that a draft's answers name."""
    return frozenset(digest for _, digest in _named(draft, draft.answers))


def file_faults(files: Files, tenant: str, draft: Draft) -> tuple[Fault, ...]:
    """Return which files keep the draft from being sent, after one more look at them.

    Nothing that the scanner has not read goes any further than the draft.
    """
    named = tuple(_named(draft, draft.settled.answers))
    if not named:
        return ()
    held = {one.sha256: one for one in files.scanned(tenant, draft.id)}
    return tuple(
        Fault(
            pointer=pointer, code="file-stopped" if one.is_stopped else "file-waiting"
        )
        for pointer, digest in named
        if (one := held.get(digest)) is not None and (one.is_stopped or one.is_waiting)
    )


def _named(draft: Draft, answers: Json) -> Iterator[tuple[str, str]]:
    """Yield each question about files that is answered, with each file's digest."""
    for pointer in asking_for_files(draft.form):
        for place, value in expand(answers, pointer):
            for digest in sorted(digests(value)):
                yield place, digest
