"""A record of Skatteverket's service, read so that what is missing never opens."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from formbuilder.register.register import (
    Gone,
    Guardianship,
    PersonRecord,
    Protection,
    RegisterUnavailable,
)

Json = Any

GONE: Final[Mapping[str, Gone]] = {
    "AV": "dead",
    "UV": "emigrated",
}
GUARDIAN: Final = "V"
GUARDIAN_FOR: Final = "VF"


def read_record(post: Json) -> PersonRecord:
    """Read one person.

    Raises:
        RegisterUnavailable: it is not a record.
    """
    item = _object(_object({"post": post}, "post"), "personpost")
    number = _object(item, "personId").get("id")
    if not isinstance(number, str):
        raise RegisterUnavailable(
            "A record from the population register has no number. Try again."
        )
    protection = _protection(post)
    name = _object(item, "namn")
    return PersonRecord(
        personal_number=number,
        given_name=_text(name, "tilltalsnamn") or _text(name, "fornamn"),
        family_name=_text(name, "efternamn"),
        address=_address(item) if protection == "none" else (),
        address_id=_address_id(item) if protection == "none" else "",
        municipality_code=_text(_object(item, "folkbokforing"), "kommunKod"),
        protection=protection,
        gone=_gone(item),
        gone_on=_date(_object(item, "avregistrering").get("avregistreringsdatum")),
        guardians=_guardianships(item, GUARDIAN),
        guardian_for=_guardianships(item, GUARDIAN_FOR),
    )


def _protection(post: Mapping[str, Json]) -> Protection:
    """Return the flags' sum; one that is not there, or is odd, makes it unknown."""
    marked = _flag(post.get("sekretessmarkering"))
    protected = _flag(post.get("skyddadFolkbokforing"))
    if protected is True:
        return "protected"
    if marked is True:
        return "marked"
    return "none" if marked is False and protected is False else "unknown"


def _flag(value: Json) -> bool | None:
    return {"J": True, "N": False}.get(value) if isinstance(value, str) else None


def _gone(item: Mapping[str, Json]) -> Gone:
    reason = _text(_object(item, "avregistrering"), "avregistreringsorsakKod")
    return GONE.get(reason, "deregistered") if reason else ""


def _guardianships(item: Mapping[str, Json], kind: str) -> tuple[Guardianship, ...]:
    relations = item.get("relationer", [])
    if not isinstance(relations, list):
        raise RegisterUnavailable(
            "Relations in the population register's answer cannot be read. Try again."
        )
    return tuple(
        Guardianship(
            number=_text(_object(relation, "relationsId"), "id"),
            name=_text(relation, "namn"),
            since=_date(relation.get("relationFromdatum")),
            until=_date(relation.get("relationTomdatum")),
            is_appointed=relation.get("sarskiltForordnad") == "J",
        )
        for relation in relations
        if isinstance(relation, dict) and relation.get("relationstyp") == kind
    )


def _address(item: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the lines of the registered address, or of the one abroad."""
    home = _object(_object(item, "adresser"), "folkbokforingsadress")
    if home:
        post = f"{_text(home, 'postNr')} {_text(home, 'postort')}".strip()
        lines = [_text(home, "careOf"), _text(home, "utdelningsadress2"), post]
    else:
        abroad = _object(_object(item, "adresser"), "utlandsadress")
        names = ("utdelningsadress1", "utdelningsadress2", "land")
        lines = [_text(abroad, name) for name in names]
    return tuple(line for line in lines if line)


def _address_id(item: Mapping[str, Json]) -> str:
    """Return what is the same for everybody in one dwelling, and says nothing else.

    Two flats in a house share a street address: without the register's own key for
    the dwelling nobody lives with anybody.
    """
    dwelling = _text(_object(item, "folkbokforing"), "lagenhetsId")
    if not dwelling:
        return ""
    return hashlib.sha256(dwelling.encode("utf-8")).hexdigest()[:32]


def _object(holder: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _text(holder: Mapping[str, Json], name: str) -> str:
    found = holder.get(name)
    return found.strip() if isinstance(found, str) else ""


def _date(value: Json) -> date | None:
    """Read a date; one that is there and cannot be read must not open a door."""
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise RegisterUnavailable(
            "A date in the population register's answer cannot be read. Try again."
        ) from error
