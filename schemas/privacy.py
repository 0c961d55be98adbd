"""Who uses the answers for what: the privacy notice, and the record of processing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from schemas.columns import column_title, own_name, question_of
from schemas.compiling import CompiledForm
from schemas.definition import (
    Json,
    LegalBasis,
    Receiver,
    Retention,
    Section,
    ViewField,
)
from schemas.pointers import covers, join, parts
from schemas.projection import receivers
from schemas.titles import section_text
from schemas.tongues import said_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A department that is told something: what, and on which ground if another's.

    `decides_on` are the questions its view looks at without being sent them.
    """

    department: str
    columns: tuple[str, ...]
    decides_on: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a person is told about one section before answering (GDPR art. 13).

    Controllers and departments are keys of the municipality's directory.
    """

    section: str
    title: str
    controller: str
    purpose: str
    legal_basis: LegalBasis | None
    secrecy: str
    voluntary: bool
    if_not_answered: str
    disclosures: tuple[Disclosure, ...]
    retention: tuple[Retention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingRow:
    """One row of the controller's record of processing (GDPR art. 30).

    It is of a section and one that its answers go to; a section whose answers go to
    nobody has a row without. Here a disclosure has what the sections share, too.
    """

    form: str
    section: str
    controller: str
    purpose: str
    data_subjects: tuple[str, ...]
    categories: tuple[str, ...]
    legal_basis: LegalBasis | None
    secrecy: str
    disclosure: Disclosure | None
    retention: tuple[Retention, ...]


_SUBJECTS: Final = {
    "child": ("barn", "vårdnadshavare"),
    "organisation": ("företrädare för organisation",),
}
_USER: Final = ("den som använder tjänsten",)
_OF_CHILD: Final = ("barnets namn och personnummer",)
_OF_EID: Final = ("namn och personnummer på den som svarar",)


def notices(form: CompiledForm, language: str = "sv") -> tuple[Notice, ...]:
    """Return the notice of every section, in the form's order."""
    return tuple(
        Notice(
            section=section.id,
            title=section_text(form.definition, section, "title", language),
            controller=section.controller,
            purpose=section_text(form.definition, section, "purpose", language),
            legal_basis=_basis(form, section, language),
            secrecy=section.secrecy,
            voluntary=section.voluntary,
            if_not_answered=section_text(
                form.definition, section, "if_not_answered", language
            ),
            disclosures=disclosures(form, section, language),
            retention=_retention(form, section, language),
        )
        for section in form.definition.sections
    )


def disclosures(
    form: CompiledForm, section: Section, language: str = "sv"
) -> tuple[Disclosure, ...]:
    """Return who is told something of a section, form-level receivers too."""
    return tuple(
        told
        for receiver in receivers(form)
        if (told := _disclosure(form, section, receiver, language))
    )


def _disclosure(
    form: CompiledForm, section: Section, receiver: Receiver, language: str
) -> Disclosure | None:
    columns = tuple(
        column_title(form, receiver, field, language)
        for field in receiver.fields
        if _touches(form, field, section)
    )
    decides = _decides_on(form, receiver, section, language)
    if not columns and not decides:
        return None
    place = join("receivers", own_name(receiver), "disclosure_basis")
    return Disclosure(
        department=receiver.department,
        columns=columns,
        decides_on=decides,
        basis=_said(form, section, place, receiver.disclosure_basis, language),
    )


def processing_record(form: CompiledForm) -> tuple[ProcessingRow, ...]:
    """Return the form's rows in the record of processing, in Swedish."""
    return tuple(
        ProcessingRow(
            form=form.definition.title,
            section=section.title,
            controller=section.controller,
            purpose=section.purpose,
            data_subjects=_SUBJECTS.get(form.definition.identity.about, _USER),
            categories=_categories(form, section),
            legal_basis=section.legal_basis,
            secrecy=section.secrecy,
            disclosure=disclosure,
            retention=_retention(form, section),
        )
        for section in form.definition.sections
        for disclosure in _disclosed(form, section) or (None,)
    )


def _disclosed(form: CompiledForm, section: Section) -> tuple[Disclosure, ...]:
    """Return what is told of a section, with the shared columns that go with it."""
    found = []
    for receiver in receivers(form):
        told = _disclosure(form, section, receiver, "sv")
        if told is not None:
            shared = tuple(
                column_title(form, receiver, field)
                for field in receiver.fields
                if not any(_touches(form, field, s) for s in form.definition.sections)
            )
            found.append(replace(told, columns=(*shared, *told.columns)))
    return tuple(found)


def _categories(form: CompiledForm, section: Section) -> tuple[str, ...]:
    """Return what is processed of a section: its answers, and who they are of."""
    identity = form.definition.identity
    asked = (
        question.title
        for question in form.questions.values()
        if question.section == section.id and question.kind != "information"
    )
    return tuple(
        dict.fromkeys(
            (
                *(_OF_EID if identity.assurance != "none" else ()),
                *(_OF_CHILD if identity.about == "child" else ()),
                *asked,
            )
        )
    )


def _retention(
    form: CompiledForm, section: Section, language: str = "sv"
) -> tuple[Retention, ...]:
    """Return the rules of a section and its parts, events in the language's words."""
    found = [
        (join("parts", part.id, "retention", "event"), part.retention)
        for part in section.parts
    ]
    if section.archive is not None:
        found.insert(0, ("/archive/retention/event", section.archive.retention))
    return tuple(
        dict.fromkeys(
            replace(rule, event=_said(form, section, pointer, rule.event, language))
            for pointer, rule in found
            if rule is not None
        )
    )


def _touches(form: CompiledForm, field: ViewField, section: Section) -> bool:
    return any(_is_of(section, pointer) for pointer in _read_by(form, field))


def _read_by(form: CompiledForm, field: ViewField) -> set[str]:
    found = {field.pointer} if field.pointer else set()
    conditions: list[Json] = [when for _, when in field.classify]
    if field.is_ is not None:
        conditions.append(field.is_)
    for condition in conditions:
        found |= form.condition(condition).reads
    return found


def _decides_on(
    form: CompiledForm, receiver: Receiver, section: Section, language: str
) -> tuple[str, ...]:
    """Return the questions a receiver's condition reads that it is not sent."""
    if receiver.only_when is None:
        return ()
    sent = {pointer for field in receiver.fields for pointer in _read_by(form, field)}
    names = []
    for pointer in sorted(form.condition(receiver.only_when).reads - sent):
        question = question_of(form, pointer)
        if question is not None and _is_of(section, pointer):
            names.append(question.title_in(language))
    return tuple(names)


def _is_of(section: Section, pointer: str) -> bool:
    top = parts(pointer)[0] if pointer else ""
    return top == section.id or any(covers(f, pointer) for f in section.fields)


def _basis(form: CompiledForm, section: Section, language: str) -> LegalBasis | None:
    """Return a section's legal basis, the national law in the reader's language."""
    if section.legal_basis is None:
        return None
    key, national = "/legal_basis/national", section.legal_basis.national
    said = _said(form, section, key, national, language)
    return replace(section.legal_basis, national=said)


def _said(
    form: CompiledForm, section: Section, key: str, otherwise: str, language: str
) -> str:
    own: Mapping[str, Mapping[str, str]] = section.translations
    above = form.definition.translations.get(language, {})
    found = own.get(language, {}).get(key) or above.get(
        f"{join('sections', section.id)}{key}"
    )
    return found or said_in(otherwise, form.definition.language, language)
