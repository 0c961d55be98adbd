"""Fill a form in through its real pages, from answers as they would be stored."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from formbuilder.visitor import LostVisitor, Page, PageForm, Upload, Visitor
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_names import pointer_of
from schemas.field_type import Question
from schemas.inside import joint
from schemas.pointers import ABSENT, get, join
from schemas.settling import CHOICES, settle
from schemas.shut_cells import to_post

MAX_STEPS: Final = 200
MAX_ROWS: Final = 50
TRIES: Final = 2
"""How often the same row is opened or closed for what it may ask then."""


def fill(
    visitor: Visitor,
    page: Page,
    form: CompiledForm,
    answers: Json,
    uploads: Mapping[str, Upload],
) -> Page:
    """Answer page after page until there is nothing more to ask.

    Returns the page one stands on then: the answers to check, or a page that says
    what is wrong.

    Raises:
        LostVisitor: the pages never end.
    """
    typed = typed_fields(form, answers)
    for _ in range(MAX_STEPS):
        path = page.url.split("?", maxsplit=1)[0]
        if path.endswith("/granska") or page.errors or page.status >= 400:  # noqa: PLR2004 - HTTP's own number
            return page
        page = _answer(visitor, page, form, typed, uploads)
    raise LostVisitor(f"{page.url}: the form asks without end")


def typed_fields(form: CompiledForm, answers: Json) -> dict[str, list[str]]:
    """Return answers as the posts of their controls, by HTML name."""
    typed: dict[str, list[str]] = {}
    for question in _outermost(form):
        value = get(answers, question.pointer)
        if value is ABSENT or question.read_only or question.kind == "file":
            continue
        raw = to_post(question, question.field_type.raw(value, question))
        for suffix, texts in raw.items():
            typed[_name(question, suffix)] = list(texts)
    return typed | _chosen(form, answers)


def with_choices(form: CompiledForm, answers: Json) -> Json:
    """Return answers with which alternative they are, where a person has to say."""
    chosen = settle(form, answers).choices
    return {**answers, CHOICES: dict(chosen)} if chosen else answers


def _chosen(form: CompiledForm, answers: Json) -> dict[str, list[str]]:
    """Return which alternative the answers are, where a person has to say."""
    settled = settle(form, answers)
    typed: dict[str, list[str]] = {}
    for place, index in settled.choices.items():
        choice = settled.asked.get(join(CHOICES, place))
        if choice is None:
            continue  # A row's own kind is typed with the row.
        typed[choice.name] = list(choice.field_type.raw(index, choice)[""])
    return typed


def _name(question: Question, suffix: str) -> str:
    if not suffix:
        return question.name
    return f"{question.name}{joint(question)}{suffix}"


def _outermost(form: CompiledForm) -> tuple[Question, ...]:
    within = tuple(f"{p}/" for p, q in form.questions.items() if q.parts)
    return tuple(
        question
        for pointer, question in form.questions.items()
        if not (within and pointer.startswith(within)) and "*" not in pointer
    )


def _answer(
    visitor: Visitor,
    page: Page,
    form: CompiledForm,
    typed: Mapping[str, list[str]],
    uploads: Mapping[str, Upload],
) -> Page:
    shown = page.form(action=_path(page.url))
    pressed: list[tuple[str, str]] = []
    for _ in range((1 + 2 * TRIES) * MAX_ROWS):
        button = _row_to_open(form, shown, typed, pressed)
        if button is None:
            break
        pressed.append(button)
        page = visitor.submit(shown, _known(shown, typed), button=button)
        shown = page.form(action=_path(page.url))
    files = [
        (f"{question.name}-new", uploads[question.pointer])
        for question in _outermost(form)
        if question.pointer in uploads
        and f"{question.name}-new" in shown.files
        and question.name not in shown.fields
    ]
    return visitor.submit(
        shown, _known(shown, typed), button=("_go", "next"), uploads=files
    )


def _path(url: str) -> str:
    return url.split("?", maxsplit=1)[0].split("/", maxsplit=3)[-1]


def _known(shown: PageForm, typed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: texts for name, texts in typed.items() if shown.offers(name)}


def _row_to_open(
    form: CompiledForm,
    shown: PageForm,
    typed: Mapping[str, list[str]],
    pressed: Sequence[tuple[str, str]],
) -> tuple[str, str] | None:
    """Return the button that brings a row of this page with what is still to type.

    A row that is closed is opened, and one whose answers ask more is opened again;
    else the table gets another row.
    """
    for question in _outermost(form):
        start = f"{question.name}."
        missing = [n for n in typed if n.startswith(start) and not shown.offers(n)]
        for row in (row for name in missing for row in _around(name)):
            for button in (("_edit", row), ("_close", row)):
                if button in shown.buttons and pressed.count(button) < TRIES:
                    return button
        groups = (group for name in missing for group in _around(name))
        for button in (("_add", group) for group in groups):
            if button in shown.buttons:
                return button
    return None


def _around(name: str) -> Iterator[str]:
    """Yield the pointers of what a control lies in, the innermost first."""
    pointer = pointer_of(name)
    while pointer := pointer.rpartition("/")[0]:
        yield pointer
