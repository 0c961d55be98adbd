"""A stored version as its author wrote it, and what it is called, without compiling."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from formbuilder.database import forms
from schemas.building import build_form
from schemas.definition import FormDefinition, LanguageState
from schemas.titles import form_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a version is called and in what languages, without compiling it."""

    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    languages: Mapping[str, LanguageState]
    about: str
    assurance: str

    def title_in(self, language: str) -> str:
        """Return the form's title, in its own language if it has no other."""
        return self.titles.get(language, self.titles[""])

    def description_in(self, language: str) -> str:
        """Return the form's description, likewise."""
        return self.descriptions.get(language, self.descriptions[""])


def definition_of(form: forms.FormVersion) -> FormDefinition:
    """Return a published version, which was checked and has not changed since."""
    return build_form(
        json.loads(form.document), version=form.version, files={}, is_draft=False
    )


def named(definition: FormDefinition) -> Named:
    """Return what a form is called."""
    spoken = ("", *definition.translations)
    return Named(
        titles={code: form_text(definition, "title", code) for code in spoken},
        descriptions={
            code: form_text(definition, "description", code) for code in spoken
        },
        languages={definition.language: "reviewed", **definition.languages},
        about=definition.identity.about,
        assurance=definition.identity.assurance,
    )
