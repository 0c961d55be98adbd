"""What the municipality knows already: values for a draft from their sources.

A source that is missing gives nothing, never a default. `readOnly` values come from
here alone; nothing a client sends reaches them.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from formbuilder.services.content import DraftContent
from schemas.addresses import read_address
from schemas.compiling import CompiledForm
from schemas.definition import FormDefinition, Json, Prefill
from schemas.field_names import name_of
from schemas.file_references import without_files
from schemas.people import Family, Person
from schemas.pointers import ABSENT, covers, get, with_value
from schemas.read_only import read_only_names

Facts = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything a prefill may read, by the name before its colon."""

    register: Facts
    settings: Facts
    placement: Facts
    previous: Json

    def value(self, name: str) -> Json:
        """Return what a source like `register:child.given_name` says, or ABSENT."""
        kind, _, key = name.partition(":")
        if kind == "previous":
            return get(self.previous, key)
        facts: Facts = getattr(self, kind, {}) if kind in _KINDS else {}
        if key in facts:
            return facts[key]
        return get(facts, "/" + key.replace(".", "/"))


_KINDS = frozenset({"register", "settings", "placement"})


def register_facts(family: Family, person: Person) -> Facts:
    """Return what the register says, with names that definitions use."""
    facts: dict[str, Json] = {"guardians.count": len(family.guardians)}
    facts |= _person("guardian", person) | _person("person", person)
    if family.child is not None:
        facts |= _person("child", family.child)
        facts["child.guardians"] = ", ".join(g.name for g in family.guardians)
        facts |= _addresses(family)
    return {name: value for name, value in facts.items() if value not in ("", None)}


def prefills(definition: FormDefinition) -> Mapping[str, Prefill]:
    """Return every prefill of the form and its sections by pointer."""
    found = dict(definition.prefill)
    for section in definition.sections:
        found.update(section.prefill)
    return found


def is_locked(form: CompiledForm, pointer: str, sources: Sources) -> bool:
    """Tell whether only its source may set the value at the pointer."""
    if name_of(pointer) in read_only_names(form):
        return True
    rule = prefills(form.definition).get(pointer)
    if rule is None or rule.edit == "always":
        return False
    return rule.edit == "never" or sources.value(rule.from_) is not ABSENT


def begin(
    form: CompiledForm,
    answers: Json,
    sources: Sources,
    *,
    begun: Container[str] = (),
) -> Json:
    """Fill in a new draft: whatever has a source and no answer yet.

    `begun` are the pointers that a draft was begun with: who emptied one meant it.
    """
    for pointer, rule in prefills(form.definition).items():
        is_empty = pointer not in begun and get(answers, pointer) is ABSENT
        value = sources.value(rule.from_)
        if is_empty and value is not ABSENT:
            answers = _filled(form, answers, pointer, value)
    return renew(form, answers, sources)


def renew(form: CompiledForm, answers: Json, sources: Sources) -> Json:
    """Set every locked value to what its source says now, or take it away."""
    for pointer, rule in prefills(form.definition).items():
        if is_locked(form, pointer, sources):
            answers = _filled(form, answers, pointer, sources.value(rule.from_))
    return answers


def changed(form: CompiledForm, before: Json, after: Json) -> tuple[str, ...]:
    """Return the pointers with a source whose values differ."""
    return tuple(
        pointer
        for pointer in prefills(form.definition)
        if get(before, pointer) != get(after, pointer)
    )


def renewed(
    form: CompiledForm, content: DraftContent, answers: Json, family: Family
) -> DraftContent:
    """Return a draft with what its sources say now; what moved is to be confirmed."""
    more = to_confirm(form, content.answers, answers)
    return replace(
        content,
        answers=answers,
        family=family,
        unconfirmed=tuple(dict.fromkeys((*content.unconfirmed, *more))),
    )


def to_confirm(form: CompiledForm, before: Json, after: Json) -> tuple[str, ...]:
    """Return the pointers of what was filled in or changed, and must be confirmed."""
    rules = prefills(form.definition)
    return tuple(
        pointer
        for pointer in changed(form, before, after)
        if rules[pointer].confirm and get(after, pointer) is not ABSENT
    )


def locked_pointers(form: CompiledForm, sources: Sources) -> frozenset[str]:
    """Return the pointers a client may not set."""
    shut = {p for p in prefills(form.definition) if is_locked(form, p, sources)}
    return frozenset(shut | {*read_only_names(form).values()})


def _filled(form: CompiledForm, answers: Json, pointer: str, value: Json) -> Json:
    """Return answers with a value from a source: never a file, which lies elsewhere."""
    filled = with_value(answers, pointer, value)
    return without_files(form, filled, lambda one: covers(pointer, one.pointer))


def _person(name: str, person: Person) -> dict[str, Json]:
    return {
        f"{name}.given_name": person.given_name,
        f"{name}.family_name": person.family_name,
        f"{name}.name": person.name,
        f"{name}.personal_number": person.personal_number,
        f"{name}.id": person.personal_number,
        f"{name}.birth_year": _year(person),
        f"{name}.address": ", ".join(person.address),
        f"{name}.address_lines": list(person.address) or None,
        f"{name}.postal_address": read_address(person.address),
    }


def _year(person: Person) -> int | None:
    year = person.personal_number[:4]
    return int(year) if year.isascii() and year.isdigit() else None


def _addresses(family: Family) -> dict[str, Json]:
    """Return who lives where; nothing while any address is unknown."""
    homes = [guardian.address_id for guardian in family.guardians]
    if not homes or not all(homes):
        return {}
    is_same = len(set(homes)) == 1
    return {
        "guardians.same_address": is_same,
        "guardians.different_addresses": not is_same,
        "same_address": is_same,
        "different_addresses": not is_same,
    }
