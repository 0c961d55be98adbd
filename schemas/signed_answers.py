"""What a signature on a unit covers: its answers under the header they were given with.

A record must say by itself whom it is about, and prove it. So each unit is signed and
kept with what all sections share, and with those facts that its own section read.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.pointers import covers, join
from schemas.reading import reads
from schemas.units import combine

FACTS: Final = "facts"
KEPT: Final = 512


def header_of(form: CompiledForm, section: str, header: Json) -> Json:
    """Return the header as a record of this section keeps it.

    Facts are kept where the section's conditions read them and nowhere else.
    """
    kept = {name: value for name, value in header.items() if name != FACTS}
    facts = header.get(FACTS)
    if isinstance(facts, Mapping):
        known = facts_read(form, section)
        read = {
            name: value
            for name, value in facts.items()
            if any(covers(pointer, join(FACTS, name)) for pointer in known)
        }
        if read:
            kept[FACTS] = read
    return kept


def signed_answers(header: Json, answers: Json) -> Json:
    """Return a unit's answers with its header: the document that is digested.

    >>> signed_answers({"child": {"given_name": "Lo"}}, {"diet": {"need": False}})
    {'child': {'given_name': 'Lo'}, 'diet': {'need': False}}
    """
    return combine([header, answers])


@lru_cache(maxsize=KEPT)
def facts_read(form: CompiledForm, section: str) -> frozenset[str]:
    """Return the pointers to facts that decide what a section asks."""
    found = form.definition.section(section)
    if found.schema is None:
        # Its questions lie in the form's one schema, which any fact may decide.
        return frozenset({join(FACTS)})
    looks = [
        reads(form.source, schema)
        for schema in (found.asked_when, found.across)
        if schema is not None
    ]
    return frozenset(p for p in frozenset().union(*looks) if covers(join(FACTS), p))
