"""The personas as records of Skatteverket's service, and as a test changes them."""

import threading
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from formbuilder.simulators.persona import Custody, Persona
from formbuilder.simulators.personas import BY_NUMBER, CUSTODY, HOMES

HERE: Final = ("21", "99")
"""The county and municipality that do not exist."""
REASONS: Final = {"dead": "AV", "emigrated": "UV", "deregistered": "OB"}
CHANGEABLE: Final = frozenset(field.name for field in fields(Persona)) - {"number"}


class People:
    """Everybody in the register, as they are now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Let everybody be as their story says."""
        with self._lock:
            self._persons: dict[str, Persona] = dict(BY_NUMBER)
            self._custody: tuple[Custody, ...] = CUSTODY

    def change(self, number: str, wanted: Mapping[str, Any]) -> bool:
        """Change what the register says about somebody; tell whether they exist.

        Takes a persona's own fields, and `guardians`: a list of
        `{"guardian": …, "since": …, "until": …}` in place of a child's present ones.
        """
        with self._lock:
            if number not in self._persons:
                return False
            changes = {
                name: _dated(name, value)
                for name, value in wanted.items()
                if name in CHANGEABLE
            }
            self._persons[number] = replace(self._persons[number], **changes)
            if "guardians" in wanted:
                kept = tuple(c for c in self._custody if c.child != number)
                rows = (
                    {name: _dated(name, value) for name, value in row.items()}
                    for row in wanted["guardians"]
                )
                new = tuple(Custody(child=number, **row) for row in rows)
                self._custody = kept + new
            return True

    def post(self, number: str) -> dict[str, Any] | None:
        """Return somebody's record, or None when nobody has the number."""
        with self._lock:
            one = self._persons.get(number)
            if one is None:
                return None
            relations = [_relation(c, self._persons) for c in self._custody]
            return _flags(one) | {
                "personpost": _person(one)
                | {
                    "relationer": [
                        r for owner, r in _flat(relations) if owner == number
                    ]
                }
            }


Relations = tuple[tuple[str, dict[str, Any]], ...]


def _flat(relations: list[Relations]) -> Relations:
    return tuple(pair for pairs in relations for pair in pairs)


def _dated(name: str, value: Any) -> Any:
    if name in ("gone_on", "since", "until") and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _flags(one: Persona) -> dict[str, Any]:
    """Return the protection flags, which are left out when they are not known."""
    if one.protection == "unknown":
        return {}
    return {
        "sekretessmarkering": "J" if one.protection == "marked" else "N",
        "skyddadFolkbokforing": "J" if one.protection == "protected" else "N",
    }


def _person(one: Persona) -> dict[str, Any]:
    told: dict[str, Any] = {
        "personId": {"id": one.number},
        "namn": {
            "fornamn": one.given,
            "tilltalsnamn": one.given,
            "efternamn": one.family,
        },
        "fodelse": {"fodelsedatum": one.number[:8]},
    }
    if one.gone:
        told["avregistrering"] = {
            "avregistreringsorsakKod": REASONS[one.gone],
            "avregistreringsdatum": one.gone_on.isoformat() if one.gone_on else None,
        }
    return told | _home(one)


def _home(one: Persona) -> dict[str, Any]:
    if one.home not in HOMES:
        return {}
    street, code, town = HOMES[one.home]
    if one.gone == "emigrated":
        abroad = {"utdelningsadress1": street, "utdelningsadress2": code, "land": town}
        return {"adresser": {"utlandsadress": abroad}}
    county, municipality = HERE
    return {
        "folkbokforing": {
            "lanKod": county,
            "kommunKod": county + municipality,
            "lagenhetsId": f"simulated-dwelling-{one.home}",
        },
        "adresser": {
            "folkbokforingsadress": {
                "utdelningsadress2": street,
                "postNr": code.replace(" ", ""),
                "postort": town,
            }
        },
    }


def _relation(custody: Custody, persons: Mapping[str, Persona]) -> Relations:
    """Return both ends of a guardianship, each as its owner's record has it."""
    dates = {
        "relationFromdatum": custody.since.isoformat() if custody.since else None,
        "relationTomdatum": custody.until.isoformat() if custody.until else None,
        "sarskiltForordnad": "J" if custody.is_appointed else "N",
    }
    known = persons.get(custody.guardian)
    of_child = {
        "relationstyp": "V",
        "relationsId": {"id": custody.guardian} if custody.guardian else {},
        "namn": known.name if known else custody.name,
    } | dates
    of_guardian = {
        "relationstyp": "VF",
        "relationsId": {"id": custody.child},
        "namn": persons[custody.child].name,
    } | dates
    return ((custody.child, of_child), (custody.guardian, of_guardian))
