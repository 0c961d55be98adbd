"""Keys that the municipality's directory must know."""

import difflib
from collections.abc import Iterable, Iterator

from schemas.definition import Section
from schemas.directory import Directory
from schemas.errors import Problem
from schemas.lint_subject import Subject, View, problem
from schemas.pointers import join
from schemas.resources import CODES
from schemas.written_places import prefills


def unknown_controller(subject: Subject) -> Iterator[Problem]:
    """FB147: a section under a nämnd that the directory does not have."""
    if subject.directory is None:
        return
    known = subject.directory.controllers
    for at, section in subject.sections():
        if section.controller and section.controller not in known:
            yield problem(
                "FB147",
                at + "/controller",
                f"Nämnden ”{section.controller}” finns inte i katalogen.",
                _choose(section.controller, known),
            )


def unknown_setting(subject: Subject) -> Iterator[Problem]:
    """FB148: a setting that the directory does not have; it would be absent."""
    if subject.directory is None:
        return
    known = subject.directory.settings
    for at, pointer, source in prefills(subject.definition):
        scheme, _, key = source.from_.partition(":")
        if scheme == "settings" and key not in known:
            yield problem(
                "FB148",
                at + join(pointer, "from"),
                f"Inställningen ”{key}” finns inte i katalogen, så {pointer} blir tom.",
                _choose(key, known),
                "warning",
            )


def unknown_department(subject: Subject) -> Iterator[Problem]:
    """FB156: a receiver that the directory does not have."""
    if subject.directory is None:
        return
    known = subject.directory.departments
    for view in subject.views:
        department = view.receiver.department
        if department not in known:
            yield problem(
                "FB156",
                view.at + "/department",
                f"Avdelningen ”{department}” finns inte i katalogen."
                if department
                else "Mottagaren är inte ifylld.",
                _choose(department, known),
                "error" if department else subject.strictness,
            )


def unknown_channel(subject: Subject) -> Iterator[Problem]:
    """FB157: a way of delivery that is not there, or not set up for the department."""
    for view in subject.views:
        for index, channel in enumerate(view.receiver.channels):
            at = view.at + join("channels", index)
            if channel not in subject.channels:
                yield problem(
                    "FB157",
                    at,
                    f"Leveranssättet ”{channel}” finns inte.",
                    _choose(channel, subject.channels),
                )
            elif not _is_set_up(subject.directory, view, channel):
                key = view.receiver.department
                yield problem(
                    "FB157",
                    at,
                    f"”{key}” har inga inställningar för {channel}.",
                    f"Lägg till [departments.{key}.channels.{channel}] i katalogen, "
                    "eller välj inbox.",
                )


def _is_set_up(directory: Directory | None, view: View, channel: str) -> bool:
    if directory is None or channel == "inbox":
        return True
    department = directory.departments.get(view.receiver.department)
    return department is None or channel in department.channels


def unknown_document(subject: Subject) -> Iterator[Problem]:
    """FB158: a kind of document that is not there."""
    for view in subject.views:
        for index, document in enumerate(view.receiver.documents):
            if document not in subject.documents:
                yield problem(
                    "FB158",
                    view.at + join("documents", index),
                    f"Dokumentslaget ”{document}” finns inte.",
                    _choose(document, subject.documents),
                )


def disclosure_without_basis(subject: Subject) -> Iterator[Problem]:
    """FB159: a receiver under another nämnd than the questions it gets."""
    if subject.directory is None:
        return
    for view in subject.views:
        department = subject.directory.departments.get(view.receiver.department)
        if department is None or view.receiver.disclosure_basis.strip():
            continue
        others = {
            section.controller
            for section in _sections_read(subject, view)
            if section.controller and section.controller != department.controller
        }
        if others:
            yield problem(
                "FB159",
                view.at,
                f"”{department.key}” hör till nämnden ”{department.controller}”, men "
                f"svaren till ”{', '.join(sorted(others))}”.",
                'Skriv "disclosure_basis" med stödet för att lämna ut dem.',
            )


def _sections_read(subject: Subject, view: View) -> Iterator[Section]:
    if view.section is not None:
        yield view.section
    for pointer in subject.pointers_of(view):
        section = subject.owner(pointer)
        if section is not None:
            yield section


def code_list(subject: Subject) -> Iterator[Problem]:
    """FB140: a code list nobody has, that is empty, or not named by the form."""
    declared = subject.definition.codes
    for at, schema in subject.written_schemas():
        urn = schema.get("$ref")
        if isinstance(urn, str) and urn.startswith(CODES) and urn not in declared:
            yield problem(
                "FB140",
                at + "/$ref",
                f"Kodlistan {urn} står inte i formulärets codes.",
                f'Lägg till "codes": {{"{urn}": {{}}}}.',
            )
    if subject.directory is not None:
        yield from _missing_lists(subject, subject.directory)


def _missing_lists(subject: Subject, directory: Directory) -> Iterator[Problem]:
    for urn, rule in subject.definition.codes.items():
        at = join("codes", urn)
        found = directory.code_lists.get(urn)
        if found is None:
            yield problem(
                "FB140",
                at,
                f"Kodlistan {urn} finns inte i katalogen.",
                _choose(urn, directory.code_lists),
            )
        elif not found.entries:
            yield problem(
                "FB140",
                at,
                f"Kodlistan {urn} är tom.",
                "Lägg till koder i katalogen.",
            )
        scheme, _, key = str(rule.get("valid_at", "")).partition(":")
        if scheme == "settings" and key not in directory.settings:
            yield problem(
                "FB140",
                at + "/valid_at",
                f"Inställningen ”{key}” finns inte i katalogen.",
                _choose(key, directory.settings),
            )


def _choose(written: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(written, names, n=1)
    if close:
        return f"Menade du ”{close[0]}”?"
    return f"Skriv något av {', '.join(names) or '(katalogen har inget)'}."


RULES = (
    unknown_controller,
    unknown_setting,
    unknown_department,
    unknown_channel,
    unknown_document,
    disclosure_without_basis,
    code_list,
)
