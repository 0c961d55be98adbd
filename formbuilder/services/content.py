"""What sealed columns hold, as values: drafts, headers and versions of units."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Final

from schemas.chosen_anew import Held, SetAside, chosen_anew
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_type import Raw
from schemas.offered import Offered, read_offered
from schemas.offering import Place
from schemas.people import Family, Person
from schemas.pointers import with_values

_OF_A_PERSON: Final = tuple(one.name for one in fields(Person))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """A draft: answers as typed, the family when it was opened, what it began with.

    `kept` are the sections that were sent sealed before: nobody here can show them
    again, and they stand unless they are answered anew. `unconfirmed` are the pointers
    of what was filled in for the person and they have not checked yet. `typed` is what
    was left half typed, by question. `unchosen` is what was typed in kinds of answer
    that are not chosen now, in a row or group; `set_aside` is what was answered in
    alternatives that are not. `told` are the answers the person knows are dropped.
    """

    answers: Json = field(default_factory=dict)
    family: Family
    base: Mapping[Place, str] = field(default_factory=dict)
    locked: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    typed: Mapping[str, Raw] = field(default_factory=dict)
    unchosen: Mapping[str, Raw] = field(default_factory=dict)
    set_aside: SetAside = field(default_factory=dict)
    told: tuple[str, ...] = ()

    def answered(
        self,
        form: CompiledForm,
        values: Mapping[str, Json],
        typed: Mapping[str, Raw],
        unchosen: Mapping[str, Raw],
    ) -> "DraftContent":
        """Return the content with these answers, and what was typed beside them.

        `form` is what is answered.
        """
        half = {p: raw for p, raw in self.typed.items() if p not in values}
        other = {p: raw for p, raw in self.unchosen.items() if p not in values}
        came = with_values(self.answers, values), {**half, **typed}
        held = chosen_anew(form, self.answers, Held(*came, self.set_aside))
        return replace(self, unchosen={**other, **unchosen}, **held._asdict())

    def to_bytes(self) -> bytes:
        """Write the content as `read_draft` reads it."""
        return _write(
            {
                "answers": self.answers,
                "family": write_family(self.family),
                "base": [[*place, mark] for place, mark in self.base.items()],
                "locked": self.locked,
                "kept": self.kept,
                "unconfirmed": self.unconfirmed,
                "typed": self.typed,
                "unchosen": self.unchosen,
                "set_aside": self.set_aside,
                "told": self.told,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitContent:
    """One version's answers, with the salt only this content holds.

    `header` is what stands above the answers in what is signed; `about` is whom
    they are about, as the register said when they were given. `offered` are the code
    lists that answers and header were chosen from, as they were then.
    """

    answers: Json
    salt: str
    header: Json = field(default_factory=dict)
    about: Json = field(default_factory=dict)
    offered: tuple[Offered, ...] = ()

    def to_bytes(self) -> bytes:
        """Write the content as `read_unit` reads it."""
        return _write(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderContent:
    """What all sections of a case share, and which child it is about."""

    answers: Json
    child: str = field(default="", repr=False)

    def to_bytes(self) -> bytes:
        """Write the content as `read_header` reads it."""
        return _write({"answers": self.answers, "child": self.child})


def read_header(content: bytes) -> HeaderContent:
    """Read what `HeaderContent.to_bytes` wrote."""
    return HeaderContent(**json.loads(content))


def read_draft(content: bytes) -> DraftContent:
    """Read what `DraftContent.to_bytes` wrote."""
    found = json.loads(content)
    return DraftContent(
        answers=found["answers"],
        family=read_family(found["family"]),
        base={(s, p, o): mark for s, p, o, mark in found["base"]},
        locked=tuple(found["locked"]),
        kept=tuple(found["kept"]),
        unconfirmed=tuple(found["unconfirmed"]),
        typed=found["typed"],
        unchosen=found.get("unchosen", {}),
        set_aside=found.get("set_aside", {}),
        told=tuple(found["told"]),
    )


def read_unit(content: bytes) -> UnitContent:
    """Read what `UnitContent.to_bytes` wrote."""
    found = json.loads(content)
    return UnitContent(**found | {"offered": read_offered(found.get("offered", ()))})


def write_family(family: Family) -> Json:
    """Return a family as JSON."""
    child = family.child
    return {
        "guardians": [_written(guardian) for guardian in family.guardians],
        "child": _written(child) if child else None,
    }


def read_family(found: Json) -> Family:
    """Read what `write_family` returned."""
    child = found["child"]
    return Family(
        guardians=tuple(_person(guardian) for guardian in found["guardians"]),
        child=_person(child) if child else None,
    )


def _written(person: Person) -> Json:
    # Every save writes the family: `asdict` would copy all it is made of.
    return {name: getattr(person, name) for name in _OF_A_PERSON}


def _person(found: Json) -> Person:
    return Person(**{**found, "address": tuple(found["address"])})


def _write(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def write_json(value: Json) -> bytes:
    """Return any JSON value as bytes."""
    return _write(value)


def read_json(content: bytes) -> Json:
    """Read what `write_json` returned."""
    return json.loads(content)
