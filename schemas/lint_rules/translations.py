"""Texts that a language the form offers does not have."""

from collections.abc import Iterator, Mapping

from schemas.catalogue import catalogue, languages
from schemas.definition import Json
from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.pointers import join, parts
from schemas.tongues import name_in
from schemas.translatable import read_by_people, translated_files, written

NAMED_BY = ("id", "const", "name", "department", "code")


def missing_translation(subject: Subject) -> Iterator[Problem]:
    """FB160: a text without a translation."""
    for at, document, translations in translated_files(subject.definition):
        texts = dict(read_by_people(document))
        for language in subject.definition.languages:
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
                    f"{pointer} är inte översatt till {name_in(language, 'sv')}.",
                    f'Lägg till "{pointer}" under translations.{language}.',
                    "warning",
                )


def dangling_translation(subject: Subject) -> Iterator[Problem]:
    """FB161: a translation of something that is not there."""
    for at, document, translations in translated_files(subject.definition):
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


def unread_translation(subject: Subject) -> Iterator[Problem]:
    """FB162: a language whose translation is a draft that nobody has read."""
    for language, state in subject.definition.languages.items():
        unread = ["Formulärets texter"] if state == "draft" else []
        if catalogue(language).is_draft:
            unread.append("Tjänstens egna texter")
        if unread:
            whose = " och ".join(unread).capitalize()
            yield problem(
                "FB162",
                join("languages", language),
                f"{whose} på {_named(language)} är ett maskingjort utkast som ingen "
                "människa har läst. Det står på sidorna.",
                "Låt någon som kan språket läsa. Ta sedan bort state: draft här, och "
                "X-Formbuilder-State i tjänstens katalog.",
                "warning",
            )


def unspoken_language(subject: Subject) -> Iterator[Problem]:
    """FB164: a language that the service itself does not speak."""
    for language in subject.definition.languages:
        if language not in languages():
            yield problem(
                "FB164",
                join("languages", language)
                if subject.written(join("languages", language))
                else "",
                f"Tjänsten har inga egna texter på {_named(language)}, så formuläret "
                "visas inte på det språket.",
                f"Välj bland: {', '.join(languages())}. Ett språk till är en fil i "
                "schemas/locale.",
                "warning",
            )


def unoffered_translation(subject: Subject) -> Iterator[Problem]:
    """FB163: a translation in a language the form does not offer."""
    offered = {*subject.definition.languages, subject.definition.language}
    for language in subject.definition.translations:
        if language not in offered:
            yield problem(
                "FB163",
                join("translations", language),
                f"Formuläret har texter på {_named(language)} men erbjuder inte språket.",
                f"Lägg till {language} i languages, eller ta bort texterna.",
                "warning",
            )


def _named(language: str) -> str:
    """Return what a language is called in Swedish, with its code."""
    name = name_in(language, "sv")
    return language if name == language else f"{name} ({language})"


def _from_form(subject: Subject, document: Json, language: str) -> dict[str, str]:
    """Return what the form translates of a section written in its own file."""
    prefix = join("sections", document.get("id", ""))
    given = subject.definition.translations.get(language, {})
    return {
        pointer.removeprefix(prefix): text
        for pointer, text in given.items()
        if pointer.startswith(prefix + "/")
    }


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
            key in item and written(item[key]) == name for key in NAMED_BY
        ):
            return item
        if isinstance(item, Mapping) and [*item] == [name]:
            return item  # a column that shortens one answer
    return items[int(name)] if name.isdigit() and int(name) < len(items) else None


RULES = (
    missing_translation,
    dangling_translation,
    unread_translation,
    unspoken_language,
    unoffered_translation,
)
