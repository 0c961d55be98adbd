"""Consents, signatures, and parts that arrive before the rest."""

from collections.abc import Iterator

from schemas.conditions import reads
from schemas.definition import Part, Section
from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.pointers import covers, join, parts

WAITS = {"all", "all_or_no", "resident"}
REACHED = {"none", "low", "substantial"}
"""What a log-in with BankID is enough for."""


def consent_default(subject: Subject) -> Iterator[Problem]:
    """FB120: a consent must be a yes that somebody gave."""
    for at, section in subject.sections():
        for pointer in section.consents:
            reason = _not_free(subject, section, pointer)
            if reason:
                yield problem(
                    "FB120",
                    at + join("consents", pointer),
                    f"{pointer} är ett samtycke och {reason}.",
                    'Gör frågan till "type": "boolean" utan default och prefill.',
                )


def _not_free(subject: Subject, section: Section, pointer: str) -> str:
    mentions = subject.trace.by_pointer.get(pointer, ())
    if not mentions:
        return ""  # a dangling pointer, which FB133 says
    if subject.trace.types(pointer) != {"boolean"}:
        return "är inte en fråga med ja eller nej"
    if any(subject.says(mention, "default") is not None for mention in mentions):
        return "har ett svar ifyllt i förväg (default)"
    if pointer in section.prefill or pointer in subject.definition.prefill:
        return "är förifyllt (prefill)"
    return ""


def sign_and_arrive(subject: Subject) -> Iterator[Problem]:
    """FB121: who signs and when it arrives contradict each other."""
    for at, section in subject.sections():
        yield from _contradictions(subject, section, None, at)
        for index, part in enumerate(section.parts):
            yield from _contradictions(
                subject, section, part, at + join("parts", index)
            )


def _contradictions(
    subject: Subject, section: Section, part: Part | None, at: str
) -> Iterator[Problem]:
    policy = (part.sign if part else None) or section.sign
    arrival = (part.arrive_when if part else None) or section.arrive_when
    words = {policy.first, policy.change}
    place = at + "/sign" if subject.written(at + "/sign") else at
    may_wait = bool(words & WAITS) or policy.all_when is not None
    if arrival == "all_signatures" and not may_wait:
        yield problem(
            "FB121",
            place,
            "arrive_when väntar på alla underskrifter, men alla behöver inte "
            "skriva under.",
            'Skriv "arrive_when": "first_signature", eller "sign": "all".',
        )
    if arrival == "first_signature" and "all_or_no" in words:
        yield problem(
            "FB121",
            place,
            "Med all_or_no gäller ett ja först när alla har sagt ja.",
            'Skriv "arrive_when": "all_signatures".',
        )
    if subject.definition.identity.assurance == "none" and words != {"none"}:
        yield problem(
            "FB121",
            place,
            "Ingen legitimerar sig i formuläret, så ingen kan skriva under.",
            'Skriv "sign": "none", eller höj identity.assurance.',
        )


def unfit_all_when(subject: Subject) -> Iterator[Problem]:
    """FB127: more signatures are asked for where they could not be added."""
    for at, section in subject.sections():
        units: list[tuple[str, Section | Part]] = [(at, section)]
        units += [(at + join("parts", i), p) for i, p in enumerate(section.parts)]
        for place, unit in units:
            if unit.sign is None or unit.sign.all_when is None:
                continue
            reason = _unfit(subject, section, unit)
            if reason:
                yield problem(
                    "FB127",
                    place + "/sign/all_when",
                    f"Fler underskrifter kan inte läggas till här: {reason}.",
                    "Låt all_when läsa egna svar i ett avsnitt eller en del som "
                    'gäller barnet, med "arrive_when": "all_signatures".',
                )


def _unfit(subject: Subject, section: Section, unit: Section | Part) -> str:
    """Return why `all_when` cannot be used in a section or part, empty if it can."""
    policy = unit.sign or section.sign
    words = {policy.first, policy.change}
    if (unit.for_ or section.for_) != "child" or words & {"none", "all_or_no"}:
        return "svaren hör till en person, eller skrivs inte under av någon"
    if (unit.arrive_when or section.arrive_when) != "all_signatures":
        return "svaren räknas redan vid den första underskriften"
    if _has_sealed_receiver(subject, section):
        return "svaren förseglas till mottagaren och kan inte läsas av tjänsten"
    own = unit.fields or (join(section.id),)
    taken = [f for p in section.parts if p is not unit for f in p.fields]
    found = reads(
        policy.all_when, base="", at="", resolve=subject.resources.form.schema
    )
    for read in found:
        is_own = any(covers(f, read.pointer) for f in own)
        if not read.is_passage and (
            not is_own or any(covers(f, read.pointer) for f in taken)
        ):
            return f"{read.pointer} är inte bland svaren som skrivs under"
    return ""


def _has_sealed_receiver(subject: Subject, section: Section) -> bool:
    known = subject.directory.departments if subject.directory else {}
    return any(
        one.department in known and known[one.department].sealed
        for one in section.receivers
    )


def assurance_unreached(subject: Subject) -> Iterator[Problem]:
    """FB125: a form that asks for a surer log-in than there is opens for nobody."""
    asked = subject.definition.identity.assurance
    if asked not in REACHED:
        yield problem(
            "FB125",
            "/identity/assurance",
            f"Formuläret kräver tillitsnivån {asked}, men BankID ger substantial. "
            "Ingen skulle kunna öppna det.",
            'Skriv "assurance": "substantial".',
        )


def part_not_closed(subject: Subject) -> Iterator[Problem]:
    """FB122: what arrives early depends on something that arrives later."""
    for at, section in subject.sections():
        for index, part in enumerate(section.parts):
            arrival = part.arrive_when or section.arrive_when
            if arrival != "first_signature" or section.arrive_when == arrival:
                continue
            place = at + join("parts", index)
            for pointer, where in _outside(subject, part):
                yield problem(
                    "FB122",
                    place + "/fields",
                    f"Delen kommer in före resten, men beror på {pointer} "
                    f"(villkoret på {where}).",
                    f"Lägg {pointer} i delens fields, eller ändra villkoret.",
                )


def _outside(subject: Subject, part: Part) -> Iterator[tuple[str, str]]:
    """Yield each pointer outside the part that decides a field of it, and where."""
    deciding = [
        guard
        for mention in subject.trace.mentions
        if (mention.defines or mention.refuses) and _is_in(part, mention.pointer)
        for guard in mention.guards
    ]
    deciding += [
        guard
        for requirement in subject.trace.requirements
        if _is_in(part, requirement.pointer)
        for guard in requirement.guards
    ]
    found: dict[str, str] = {}
    for guard in deciding:
        for read in guard.reads:
            is_shared = subject.owner(read.pointer) is None
            is_whole = any(covers(read.pointer, field) for field in part.fields)
            if not (read.is_passage or is_shared or is_whole):
                found.setdefault(read.pointer, guard.at)
    yield from ((p, at) for p, at in found.items() if not _is_in(part, p))


def _is_in(part: Part, pointer: str) -> bool:
    return any(covers(field, pointer) for field in part.fields)


def part_overlap(subject: Subject) -> Iterator[Problem]:
    """FB123: a pointer in two parts, or a part with another section's pointer."""
    for at, section in subject.sections():
        taken: dict[str, str] = {}
        for index, part in enumerate(section.parts):
            for place, pointer in enumerate(part.fields):
                here = at + join("parts", index, "fields", place)
                other = next(
                    (
                        owner
                        for one, owner in taken.items()
                        if covers(one, pointer) or covers(pointer, one)
                    ),
                    None,
                )
                if other is not None:
                    yield problem(
                        "FB123",
                        here,
                        f"{pointer} ligger redan i delen ”{other}”.",
                        "Låt frågan stå i en del.",
                    )
                if subject.owner(pointer) != section:
                    yield problem(
                        "FB123",
                        here,
                        f"{pointer} hör inte till avsnittet ”{section.id}”.",
                        "En del kan bara ha avsnittets egna frågor.",
                    )
                taken.setdefault(pointer, part.id)


def cross_person_read(subject: Subject) -> Iterator[Problem]:
    """FB124: a condition reads another person's own answers."""
    found: dict[tuple[str, str], str] = {}
    for mention in subject.trace.mentions:
        if not mention.defines and not mention.refuses:
            continue
        unit = _unit(subject, mention.pointer)
        for guard in mention.guards:
            for read in guard.reads:
                other = _unit(subject, read.pointer)
                if not read.is_passage and other[2] != "child" and other != unit:
                    found.setdefault((guard.at, read.pointer), mention.pointer)
    for (at, pointer), shown in found.items():
        yield problem(
            "FB124",
            at,
            f"{shown} beror på {pointer}, som var och en svarar på för sig.",
            "Fråga det i samma avsnitt eller del, eller ta bort villkoret.",
        )


def _unit(subject: Subject, pointer: str) -> tuple[str, str, str]:
    """Return section, part and scope of a pointer; what all share has none."""
    section = subject.owner(pointer)
    if section is None or len(parts(pointer)) < 2:  # noqa: PLR2004 - the section itself
        return "", "", "child"
    for part in section.parts:
        if any(covers(field, pointer) for field in part.fields):
            return section.id, part.id, part.for_ or section.for_
    return section.id, "", section.for_


RULES = (
    consent_default,
    sign_and_arrive,
    assurance_unreached,
    unfit_all_when,
    part_not_closed,
    part_overlap,
    cross_person_read,
)
