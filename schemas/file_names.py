"""Questions whose answers say what the files are called that they name."""

from collections.abc import Mapping
from dataclasses import replace

from schemas.definition import Json
from schemas.field_type import Question
from schemas.field_types.file import File


class NamedFiles(File):
    """A question about files that knows the names of some, by reference."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def display(self, value: Json, question: Question, language: str) -> str:
        named = value if isinstance(value, list) else [value]
        if not named or not all(one in self._names for one in named):
            return super().display(value, question, language)
        return ", ".join(self._names[one] for one in named)


def naming(question: Question, names: Mapping[str, str]) -> Question:
    """Return the question, saying the files in its answers by name, in rows too."""
    if not names or not asks_for_files(question):
        return question
    if question.kind == File.key:
        return replace(question, field_type=NamedFiles(names))
    return replace(
        question, parts=tuple(naming(part, names) for part in question.parts)
    )


def asks_for_files(question: Question) -> bool:
    """Tell whether it is a question about files, or has one inside it."""
    return question.kind == File.key or any(map(asks_for_files, question.parts))
