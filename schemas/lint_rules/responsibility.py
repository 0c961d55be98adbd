"""No question without a receiver, a purpose, a legal basis and a retention decision."""

from collections.abc import Iterator

from schemas.conditions import reads
from schemas.definition import Section
from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.pointers import covers, join


def question_without_receiver(subject: Subject) -> Iterator[Problem]:
    """FB150: a question that no receiver is addressed."""
    sent = [c.pointer for v in subject.views for c in v.receiver.fields if c.pointer]
    read = {
        one.pointer
        for view in subject.views
        for condition in subject.view_conditions(view)
        if not condition.at.endswith("/only_when")
        for one in reads(
            condition.schema,
            base="",
            at=condition.at,
            resolve=condition.resource.schema,
        )
    }
    for pointer, mentions in subject.questions.items():
        if pointer in read or any(covers(one, pointer) for one in sent):
            continue
        yield problem(
            "FB150",
            mentions[0].at,
            f"Ingen mottagare får svaret på {pointer}.",
            "Lägg till frågan hos den mottagare som behöver den, eller ta bort den.",
            subject.strictness,
        )


def _asking_sections(subject: Subject) -> Iterator[tuple[str, Section]]:
    for at, section in subject.sections():
        if any(subject.owner(pointer) == section for pointer in subject.questions):
            yield at, section


def section_without_purpose(subject: Subject) -> Iterator[Problem]:
    """FB151: questions without a purpose."""
    for at, section in _asking_sections(subject):
        if not section.purpose.strip():
            yield problem(
                "FB151",
                at,
                f"Avsnittet ”{section.id}” säger inte varför uppgifterna behövs.",
                'Skriv "purpose" så att den som svarar förstår.',
                subject.strictness,
            )


def section_without_legal_basis(subject: Subject) -> Iterator[Problem]:
    """FB152: questions without a legal basis."""
    for at, section in _asking_sections(subject):
        if section.legal_basis is None:
            yield problem(
                "FB152",
                at,
                f"Avsnittet ”{section.id}” saknar rättslig grund.",
                'Skriv "legal_basis": {"gdpr": "6.1 e", "national": "…"}.',
                subject.strictness,
            )


def section_without_retention(subject: Subject) -> Iterator[Problem]:
    """FB153: questions without a decision on how long the answers are kept."""
    for at, section in _asking_sections(subject):
        rule = section.archive
        is_decided = rule is not None and (
            rule.retention.preserve or (rule.retention.keep and rule.retention.decision)
        )
        if not is_decided:
            yield problem(
                "FB153",
                at + "/archive" if subject.written(at + "/archive") else at,
                f"Avsnittet ”{section.id}” saknar beslut om hur länge svaren sparas.",
                'Skriv "archive" med record_type, classification och retention: '
                'keep, from och decision, eller "preserve": true.',
                subject.strictness,
            )


def unnamed_event(subject: Subject) -> Iterator[Problem]:
    """FB165: an event that retention counts from, and that nobody has put into words."""
    for at, section in subject.sections():
        rules = [
            (at + "/archive/retention", section.archive and section.archive.retention)
        ]
        rules += [
            (at + join("parts", index, "retention"), part.retention)
            for index, part in enumerate(section.parts)
        ]
        for place, rule in rules:
            if rule and rule.from_.startswith("event:") and not rule.event.strip():
                yield problem(
                    "FB165",
                    place + "/from",
                    f"Ingen ser vad {rule.from_} betyder.",
                    'Skriv "event" med vad som då har hänt, till exempel "Datorn är '
                    'återlämnad".',
                    "warning",
                )


def section_without_controller(subject: Subject) -> Iterator[Problem]:
    """FB154: questions that no nämnd is responsible for."""
    for at, section in _asking_sections(subject):
        if not section.controller:
            yield problem(
                "FB154",
                at,
                f"Avsnittet ”{section.id}” saknar personuppgiftsansvarig nämnd.",
                'Skriv "controller" med nämndens nyckel i katalogen.',
                subject.strictness,
            )


def question_in_no_section(subject: Subject) -> Iterator[Problem]:
    """FB155: a question that belongs to no section, so nobody answers for it."""
    for pointer, mentions in subject.questions.items():
        if subject.owner(pointer) is None:
            yield problem(
                "FB155",
                mentions[0].at,
                f"{pointer} hör inte till något avsnitt.",
                'Lägg den i ett avsnitts "fields", eller skriv "readOnly": true om '
                "kommunen fyller i den.",
            )


RULES = (
    question_without_receiver,
    section_without_purpose,
    section_without_legal_basis,
    section_without_retention,
    unnamed_event,
    section_without_controller,
    question_in_no_section,
)
