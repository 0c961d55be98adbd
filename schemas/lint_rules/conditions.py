"""Conditions that hold by accident, look the wrong way, or chase their own tail."""

from collections.abc import Iterator, Mapping

from schemas.calculating import sources
from schemas.conditions import vacuous
from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.mentions import Guard, Guards
from schemas.pointers import covers, join, parts


def vacuous_if(subject: Subject) -> Iterator[Problem]:
    """FB101: the condition also holds before its question is answered."""
    for condition in subject.conditions:
        for read in vacuous(
            condition.schema,
            base=condition.base,
            at=condition.at,
            resolve=condition.resource.schema,
        ):
            name = parts(read.pointer)[-1]
            yield problem(
                "FB101",
                read.at,
                f"Villkoret stämmer också innan {read.pointer} är besvarad.",
                f'Skriv "required": ["{name}"] bredvid "properties".',
                subject.strictness,
            )


def _open_reads(guards: Guards) -> Iterator[tuple[Guard, str]]:
    """Yield what would let through if it were missing."""
    presumed = frozenset[str]().union(*(guard.presumes for guard in guards))
    for guard in guards:
        for read in guard.fails_open_on:
            if not read.is_passage and read.pointer not in presumed:
                yield guard, read.pointer


def _is_fact(pointer: str) -> bool:
    return parts(pointer)[:1] == ("facts",)


def negative_if(subject: Subject) -> Iterator[Problem]:
    """FB102: not or else shows questions before the condition's own is answered."""
    found = {
        (guard.at, pointer): mention.pointer
        for mention in subject.trace.mentions
        if mention.defines
        for guard, pointer in _open_reads(mention.guards)
        if not _is_fact(pointer) and pointer in subject.trace.by_pointer
    }
    for (at, pointer), shown in found.items():
        yield problem(
            "FB102",
            at,
            f"{shown} visas redan innan {pointer} är besvarad.",
            f"Kräv {pointer} med required i ett eget if, eller räkna upp de svar "
            "som ska visa frågan.",
            "warning",
        )


def fact_fails_open(subject: Subject) -> Iterator[Problem]:
    """FB103: an unknown fact would count as a no."""
    guarded = [m.guards for m in subject.trace.mentions]
    guarded += [r.guards for r in subject.trace.requirements]
    guarded += [
        (
            Guard(
                kind="if",
                schema=condition.schema,
                base=condition.base,
                at=condition.at,
                resource=condition.resource,
            ),
        )
        for condition in subject.conditions
    ]
    found = dict.fromkeys(
        (guard.at, pointer)
        for guards in guarded
        for guard, pointer in _open_reads(guards)
        if _is_fact(pointer)
    )
    for at, pointer in found:
        yield problem(
            "FB103",
            at,
            f"Om {pointer} är okänt räknas det här som ett nej.",
            "Skriv villkoret så att det frågar efter ett känt värde, med required "
            "och const.",
        )


def condition_cycle(subject: Subject) -> Iterator[Problem]:
    """FB104: whether a question is asked depends on its own answer."""
    edges = {pointer: _deciders(subject, pointer) for pointer in subject.trace.defined}
    for loop in _loops(edges):
        guard = _guard_between(subject, loop[0], loop[1 % len(loop)])
        path = " → ".join((*loop, loop[0])) if len(loop) > 1 else loop[0]
        yield problem(
            "FB104",
            guard.at if guard else subject.trace.defined[loop[0]][0].at,
            f"Frågan avgör själv om den ställs: {path}.",
            "Ta bort ett av villkoren i kedjan.",
        )


def _deciders(subject: Subject, pointer: str) -> tuple[str, ...]:
    above = join(*parts(pointer)[:-1]).removesuffix("/*")
    read = [
        r.pointer
        for guard in subject.guards(pointer)
        for r in guard.reads
        if not r.is_passage
    ]
    counted = [
        other
        for mention in subject.trace.defined.get(pointer, ())
        if isinstance(mention.schema, Mapping)
        for _, other in sources(pointer, mention.schema)
    ]
    return tuple(dict.fromkeys((*read, *counted, *([above] if above else []))))


def _loops(edges: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield each cycle once, found by walking from every pointer in order."""
    done: set[str] = set()

    def walk(here: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if here in path:
            yield path[path.index(here) :]
        elif here not in done:
            for there in edges.get(here, ()):
                yield from walk(there, (*path, here))
            done.add(here)

    for start in edges:
        yield from walk(start, ())


def _guard_between(subject: Subject, pointer: str, decider: str) -> Guard | None:
    found = (
        guard
        for guard in subject.guards(pointer)
        for read in guard.reads
        if read.pointer == decider
    )
    return next(found, None)


def forward_condition(subject: Subject) -> Iterator[Problem]:
    """FB105: a question depends on one that comes on a later page."""
    found: dict[tuple[str, str], tuple[str, int, int]] = {}
    for pointer in subject.trace.defined:
        here = _page(subject, pointer)
        for guard in subject.guards(pointer):
            for read in guard.reads:
                there = -1 if read.is_passage else _page(subject, read.pointer)
                if 0 <= here < there:
                    found.setdefault((guard.at, read.pointer), (pointer, here, there))
    for (at, read_pointer), (pointer, here, there) in found.items():
        yield problem(
            "FB105",
            at,
            f"{pointer} på sidan ”{subject.pages[here][2].id}” beror på "
            f"{read_pointer}, som kommer först på ”{subject.pages[there][2].id}”.",
            "Byt ordning på sidorna, eller flytta frågan.",
            "warning",
        )


def _page(subject: Subject, pointer: str) -> int:
    if subject.is_container(pointer) and not _is_listed(subject, pointer):
        return -1
    for index, (_, _, page) in enumerate(subject.pages):
        if any(covers(field, pointer) for field in page.fields):
            return index
    return -1


def _is_listed(subject: Subject, pointer: str) -> bool:
    return any(pointer in page.fields for _, _, page in subject.pages)


def dependent_on_boolean(subject: Subject) -> Iterator[Problem]:
    """FB106: dependentSchemas on a yes or no counts the no as present too."""
    for node in subject.trace.nodes:
        for name in node.schema.get("dependentSchemas", {}):
            if "boolean" in subject.trace.types(node.pointer + join(name)):
                yield problem(
                    "FB106",
                    node.at + join("dependentSchemas", name),
                    f"Även ett nej på {node.pointer}/{name} räknas som ett svar här.",
                    'Skriv "if" med "const": true i stället.',
                    subject.strictness,
                )


RULES = (
    vacuous_if,
    negative_if,
    fact_fails_open,
    condition_cycle,
    forward_condition,
    dependent_on_boolean,
)
