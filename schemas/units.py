"""What is signed, versioned and archived as one: a part, or what a section has besides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from schemas.definition import (
    Arrival,
    FormDefinition,
    Json,
    Part,
    Retention,
    Scope,
    Section,
    Signing,
    SigningPolicy,
)
from schemas.pointers import ABSENT, covers, join


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of a section, or with `part` empty the section's rest.

    `fields` are the pointers it holds and `without` those that others took out.
    """

    section: str
    part: str
    title: str
    fields: tuple[str, ...]
    without: tuple[str, ...] = ()
    scope: Scope = "child"
    sign: SigningPolicy = field(default_factory=SigningPolicy)
    arrive_when: Arrival = "first_signature"
    retention: Retention | None = None
    controller: str = ""
    consents: Mapping[str, str] = field(default_factory=dict)
    is_safeguard: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Return section and part: what the unit is called within its form."""
        return self.section, self.part

    @property
    def is_joint_consent(self) -> bool:
        """Tell whether each guardian says yes or no and any no wins."""
        return "all_or_no" in (self.sign.first, self.sign.change)

    @property
    def is_own(self) -> bool:
        """Tell whether each guardian or household has answers of their own."""
        return self.scope != "child" or self.is_joint_consent

    def policy(self, *, is_change: bool) -> Signing:
        """Return who signs a first version, or a later one."""
        return self.sign.change if is_change else self.sign.first

    def holds(self, pointer: str) -> bool:
        """Tell whether the answer at the pointer belongs to this unit."""
        return any(covers(p, pointer) for p in self.fields) and not any(
            covers(p, pointer) for p in self.without
        )


def units_of(form: FormDefinition) -> tuple[Unit, ...]:
    """Return every unit of the form in the author's order, a section's parts first."""
    return tuple(
        unit
        for section in form.sections
        for unit in (*(_part(section, p) for p in section.parts), _rest(section))
    )


def unit_answers(unit: Unit, answers: Json) -> Json:
    """Return a document with the unit's answers and nothing else.

    >>> unit = Unit(section="diet", part="", title="", fields=("/diet",),
    ...             without=("/diet/avoid",))
    >>> unit_answers(unit, {"diet": {"need": True, "avoid": ["egg"]}, "photo": {}})
    {'diet': {'need': True}}
    """
    kept = _pick(answers, "", unit.fields, unit.without)
    return {} if kept is ABSENT else kept


def header_answers(form: FormDefinition, answers: Json) -> Json:
    """Return the answers no section owns: what all sections share."""
    taken = tuple(p for unit in units_of(form) for p in unit.fields)
    kept = _pick(answers, "", ("",), taken)
    return {} if kept is ABSENT else kept


def combine(documents: Iterable[Json]) -> Json:
    """Lay documents that hold different answers on top of each other.

    >>> combine([{"diet": {"need": True}}, {"diet": {"avoid": ["egg"]}}])
    {'diet': {'need': True, 'avoid': ['egg']}}
    """
    return reduce(_merge, documents, {})


def _own_fields(section: Section) -> tuple[str, ...]:
    return section.fields or (join(section.id),)


def _part(section: Section, part: Part) -> Unit:
    arrive_when = part.arrive_when or section.arrive_when
    return Unit(
        section=section.id,
        part=part.id,
        title=part.title or section.title,
        fields=part.fields,
        scope=part.for_ or section.for_,
        sign=part.sign or section.sign,
        arrive_when=arrive_when,
        retention=part.retention or _retention(section),
        controller=section.controller,
        consents=_held(section, part.fields, ()),
        is_safeguard=arrive_when == "first_signature"
        and section.arrive_when == "all_signatures",
    )


def _rest(section: Section) -> Unit:
    without = tuple(pointer for part in section.parts for pointer in part.fields)
    return Unit(
        section=section.id,
        part="",
        title=section.title,
        fields=_own_fields(section),
        without=without,
        scope=section.for_,
        sign=section.sign,
        arrive_when=section.arrive_when,
        retention=_retention(section),
        controller=section.controller,
        consents=_held(section, _own_fields(section), without),
    )


def _retention(section: Section) -> Retention | None:
    return section.archive.retention if section.archive else None


def _held(
    section: Section, fields: tuple[str, ...], without: tuple[str, ...]
) -> Mapping[str, str]:
    return {
        pointer: purpose
        for pointer, purpose in section.consents.items()
        if any(covers(p, pointer) for p in fields)
        and not any(covers(p, pointer) for p in without)
    }


def _pick(
    here: Json, pointer: str, fields: tuple[str, ...], without: tuple[str, ...]
) -> Json:
    """Return what of a value is inside `fields` and outside `without`, or ABSENT."""
    if any(covers(p, pointer) for p in without):
        return ABSENT
    is_inside = any(covers(p, pointer) for p in fields)
    if isinstance(here, dict):
        members = {
            name: kept
            for name, value in here.items()
            if (kept := _pick(value, pointer + join(name), fields, without))
            is not ABSENT
        }
        return members if members or is_inside else ABSENT
    if isinstance(here, list):
        return _pick_items(here, pointer, fields, without, is_inside)
    return here if is_inside else ABSENT


def _pick_items(
    here: list[Json],
    pointer: str,
    fields: tuple[str, ...],
    without: tuple[str, ...],
    is_inside: bool,
) -> Json:
    items = [
        _pick(item, pointer + join(place), fields, without)
        for place, item in enumerate(here)
    ]
    if not is_inside and all(item is ABSENT for item in items):
        return ABSENT
    # Array positions stay, so that two units' items can be laid together again.
    return [{} if item is ABSENT else item for item in items]


def _merge(below: Json, above: Json) -> Json:
    if isinstance(below, dict) and isinstance(above, dict):
        merged = dict(below)
        for name, value in above.items():
            merged[name] = _merge(merged[name], value) if name in merged else value
        return merged
    if isinstance(below, list) and isinstance(above, list):
        shared = min(len(below), len(above))
        together = [_merge(below[i], above[i]) for i in range(shared)]
        return [*together, *below[shared:], *above[shared:]]
    return above
