"""Which files the answers of a draft name."""

from formbuilder.services.draft_views import Draft
from schemas.definition import Json
from schemas.field_types.file import PREFIX
from schemas.pointers import expand, general


def is_file(draft: Draft, pointer: str) -> bool:
    """Tell whether the question at the pointer asks for files."""
    question = draft.form.questions.get(general(pointer))
    return question is not None and question.kind == "file"


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
    return frozenset(
        digest
        for pointer, question in draft.form.questions.items()
        if question.kind == "file"
        for _, value in expand(draft.answers, pointer)
        for digest in digests(value)
    )
