"""Sections that get in each other's way."""

from collections import Counter
from collections.abc import Iterable, Iterator

from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.pointers import join, parts


def closed_section_across(subject: Subject) -> Iterator[Problem]:
    """FB112: a closed section refuses the questions that `across` adds to it."""
    for at, section in subject.sections():
        schema = section.schema if isinstance(section.schema, dict) else {}
        closed = [
            keyword
            for keyword in ("additionalProperties", "unevaluatedProperties")
            if schema.get(keyword) is False
        ]
        added = [
            mention.pointer
            for mention in subject.trace.mentions
            if mention.defines
            and "/across/" in mention.at
            and parts(mention.pointer)[:1] == (section.id,)
            and parts(mention.pointer)[1:2] != ()
        ]
        if closed and added:
            yield problem(
                "FB112",
                at + join("schema", closed[0]),
                f"Avsnittet är stängt, men across lägger till {', '.join(added)}.",
                "Ta bort raden. Hela formuläret stängs ändå.",
            )


def section_name_clash(subject: Subject) -> Iterator[Problem]:
    """FB141: a section is called as another one, or as something all share."""
    schema = subject.definition.schema
    shared = schema.get("properties", {}) if isinstance(schema, dict) else {}
    seen = {*shared, "facts"}
    for at, section in subject.sections():
        if section.id in seen:
            yield problem(
                "FB141",
                at + "/id",
                f"”{section.id}” är redan namnet på ett avsnitt eller på något som "
                "alla avsnitt delar.",
                "Ge avsnittet ett annat id.",
            )
        seen.add(section.id)


def duplicate_id(subject: Subject) -> Iterator[Problem]:
    """FB143: two pages, parts, receivers or scenarios with the same name."""
    yield from _repeated(
        ((page.id, at + "/id") for at, _, page in subject.pages), "sida", "id"
    )
    yield from _repeated(
        ((view.receiver.id, view.at) for view in subject.views), "mottagare", "id"
    )
    yield from _repeated(
        (
            (scenario.name, join("scenarios", index, "name"))
            for index, scenario in enumerate(subject.definition.scenarios)
        ),
        "exempel",
        "name",
    )
    for at, section in subject.sections():
        yield from _repeated(
            (
                (part.id, at + join("parts", index, "id"))
                for index, part in enumerate(section.parts)
            ),
            "del",
            "id",
        )


def _repeated(
    named: Iterable[tuple[str, str]], kind: str, key: str
) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for name, at in named:
        seen[name] += 1
        if seen[name] == 2:  # noqa: PLR2004 - the second of that name
            yield problem(
                "FB143",
                at,
                f"Det finns redan en {kind} som heter ”{name}”.",
                f"Ge den ett annat {key}.",
            )


def questions_or_fields(subject: Subject) -> Iterator[Problem]:
    """FB144: a section has either questions of its own or a list of the form's."""
    for at, section in subject.sections():
        has_own = section.schema not in (None, {})
        if has_own is bool(section.fields):
            yield problem(
                "FB144",
                at,
                "Avsnittet har både schema och fields."
                if has_own
                else "Avsnittet har varken schema eller fields.",
                "Skriv schema för egna frågor, eller fields för frågor ur "
                "formulärets schema.",
            )


RULES = (
    closed_section_across,
    section_name_clash,
    duplicate_id,
    questions_or_fields,
)
