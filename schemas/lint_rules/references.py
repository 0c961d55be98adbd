"""References that lead out of the definition, or nowhere."""

from collections.abc import Iterator

from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.pointers import join
from schemas.resources import CODES, Resource
from schemas.section_files import is_remote


def written_references(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the place and target of every `$ref` in the document's schemas."""
    for at, schema in subject.written_schemas():
        for keyword in ("$ref", "$dynamicRef"):
            if isinstance(schema.get(keyword), str):
                yield at + join(keyword), schema[keyword]


def remote_reference(subject: Subject) -> Iterator[Problem]:
    """FB170: a reference to something on a network."""
    for at, reference in written_references(subject):
        if is_remote(reference) and not reference.startswith("urn:formbuilder:"):
            yield problem(
                "FB170",
                at,
                f"”{reference}” ligger utanför definitionen, och inget hämtas "
                "från nätet.",
                "Kopiera in schemat under $defs och skriv #/$defs/….",
            )


def dangling_reference(subject: Subject) -> Iterator[Problem]:
    """FB171: a reference to something that is not there."""
    for at, reference in written_references(subject):
        if reference.startswith(CODES):
            continue
        is_ours = reference.startswith("urn:formbuilder:")
        if is_remote(reference) and not is_ours:
            continue
        if _home(subject, at).resolve(reference) is None:
            yield problem(
                "FB171",
                at,
                f"”{reference}” leder ingenstans.",
                "Skriv #/$defs/namn, där namn finns under $defs i samma schema.",
            )


def _home(subject: Subject, at: str) -> Resource:
    for place, section in subject.sections():
        if at.startswith(place + "/schema/"):
            return subject.resources.sections[section.id]
    return subject.resources.form


RULES = (remote_reference, dangling_reference)
