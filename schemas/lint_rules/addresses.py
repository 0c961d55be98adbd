"""Addresses that are none: members that a postal address does not have, or lacks."""

from collections.abc import Iterator, Mapping
from typing import Final

from schemas.addresses import MEMBERS, NEEDED
from schemas.errors import Problem
from schemas.lint_subject import Subject, problem

ADVICE: Final = (
    "Ge objektet street, postal_code (med formatet postal-code) och city, och care_of "
    "om c/o behövs. Fråga efter annat utanför adressen."
)


def not_an_address(subject: Subject) -> Iterator[Problem]:
    """FB179: the widget address on something that is no postal address."""
    for section in (None, *subject.definition.sections):
        looks = section.ui if section else subject.definition.ui
        for pointer, ui in looks.items():
            if ui.get("widget") != "address":
                continue
            mentions = subject.trace.by_pointer.get(pointer, ())
            wrong = _wrong(subject, pointer)
            if mentions and wrong:
                yield problem(
                    "FB179",
                    mentions[0].at,
                    f"{pointer} är ingen postadress: {wrong}.",
                    ADVICE,
                )


def _wrong(subject: Subject, pointer: str) -> str:
    """Return what keeps it from being an address, "" if nothing does."""
    if subject.trace.types(pointer) != {"object"}:
        return "den är inget objekt"
    start = f"{pointer}/"
    names = {
        one.removeprefix(start).partition("/")[0]
        for one in subject.trace.by_pointer
        if one.startswith(start)
    }
    missing = [name for name in NEEDED if name not in names]
    more = sorted(names.difference(MEMBERS))
    if missing:
        return f"{', '.join(missing)} saknas"
    if more:
        return f"{', '.join(more)} hör inte till en"
    wrong = [n for n in MEMBERS if n in names and not _is_text(subject, start + n)]
    if wrong:
        return f"{', '.join(wrong)} är ingen text"
    return (
        "" if _is_code(subject, f"{start}postal_code") else "postnumret har fel format"
    )


def _is_text(subject: Subject, pointer: str) -> bool:
    return subject.trace.types(pointer) == {"string"}


def _is_code(subject: Subject, pointer: str) -> bool:
    return any(
        isinstance(one.schema, Mapping) and subject.says(one, "format") == "postal-code"
        for one in subject.trace.by_pointer.get(pointer, ())
    )


RULES = (not_an_address,)
