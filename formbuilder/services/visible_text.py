"""What a person reads in the eID app before signing: never an answer."""

from collections.abc import Iterable

from schemas.compiling import CompiledForm
from schemas.directory import Directory
from schemas.people import Family
from schemas.visible import visible

LEADING = 8
"""So many characters of the version's hash are shown; the manifest has them all."""


def visible_text(
    form: CompiledForm,
    directory: Directory,
    family: Family,
    *,
    reference: str,
    titles: Iterable[str],
    declined: Iterable[str] = (),
) -> str:
    """Return the Swedish text that is signed."""
    definition = form.definition
    lines = [directory.municipality.name, definition.title, ""]
    lines += [f"Ärende: {reference}"]
    if family.child is not None:
        lines += [f"Barnets initialer: {family.child.initials}"]
    lines += _listed("Jag skriver under:", titles)
    lines += _listed("Jag säger nej till:", declined)
    if definition.declaration:
        lines += ["", definition.declaration]
    lines += ["", f"Formulärets version: {definition.version[:LEADING]}"]
    return "\n".join(visible(line) for line in lines)


def _listed(heading: str, titles: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(titles))
    return ["", heading, *(f"- {title}" for title in found)] if found else []
