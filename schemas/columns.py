"""What the columns of a receiver's view are called."""

from collections.abc import Mapping

from schemas.compiling import CompiledForm
from schemas.definition import Receiver, ViewField
from schemas.field_type import Question
from schemas.pointers import join
from schemas.titles import form_text


def question_of(form: CompiledForm, pointer: str) -> Question | None:
    """Return the question a view's pointer addresses, if it is one."""
    return form.questions.get(pointer) or form.questions.get(
        form.asking.numbered.general(pointer)
    )


def column_title(
    form: CompiledForm, receiver: Receiver, field: ViewField, language: str = "sv"
) -> str:
    """Return a column's title: the author's, else the question's."""
    if field.title:
        key = join("receivers", own_name(receiver), "fields", field.name, "title")
        # A reduced pointer is a member of its field: `{"/child/name": {…}}`.
        place = (field.pointer, field.pointer, "title")
        reduced = join("receivers", own_name(receiver), "fields", *place)
        said = _translations(form, receiver).get(language, {})
        return said.get(key) or said.get(reduced) or field.title
    question = question_of(form, field.pointer) if field.pointer else None
    return field.name if question is None else _short(question, language)


def _short(question: Question, language: str) -> str:
    """Return what a question is called in a list: `ui.column`, else its title."""
    said = str(question.ui.get("column", ""))
    return question.said("column", language, said) or question.title_in(language)


def receiver_title(form: CompiledForm, receiver: Receiver, language: str = "sv") -> str:
    """Return what a receiver's view is called: its title, else the form's."""
    said = _translations(form, receiver).get(language, {})
    key = join("receivers", own_name(receiver), "title")
    return (
        said.get(key) or receiver.title or form_text(form.definition, "title", language)
    )


def own_name(receiver: Receiver) -> str:
    """Return a receiver's name within the section or form that has it."""
    return receiver.id.rpartition(".")[2]


def _translations(
    form: CompiledForm, receiver: Receiver
) -> Mapping[str, Mapping[str, str]]:
    for section in form.definition.sections:
        if receiver in section.receivers:
            return section.translations
    return form.definition.translations
