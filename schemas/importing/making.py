"""A form definition from a JSON Schema, with blanks where only a municipality knows."""

from dataclasses import dataclass, replace

from schemas.definition import Json
from schemas.dialects.converting import convert
from schemas.errors import Problem
from schemas.importing.habits import standardised
from schemas.importing.keys import key_of
from schemas.importing.layout import Layout, notice
from schemas.importing.markup import layout_without_markup, without_markup
from schemas.importing.patterns import linear
from schemas.importing.refusing import (
    refuse_no_questions,
    refuse_no_schema,
    refuse_unmovable,
    refuse_unsound,
)
from schemas.importing.rules import with_rules
from schemas.importing.sectioning import Found, text_of
from schemas.importing.telling import with_information
from schemas.importing.ui_dialects import BUILT_IN
from schemas.importing.unnamed import unnamed
from schemas.importing.wrapping import Whole, in_an_object
from schemas.labels import label_of
from schemas.published import FORM_DEFINITION


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The definition made, and what could not be carried over of the UI schema.

    `told` is what became otherwise of the schema itself, by its place there. `root`
    is where in the answers those that it describes lie, "" where they are the whole.
    """

    document: Json
    notices: tuple[Problem, ...]
    told: tuple[Problem, ...]
    root: str


def import_schema(
    schema: Json, ui: Json = None, *, name: str, language: str = "sv"
) -> Imported:
    """Return a definition that asks what the schema describes, as the UI schema says.

    Raises:
        DefinitionRefused: it cannot become a form; pointers lead into the schema.
    """
    converted = convert(schema)
    described = without_markup(linear(standardised(converted.schema)))
    refuse_no_schema(described)
    refuse_unsound(described, converted)
    whole = in_an_object(described)
    refuse_unmovable(whole, converted)
    unasked = (
        replace(one, pointer=converted.original(one.pointer))
        for one in unnamed(described)
    )
    layout = layout_without_markup(_layout(ui, whole))
    answers = with_information(whole.schema, layout.told)
    document = _document(answers, layout, name, language)
    found = Found.of(document)
    titled = found.titled(document)
    if titled is not document:
        document, found = titled, Found.of(titled)
    refuse_no_questions(found.asked())
    ruled = with_rules(document["schema"], layout.rules, found.required())
    document["schema"] = ruled.schema
    section, lost = found.section(layout, document["title"])
    document["sections"] = [section]
    return Imported(
        document=document,
        notices=(*layout.notices, *lost, *ruled.notices),
        told=(*whole.told, *unasked),
        root=whole.root,
    )


def _document(answers: Json, layout: Layout, name: str, language: str) -> Json:
    """Return a definition whose section is still to be written."""
    title = layout.title or text_of(answers, "title") or label_of(name)
    document: dict[str, Json] = {
        "$schema": FORM_DEFINITION,
        "id": key_of(name),
        "language": language,
        "title": title,
        "schema": answers,
        "sections": [{"id": "form", "title": title, "fields": ["/form"]}],
    }
    description = layout.description or text_of(answers, "description")
    return {**document, "description": description} if description else document


def _layout(ui: Json, whole: Whole) -> Layout:
    if ui is None:
        return Layout()
    dialect = next((one for one in BUILT_IN if one.matches(ui)), None)
    if dialect is not None:
        return dialect.layout(ui, whole.schema, whole.root)
    problem = notice(
        "FB194",
        "",
        "UI-schemat har inte formen av en uiSchema för RJSF eller JSON Forms, så "
        "inget i det följde med.",
        "Formuläret fick sidor och ordning efter schemat. Ändra dem i definitionen.",
    )
    return Layout(notices=(problem,))
