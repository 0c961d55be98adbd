"""Columns that hold a list for what was asked once: of each row, or of each guardian."""

from schemas.compiling import CompiledForm
from schemas.definition import Json, ViewField
from schemas.field_type import Question
from schemas.pointers import parts
from schemas.projection import scope_of


def lists_around(
    form: CompiledForm, field: ViewField, question: Question | None, value: Json
) -> int:
    """Return in how many lists each answer of a column's value lies."""
    depth = parts(field.pointer).count("*")
    is_own = scope_of(form, field.pointer) != "child"
    return depth + 1 if is_own and _is_each(question, value) else depth


def _is_each(question: Question | None, value: Json) -> bool:
    """Tell whether the list has one answer for each person, not one list answer."""
    if not isinstance(value, list):
        return False
    is_listed = question is not None and question.schema.get("type") == "array"
    return not is_listed or all(one is None or isinstance(one, list) for one in value)
