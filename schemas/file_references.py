"""Which files answers name: each by the SHA-256 of its bytes, which lie elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_types.file import REFERENCE
from schemas.keeping import kept_with_form
from schemas.pointers import expand


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswer:
    """One file as an answer names it; `pointer` is the question's."""

    pointer: str
    reference: str


def file_answers(form: CompiledForm, answers: Json) -> tuple[FileAnswer, ...]:
    """Return the files that answers to questions about files name, in order."""
    return tuple(
        FileAnswer(pointer=pointer, reference=reference)
        for pointer in asking_for_files(form)
        for _, value in expand(answers, pointer)
        for reference in references(value)
    )


@kept_with_form
def asking_for_files(form: CompiledForm) -> tuple[str, ...]:
    """Return the pointers of the questions that ask for files; none lies in a row."""
    return tuple(p for p, question in form.questions.items() if question.kind == "file")


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
