"""Families for tests of who decides what."""

from schemas.people import Family, Person

CHILD = Person(
    key="child",
    given_name="Alva",
    family_name="Ek",
    address_id="north",
    protection="none",
)


def guardian(key: str, address: str = "north") -> Person:
    return Person(
        key=key, given_name=key.title(), address_id=address, protection="none"
    )


def family(*guardians: Person, child: Person = CHILD) -> Family:
    return Family(child=child, guardians=guardians)


TOGETHER = family(guardian("maja"), guardian("omar"))
APART = family(guardian("maja"), guardian("omar", "south"))
ALONE = family(guardian("maja"))
