"""Questions that can never be asked, never be sent, or mean two things."""

import difflib
from collections.abc import Callable, Iterator
from itertools import combinations

from schemas.definition import Json
from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.mentions import Guard, Guards, Mention, Node, Requirement
from schemas.pointers import covers, join, parts
from schemas.tagged_unions import (
    asserts_only,
    key_of,
    lists_options,
    present_members,
)
from schemas.world import World

STRUCTURE = {
    "properties", "required", "allOf", "if", "then", "else", "dependentSchemas",
    "dependentRequired", "oneOf", "anyOf", "$comment", "items", "prefixItems",
}  # fmt: skip


def required_not_asked(subject: Subject) -> Iterator[Problem]:
    """FB107: required in answers where nothing asks it."""
    found: dict[tuple[str, str], Problem] = {}
    for requirement in subject.trace.requirements:
        shown = _unsendable(subject, requirement)
        if shown is not None:
            said = _required(subject, requirement.pointer, shown)
            found.setdefault(
                (requirement.at, requirement.pointer),
                problem("FB107", requirement.at, *said, subject.strictness),
            )
    yield from found.values()


def _required(subject: Subject, pointer: str, shown: str) -> tuple[str, str]:
    """Return what is wrong and what to do; a slip of the pen is told as one."""
    if pointer in subject.trace.by_pointer:
        return (
            (
                f"{pointer} krävs men frågas inte alltid{shown}, "
                "så formuläret kan inte skickas."
            ),
            (
                "Flytta required till samma then som frågan, eller ge frågan "
                "title och type."
            ),
        )
    close = difflib.get_close_matches(pointer, subject.questions, n=1)
    return (
        f"{pointer} krävs, men ingen fråga heter så.",
        f"Menade du {close[0]}?"
        if close
        else "Rätta namnet, eller lägg till frågan under properties.",
    )


def _unsendable(subject: Subject, requirement: Requirement) -> str | None:
    """Return the answers with which it goes wrong, None if it never does."""
    definers = subject.trace.defined.get(requirement.pointer, ())
    if not definers:
        return ""
    world = _world(
        subject,
        requirement.guards,
        _asking(subject, requirement.pointer),
        lambda world: (
            subject.imagination.is_complete(world)
            and not subject.imagination.is_asked(requirement.pointer, world)
        ),
    )
    return None if world is None else _shown(world)


def _asking(subject: Subject, pointer: str) -> tuple[Mention, ...]:
    mentions = subject.trace.by_pointer.get(pointer, ())
    return tuple(m for m in mentions if m.defines or m.refuses)


def _world(
    subject: Subject,
    guards: Guards,
    others: tuple[Mention, ...],
    holds: Callable[[World], bool],
) -> World | None:
    """Return answers that the guards let through and for which something holds."""
    everything = (*guards, *(guard for m in others for guard in m.guards))
    worlds = subject.imagination.worlds(everything)
    return next(
        (
            world
            for world in worlds.worlds
            if subject.imagination.hold(guards, world) and holds(world)
        ),
        None,
    )


def _shown(world: World) -> str:
    said = [f"{p} = {str(v).lower()}" for p, v in world.items() if v != {}]
    return f" (till exempel när {', '.join(said)})" if said else ""


def unreachable_question(subject: Subject) -> Iterator[Problem]:
    """FB108: no answers make the question appear."""
    found: list[str] = []
    for pointer, definers in subject.trace.defined.items():
        if any(covers(above, pointer) for above in found):
            continue
        if subject.is_unreachable(pointer):
            found.append(pointer)
            yield problem(
                "FB108",
                definers[0].at,
                f"Inga svar gör att {pointer} frågas.",
                "Se över villkoren omkring frågan, eller ta bort den.",
                subject.strictness,
            )


def bare_constraint(subject: Subject) -> Iterator[Problem]:
    """FB109: something is said of a question where it may not be asked."""
    for mention in subject.trace.mentions:
        if not _only_narrows(mention) or mention.pointer not in subject.trace.defined:
            continue
        world = _world_without(subject, mention)
        if world is not None:
            yield problem(
                "FB109",
                mention.at,
                f"Det här säger något om {mention.pointer} också när den inte "
                f"frågas{_shown(world)}.",
                "Lägg det bredvid frågan, eller under samma villkor.",
                "warning",
            )


def _world_without(subject: Subject, mention: Mention) -> World | None:
    return _world(
        subject,
        mention.guards,
        _asking(subject, mention.pointer),
        lambda world: not subject.imagination.is_asked(mention.pointer, world),
    )


def _only_narrows(mention: Mention) -> bool:
    schema = mention.schema
    return (
        isinstance(schema, dict)
        and not mention.defines
        and not mention.is_key
        and bool(schema.keys() - STRUCTURE)
    )


def union_without_key(subject: Subject) -> Iterator[Problem]:
    """FB110: nothing tells which branch is meant."""
    for node in _once(subject):
        for keyword in ("oneOf", "anyOf"):
            conjuncts = node.resource.conjuncts
            if lists_options(node.schema.get(keyword, ())):
                continue
            found = present_members(node.schema, keyword, conjuncts)
            members = [*found.values()]
            if len(members) <= 1 or asserts_only(node.schema, members, conjuncts):
                continue
            if key_of(members, conjuncts, node.presumed):
                continue
            yield problem(
                "FB110",
                node.at + join(keyword),
                "Inget svar avgör vilken gren som gäller.",
                "Lägg till en egenskap som krävs i varje gren, med ett eget const.",
                subject.strictness,
            )


def closed_before_then(subject: Subject) -> Iterator[Problem]:
    """FB111: a closed object refuses the questions its own conditions ask."""
    for node in _once(subject):
        if node.schema.get("additionalProperties") is not False or not node.pointer:
            continue
        own = node.schema.get("properties", {})
        refused = [
            mention.pointer
            for mention in subject.trace.members.get(node.pointer, ())
            if parts(mention.pointer)[-1] not in own
            and _is_same_schema(node, mention)
            and not _exclude(node.guards, mention.guards)
        ]
        if refused:
            yield problem(
                "FB111",
                node.at + "/additionalProperties",
                f"Det stängda objektet tar inte emot {', '.join(dict.fromkeys(refused))}.",
                'Skriv "unevaluatedProperties": false i stället, eller ta bort raden.',
                subject.strictness,
            )


def _is_same_schema(node: Node, mention: Mention) -> bool:
    return mention.resource.urn == node.resource.urn


def two_definitions(subject: Subject) -> Iterator[Problem]:
    """FB113: two different definitions of one question may both apply."""
    for pointer, mentions in subject.trace.defined.items():
        apart = {m.at: m for m in mentions if not m.is_key}
        said = {m.at: _said(subject, m) for m in apart.values()}
        for one, other in combinations(apart.values(), 2):
            if _agree(said[one.at], said[other.at]) or _exclude(
                one.guards, other.guards
            ):
                continue
            guards = (*one.guards, *other.guards)
            if _world(subject, guards, (), lambda _: True) is not None:
                yield problem(
                    "FB113",
                    other.at,
                    f"{pointer} får två olika definitioner som kan gälla samtidigt.",
                    "Skriv frågan en gång under $defs och peka på den med $ref.",
                    subject.strictness,
                )
                break


def _exclude(some: Guards, others: Guards) -> bool:
    """Tell whether two places stand in different branches of one union."""
    chosen = {_union(guard): guard.at for guard in some if guard.kind == "branch"}
    return any(
        chosen.get(_union(guard), guard.at) != guard.at
        for guard in others
        if guard.kind == "branch"
    )


def _union(branch: Guard) -> tuple[str, str]:
    return branch.base, branch.at.rpartition("/")[0]


Said = tuple[Json, ...]


def _said(subject: Subject, mention: Mention) -> Said:
    return tuple(subject.says(mention, keyword) for keyword in ("title", "type"))


def _agree(some: Said, others: Said) -> bool:
    pairs = zip(some, others, strict=True)
    return all(one == other or None in (one, other) for one, other in pairs)


def empty_array(subject: Subject) -> Iterator[Problem]:
    """FB114: a required list that may be empty."""
    for requirement in {r.pointer: r for r in subject.trace.requirements}.values():
        definers = subject.trace.defined.get(requirement.pointer, ())
        is_array = "array" in subject.trace.types(requirement.pointer)
        if is_array and not any(subject.says(m, "minItems") for m in definers):
            yield problem(
                "FB114",
                definers[0].at if definers else requirement.at,
                f"{requirement.pointer} krävs, men en tom lista räknas som ett svar.",
                'Skriv "minItems": 1.',
                "warning",
            )


def information_required(subject: Subject) -> Iterator[Problem]:
    """FB115: information cannot be answered, so it cannot be required."""
    for requirement in dict.fromkeys(subject.trace.requirements):
        if subject.is_information(requirement.pointer):
            yield problem(
                "FB115",
                requirement.at,
                f"{requirement.pointer} är en informationstext och kan inte krävas.",
                "Ta bort den ur required.",
                subject.strictness,
            )


def _once(subject: Subject) -> Iterator[Node]:
    """Yield every subschema once, however many pointers it describes."""
    yield from {node.at: node for node in subject.trace.nodes}.values()


RULES = (
    required_not_asked,
    unreachable_question,
    bare_constraint,
    union_without_key,
    closed_before_then,
    two_definitions,
    empty_array,
    information_required,
)
