"""Rows on a page that nobody has filled in, and nobody has to."""

from collections.abc import Iterator

from renderers.html.row_cells import typed_in
from renderers.html.row_conditions import GROUPS, is_typed
from schemas.field_type import Question, Raw
from schemas.field_types.rows import by_row, fewest
from schemas.inside import below
from schemas.places_on_pages import in_answers


def spare_rows(question: Question, raw: Raw, at: str) -> Iterator[str]:
    """Yield where among the answers the spare rows of a group are, as they are shown.

    `at` is where the group stands on the page. Of the empty rows the first must be
    filled in, as many as the rest lack.
    """
    if question.kind != "rows":
        yield from _inside(question, raw, at)
        return
    rows = [*by_row(raw).values()]
    blank = [number for number, row in enumerate(rows) if not is_typed(row)]
    spare = {*blank[max(fewest(question) - len(rows) + len(blank), 0) :]}
    for number, row in enumerate(rows):
        here = f"{at}/{number}"
        if number in spare:
            yield in_answers(here)
        else:
            yield from _inside(question, row, here)


def _inside(question: Question, raw: Raw, at: str) -> Iterator[str]:
    for part in question.parts:
        if part.kind in GROUPS:
            place = at + below(part, question)
            yield from spare_rows(part, typed_in(raw, part, question), place)
