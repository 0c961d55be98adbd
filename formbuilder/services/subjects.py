"""Whom answers are about, frozen when they are given: a record tells it for good."""

from datetime import date

from archive.record import About, Identified
from schemas.definition import Json
from schemas.directory import Directory
from schemas.people import Family, Person


def about(family: Family, directory: Directory) -> About:
    """Return the child with its guardians and school year, or who answered.

    Whoever has no number is nobody the register knows, and stays nameless.
    """
    if family.child is None:
        known = [person for person in family.guardians if person.personal_number]
        return About(subject=_identified(known[0]) if known else None)
    return About(
        subject=_identified(family.child),
        guardians=tuple(_identified(guardian) for guardian in family.guardians),
        school_year=str(directory.settings.get("school_year", "")),
        school_year_end=_day(directory.settings.get("school_year_end")),
    )


def _identified(person: Person) -> Identified:
    return Identified(name=person.name, personal_number=person.personal_number)


def _day(written: Json) -> date | None:
    """Read a day as settings write it; anything else is no day."""
    try:
        return date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
