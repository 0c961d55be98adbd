"""Texts that a language the form offers does not have."""

from collections.abc import Iterator, Mapping

from schemas.definition import Json
from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.pointers import join, parts

NAMED_BY = ("id", "const", "name", "department", "code")
SCHEMA_TEXTS = ("title", "description")
INLINE = {"const", "enum", "default", "examples", "properties", "$defs"}


def missing_translation(subject: Subject) -> Iterator[Problem]:
    """FB160: a text without a translation."""
    for at, document, translations in _files(subject):
        texts = dict(_texts(document))
        for language in _languages(subject):
            given = {
                **_from_form(subject, document, language),
                **translations.get(language, {}),
            }
            missing = [pointer for pointer in texts if pointer not in given]
            place = at + join("translations", language)
            for pointer in missing:
                yield problem(
                    "FB160",
                    place if subject.written(place) else at + texts[pointer],
                    f"{pointer} är inte översatt till {language}.",
                    f'Lägg till "{pointer}" under translations.{language}.',
                    "warning",
                )


def dangling_translation(subject: Subject) -> Iterator[Problem]:
    """FB161: a translation of something that is not there."""
    for at, document, translations in _files(subject):
        for language, given in translations.items():
            for pointer in given:
                if not isinstance(_find(document, parts(pointer)), str):
                    yield problem(
                        "FB161",
                        at + join("translations", language, pointer),
                        f"{pointer} är ingen text i den här filen.",
                        "Rätta pekaren. Sidor, mottagare och alternativ pekas ut med "
                        "sitt id, sin avdelning eller sitt const.",
                        "warning",
                    )


def _from_form(subject: Subject, document: Json, language: str) -> dict[str, str]:
    """Return what the form translates of a section written in its own file."""
    prefix = join("sections", document.get("id", ""))
    given = subject.definition.translations.get(language, {})
    return {
        pointer.removeprefix(prefix): text
        for pointer, text in given.items()
        if pointer.startswith(prefix + "/")
    }


def _files(
    subject: Subject,
) -> Iterator[tuple[str, Json, Mapping[str, Mapping[str, str]]]]:
    """Yield place, document and translations of the form and of each section."""
    document = subject.definition.document
    yield "", document, subject.definition.translations
    for index, (at, section) in enumerate(subject.sections()):
        yield at, document["sections"][index], section.translations


def _languages(subject: Subject) -> list[str]:
    given = [subject.definition.translations]
    given += [section.translations for section in subject.definition.sections]
    found = dict.fromkeys(language for one in given for language in one)
    return [language for language in found if language != subject.definition.language]


def _texts(document: Json) -> Iterator[tuple[str, str]]:
    """Yield what people who answer read: pointer by names, and by positions."""
    for key in ("title", "description", "declaration", "purpose", "if_not_answered"):
        if document.get(key):
            yield join(key), join(key)
    yield from _schema_texts(document.get("schema"), ("schema",), ("schema",))
    yield from _schema_texts(document.get("across"), ("across",), ("across",))
    for index, page in enumerate(document.get("pages", ())):
        for key in SCHEMA_TEXTS:
            if page.get(key):
                yield join("pages", page["id"], key), join("pages", index, key)
    for pointer, appearance in document.get("ui", {}).items():
        for key in ("help", "label", "column", "row"):
            if appearance.get(key):
                yield join("ui", pointer, key), join("ui", pointer, key)


def _schema_texts(
    schema: Json, named: tuple[str | int, ...], placed: tuple[str | int, ...]
) -> Iterator[tuple[str, str]]:
    if isinstance(schema, list):
        for index, item in enumerate(schema):
            name = item.get("const", index) if isinstance(item, Mapping) else index
            yield from _schema_texts(item, (*named, _text(name)), (*placed, index))
    if not isinstance(schema, Mapping):
        return
    for key in SCHEMA_TEXTS:
        if isinstance(schema.get(key), str) and schema[key]:
            yield join(*named, key), join(*placed, key)
    for key, value in schema.items():
        if key in ("properties", "$defs", "dependentSchemas", "patternProperties"):
            for name, member in value.items():
                yield from _schema_texts(
                    member, (*named, key, name), (*placed, key, name)
                )
        elif key not in INLINE:
            yield from _schema_texts(value, (*named, key), (*placed, key))


def _text(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _find(here: Json, segments: tuple[str, ...]) -> Json:
    """Return what translations point at: list items by number or by their name."""
    if not segments:
        return here
    head, rest = segments[0], segments[1:]
    if isinstance(here, Mapping):
        return _find(here.get(head), rest)
    if isinstance(here, list):
        return _find(_item(here, head), rest)
    return None


def _item(items: list[Json], name: str) -> Json:
    for item in items:
        if isinstance(item, Mapping) and any(
            key in item and _text(item[key]) == name for key in NAMED_BY
        ):
            return item
        if isinstance(item, Mapping) and [*item] == [name]:
            return item  # a column that shortens one answer
    return items[int(name)] if name.isdigit() and int(name) < len(items) else None


RULES = (missing_translation, dangling_translation)
