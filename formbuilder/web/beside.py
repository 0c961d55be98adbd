"""What is wrong beside what could not be read: in the same rows, or the same address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from formbuilder.services.drafts import Draft
from formbuilder.web.presenting.pages import settled_with
from renderers.html.forms import PageForm
from renderers.html.spare_rows import spare_rows
from schemas.errors import InvalidAnswer
from schemas.faults import Fault
from schemas.field_names import pointer_of
from schemas.field_type import Question
from schemas.places_on_pages import in_answers
from schemas.pointers import around, join
from schemas.reserved_names import KIND
from schemas.validation import faults_among


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a page asks where something cannot be read, and what else is wrong there."""

    asked: Mapping[str, Question]
    faults: tuple[Fault, ...] = ()


def beside(
    draft: Draft,
    form: PageForm,
    refused: Mapping[str, InvalidAnswer],
    unasked: Iterable[str],
) -> Beside:
    """Return what else is wrong in the questions of which some part was `refused`.

    No such question is kept as an answer, so it is looked into as it stands on the
    page, without what was refused. `unasked` are the names of cells that nobody has
    seen yet.
    """
    groups = form.unread()
    if not groups:
        return Beside(asked=draft.settled.asked)
    raws = {group.pointer: raw for group, raw in groups.items()}
    settled = settled_with(draft, groups, raws)
    besides = {in_answers(pointer_of(name)) for name in unasked}
    for group, raw in groups.items():
        besides.update(spare_rows(group, raw, group.pointer))
    besides.update(_unknown(refused))
    found = faults_among(draft.form, settled, tuple(raws))
    holding = {place for one in refused for place in around(one)}
    return Beside(
        asked={**draft.settled.asked, **settled.asked},
        faults=tuple(
            fault
            for fault in found
            if fault.pointer not in holding
            and besides.isdisjoint(around(fault.pointer))
        ),
    )


def _unknown(refused: Iterable[str]) -> Iterator[str]:
    """Yield what cannot be judged yet: what was refused, and what it is one kind of."""
    for pointer in refused:
        yield pointer.partition(join(KIND))[0]
