"""Answers whose names a schema leaves open: no question asks for them, and that is told."""

from collections.abc import Iterator, Mapping
from typing import Final

from schemas.definition import Json
from schemas.dialects.drafts import DRAFT_2020
from schemas.dialects.members import members
from schemas.errors import Problem
from schemas.importing.layout import notice
from schemas.pointers import join

OPEN: Final = ("additionalProperties", "unevaluatedProperties", "patternProperties")
CONDITIONS: Final = frozenset({"if", "not", "contains", "propertyNames"})
"""Where a schema tells what answers are like, and describes none."""


def unnamed(schema: Json, at: str = "") -> Iterator[Problem]:
    """Yield FB198 for every place of a schema of 2020-12 that describes such answers."""
    if not isinstance(schema, Mapping):
        return
    for keyword in OPEN:
        if isinstance(schema.get(keyword), Mapping) and schema[keyword]:
            yield notice(
                "FB198",
                at + join(keyword),
                f"{keyword} beskriver svar vars namn den som svarar själv hittar på, "
                "och dem frågar formuläret inte efter.",
                "Ge svaren namn under properties, eller gör dem till en lista av "
                "objekt med ett namn och ett värde.",
            )
    for segments, _, member in members(schema, DRAFT_2020):
        if segments[0] not in CONDITIONS:
            yield from unnamed(member, at + join(*segments))
