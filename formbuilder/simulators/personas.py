"""Everybody in the simulators, by number and by story."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Any, Final

from formbuilder.simulators.persona import Custody, Persona

# Data beside this module, so that a tester may read it without Python.
_READ: Final = json.loads(
    files("formbuilder.simulators").joinpath("personas.json").read_text("utf-8")
)
DATES: Final = ("gone_on", "since", "until")


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in DATES else value
        for name, value in row.items()
    }


PERSONAS: Final = tuple(Persona(**_dated(row)) for row in _READ["persons"])
CUSTODY: Final = tuple(Custody(**_dated(row)) for row in _READ["custody"])
HOMES: Final[Mapping[str, tuple[str, str, str]]] = {
    key: (street, code, town) for key, (street, code, town) in _READ["homes"].items()
}
BY_NUMBER: Final = {persona.number: persona for persona in PERSONAS}


def persona(number: str) -> Persona | None:
    """Return the persona with that number."""
    return BY_NUMBER.get(number)


def with_bankid() -> tuple[Persona, ...]:
    """Return those who can be chosen on the phone."""
    return tuple(persona for persona in PERSONAS if persona.has_bankid)


def children_of(number: str) -> tuple[Persona, ...]:
    """Return the children somebody has or will have custody of."""
    return tuple(
        BY_NUMBER[custody.child] for custody in CUSTODY if custody.guardian == number
    )


def printed() -> Iterator[str]:
    """Yield a line for each persona who can log in: number, name and story."""
    for one in with_bankid():
        yield f"{one.number}  {one.name:<22}  {one.story}"
