"""A column's value in people's words: titles where the payload has codes."""

from collections.abc import Mapping, Sequence

from schemas.addressed_files import addressed_files
from schemas.column_lists import lists_around
from schemas.columns import question_of
from schemas.compiling import CompiledForm
from schemas.definition import Json, Receiver, ViewField
from schemas.field_type import Question, raw_value
from schemas.file_names import naming


def all_in_words(
    form: CompiledForm, receiver: Receiver, columns: Sequence[tuple[str, str, Json]]
) -> dict[str, Json]:
    """Return what people read for each column of a payload; files stay what they are.

    It is made of the payload's own values, so it tells nothing else. A file in a row
    stands by its reference, to be called what it is called when it is delivered.
    """
    named: dict[str, dict[str, str]] = {}
    for file in addressed_files(form, receiver, columns):
        named.setdefault(file.column, {})[file.reference] = file.reference
    files = {
        field.name
        for field in receiver.fields
        if field.shape is None
        and (question := question_of(form, field.pointer))
        and question.kind == "file"
    }
    return {
        name: value
        if name in files
        else in_words(form, receiver, name, value, files=named.get(name))
        for name, _, value in columns
    }


def in_words(
    form: CompiledForm,
    receiver: Receiver,
    name: str,
    value: Json,
    language: str = "sv",
    files: Mapping[str, str] | None = None,
) -> Json:
    """Return what people read for a column; what has no words of its own is kept.

    A column that holds a value for each guardian or each row stays a list. `files`
    are the names of its files, by reference.
    """
    field = next((one for one in receiver.fields if one.name == name), None)
    if field is None or not field.pointer:
        return value
    question = question_of(form, field.pointer)
    if question is None:
        return value
    depth = lists_around(form, field, question, value)
    return _down(field, naming(question, files or {}), value, language, depth)


def _down(
    field: ViewField, question: Question, value: Json, language: str, depth: int
) -> Json:
    if depth and isinstance(value, list):
        return [_down(field, question, one, language, depth - 1) for one in value]
    if value is None:
        return None
    if field.shape is None:
        return question.field_type.display(value, question, language)
    return _days(question, value, language) if field.shape == "days" else value


def _days(question: Question, value: Json, language: str) -> Json:
    titles = {option.raw: option.title for option in question.options(language)}
    for key, schema in question.schema.get("properties", {}).items():
        said = schema.get("title", key) if isinstance(schema, Mapping) else key
        titles.setdefault(key, question.said(f"row:{key}", language, str(said)))
    listed = value if isinstance(value, list) else [value]
    return ", ".join(titles.get(raw_value(one), raw_value(one)) for one in listed)
