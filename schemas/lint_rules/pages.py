"""Pointers that lead to no question, and pages that show none."""

import difflib
from collections.abc import Iterator, Mapping

from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.pointers import covers, join, parts
from schemas.written_places import prefills


def dangling_pointer(subject: Subject) -> Iterator[Problem]:
    """FB133: a pointer that no branch of any schema defines."""
    for pointer, at in _pointers(subject):
        if not _is_defined(subject, pointer):
            close = difflib.get_close_matches(pointer, subject.questions, n=1)
            yield problem(
                "FB133",
                at,
                f"{pointer} finns inte bland frågorna.",
                f"Menade du {close[0]}?"
                if close
                else "Rätta pekaren, eller lägg till frågan i schemat.",
            )


def _pointers(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield every pointer written outside the schemas, and its place."""
    definition = subject.definition
    yield from _keys({"ui": definition.ui, "prefill": definition.prefill}, "")
    for at, section in subject.sections():
        named = {
            "ui": section.ui,
            "prefill": section.prefill,
            "consents": section.consents,
        }
        yield from _keys(named, at)
        yield from _items(section.fields, at)
        for index, part in enumerate(section.parts):
            yield from _items(part.fields, at + join("parts", index))
    for at, pointer, source in prefills(subject.definition):
        kind, _, earlier = source.from_.partition(":")
        if kind == "previous":
            yield earlier, at + join(pointer, "from")
    for at, _, page in subject.pages:
        if subject.written(at + "/fields"):
            yield from _items(page.fields, at)
    for view in subject.views:
        columns = tuple(column.pointer for column in view.receiver.fields)
        yield from ((p, at) for p, at in _items(columns, view.at) if p)


def _keys(
    named: Mapping[str, Mapping[str, object]], at: str
) -> Iterator[tuple[str, str]]:
    for keyword, pointers in named.items():
        yield from ((pointer, at + join(keyword, pointer)) for pointer in pointers)


def _items(pointers: tuple[str, ...], at: str) -> Iterator[tuple[str, str]]:
    for index, pointer in enumerate(pointers):
        yield pointer, at + join("fields", index)


def _is_defined(subject: Subject, pointer: str) -> bool:
    if pointer in subject.trace.defined or pointer in subject.trace.by_pointer:
        return True
    *above, last = parts(pointer)
    around = join(*above)
    return last == "*" and "array" in subject.trace.types(around)


def inside_a_tuple(subject: Subject) -> Iterator[Problem]:
    """FB178: one position of a tuple where only the whole can be named."""
    named: list[tuple[str, str]] = []
    definition = subject.definition
    named += _keys({"prefill": definition.prefill}, "")
    for at, section in subject.sections():
        own = {"prefill": section.prefill, "consents": section.consents}
        named += _keys(own, at)
        named += _items(section.fields, at)
        for index, part in enumerate(section.parts):
            named += _items(part.fields, at + join("parts", index))
    for at, _, page in subject.pages:
        named += _items(page.fields, at)
    for pointer, at in named:
        whole = subject.trace.whole(pointer)
        if whole != pointer:
            yield problem(
                "FB178",
                at,
                f"{pointer} är en plats i {whole}, som frågas och sparas som en helhet.",
                f"Skriv {whole}.",
            )


def question_on_no_page(subject: Subject) -> Iterator[Problem]:
    """FB136: a question that no page shows."""
    for pointer, mentions in subject.trace.leaves.items():
        if subject.is_given(pointer) or subject.owner(pointer) is None:
            continue
        if not any(_shows(fields, pointer) for fields in _page_fields(subject)):
            yield problem(
                "FB136",
                mentions[0].at,
                f"{pointer} står inte på någon sida.",
                "Lägg pekaren i fields på en av sidorna.",
            )


def confirmed_nowhere(subject: Subject) -> Iterator[Problem]:
    """FB126: something to confirm that no page shows, so that nobody can."""
    for at, pointer, source in prefills(subject.definition):
        if source.confirm and not any(
            _shows(fields, pointer) for fields in _page_fields(subject)
        ):
            yield problem(
                "FB126",
                at + join(pointer, "confirm"),
                f"{pointer} ska bekräftas, men står inte på någon sida.",
                'Lägg pekaren i fields på en sida, eller ta bort "confirm".',
            )


def locked_to_before(subject: Subject) -> Iterator[Problem]:
    """FB145: what somebody said before stands where nobody can change it."""
    for at, pointer, source in prefills(subject.definition):
        if not source.from_.startswith("previous:"):
            continue
        if source.edit != "always" or subject.is_given(pointer):
            yield problem(
                "FB145",
                at + join(pointer),
                f"{pointer} fylls i med det förra svaret och kan inte ändras.",
                'Ta bort "edit" och "readOnly", och skriv "confirm": true om svaret '
                "ska läsas igenom.",
            )


def _page_fields(subject: Subject) -> list[tuple[str, ...]]:
    return [page.fields for _, _, page in subject.pages]


def _shows(fields: tuple[str, ...], pointer: str) -> bool:
    return any(covers(field, pointer) for field in fields)


def unreachable_page(subject: Subject) -> Iterator[Problem]:
    """FB137: a page that never has anything to show."""
    for at, _, page in subject.pages:
        shown = [p for p in subject.trace.leaves if _shows(page.fields, p)]
        known = [p for p in page.fields if _is_defined(subject, p)]
        if known and all(subject.is_unreachable(p) for p in shown):
            yield problem(
                "FB137",
                at,
                f"Sidan ”{page.id}” visas aldrig: inget på den kan frågas.",
                "Ta bort sidan, eller se över frågornas villkor.",
                subject.strictness,
            )


def question_twice(subject: Subject) -> Iterator[Problem]:
    """FB138: the same question on two pages, or twice on one."""
    for pointer in subject.questions:
        places = [
            at + "/fields"
            for at, _, page in subject.pages
            for field in page.fields
            if _shows((field,), pointer)
        ]
        if len(places) > 1:
            yield problem(
                "FB138",
                places[1],
                f"{pointer} visas två gånger.",
                "Låt frågan stå en gång, på en sida.",
            )


RULES = (
    confirmed_nowhere,
    locked_to_before,
    dangling_pointer,
    inside_a_tuple,
    question_on_no_page,
    unreachable_page,
    question_twice,
)
