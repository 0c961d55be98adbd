"""What a receiver gets: a function of the settled values addressed to it, no more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from schemas.canonical import canonical
from schemas.columns import column_title, question_of
from schemas.compiling import CompiledForm
from schemas.definition import Json, Receiver, Scope, ViewField
from schemas.keeping import kept_with_form
from schemas.pointers import ABSENT, covers, expand, get, join, parts
from schemas.reading import restrict
from schemas.shaping import shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One receiver's columns, under an id that no other receiver is told."""

    receiver: str
    department: str
    ref: str
    columns: tuple[tuple[str, str, Json], ...]  # name, title, value

    def values(self) -> dict[str, Json]:
        """Return the columns' values by name."""
        return {name: value for name, _, value in self.columns}

    def bytes(self) -> bytes:
        """Return the payload as canonical JSON: the same values, the same bytes."""
        return canonical(
            {
                "receiver": self.receiver,
                "department": self.department,
                "ref": self.ref,
                "columns": [
                    {"name": name, "title": title, "value": value}
                    for name, title, value in self.columns
                ],
            }
        )


def project(
    form: CompiledForm,
    receiver: Receiver,
    answers: Json,
    *,
    ref: str,
    language: str = "sv",
    own: Sequence[Json] = (),
) -> Payload | None:
    """Return the receiver's view of accepted answers, None when it gets nothing.

    `own` holds the documents of each guardian or household in the register's
    order; what is asked of each of them becomes a list.
    """
    addressed = reads(form, receiver)
    # Whatever is done below, nothing else is there to be seen.
    shared = restrict(answers, addressed)
    each = [restrict(document, addressed) for document in own]
    view = _View(form, shared, each, language)
    if not view.has_accepted(addressed):
        return None
    if receiver.only_when is not None and not view.matches(receiver.only_when):
        return None
    return Payload(
        receiver=receiver.id,
        department=receiver.department,
        ref=ref,
        columns=tuple(
            (
                field.name,
                column_title(form, receiver, field, language),
                view.value(field),
            )
            for field in receiver.fields
            if not field.live
        ),
    )


def reads(form: CompiledForm, receiver: Receiver) -> frozenset[str]:
    """Return every pointer the receiver's view depends on, rows as `*`."""
    known = _known.setdefault(form, {})
    same, found = known.get(receiver.id, (None, frozenset()))
    if same is not receiver:
        found = _reads(form, receiver)
        known[receiver.id] = receiver, found
    return found


_known: WeakKeyDictionary[CompiledForm, dict[str, tuple[Receiver, frozenset[str]]]]
_known = WeakKeyDictionary()


def _reads(form: CompiledForm, receiver: Receiver) -> frozenset[str]:
    found: set[str] = set()
    for field in receiver.fields:
        if field.pointer:
            found.add(field.pointer)
        for condition in _conditions(field):
            found |= form.condition(condition).reads
    if receiver.only_when is not None:
        found |= form.condition(receiver.only_when).reads
    return frozenset(found)


def receivers(form: CompiledForm) -> tuple[Receiver, ...]:
    """Return every receiver of the form: its sections', then those over several."""
    definition = form.definition
    return (
        *(r for section in definition.sections for r in section.receivers),
        *definition.receivers,
    )


@kept_with_form
def scope_of(form: CompiledForm, pointer: str) -> Scope:
    """Return whose answer a pointer holds: the child's, or each guardian's own."""
    for section in form.definition.sections:
        for part in section.parts:
            if any(covers(p, pointer) for p in part.fields):
                return part.for_ or section.for_
        if any(covers(p, pointer) for p in section.fields or (f"/{section.id}",)):
            return section.for_
    return "child"


class _View:
    """One look at the answers a receiver is addressed."""

    def __init__(
        self, form: CompiledForm, shared: Json, own: Sequence[Json], language: str
    ) -> None:
        self._form = form
        self._shared = shared
        self._own = own
        self._language = language

    def has_accepted(self, addressed: frozenset[str]) -> bool:
        """Tell whether anything a section asked has arrived.

        What the register knows is there from the start and starts no delivery,
        unless the receiver asks for nothing else.
        """
        asked = [p for p in addressed if self._is_answered_by_somebody(p)]
        return any(
            any(True for _ in expand(document, pointer))
            for pointer in asked or addressed
            for document in (self._shared, *self._own)
        )

    def value(self, field: ViewField) -> Json:
        """Return the column's value, a list where each guardian has their own."""
        if self._own and self._is_own(field):
            return [self._value(field, document) for document in self._own]
        return self._value(field, self._shared)

    def matches(self, condition: Json) -> bool:
        """Tell whether the answers match; what is missing never does."""
        pointers = self._form.condition(condition).reads
        if self._own and any(self._is_each(pointer) for pointer in pointers):
            return any(
                self._form.condition(condition).holds(_over(self._shared, document))
                for document in self._own
            )
        return self._form.condition(condition).holds(self._shared)

    def _value(self, field: ViewField, document: Json) -> Json:
        if field.pointer:
            return self._answer(field, document)
        whole = document if document is self._shared else _over(self._shared, document)
        if field.classify:
            return [
                code
                for code, when in field.classify
                if self._form.condition(when).holds(whole)
            ]
        return self._form.condition(field.is_).holds(whole)

    def _answer(self, field: ViewField, document: Json) -> Json:
        question = question_of(self._form, field.pointer)
        return _each(
            document,
            parts(field.pointer),
            lambda answer: shaped(field.shape, answer, question, self._language),
        )

    def _is_own(self, field: ViewField) -> bool:
        pointers = [field.pointer] if field.pointer else []
        for condition in _conditions(field):
            pointers += self._form.condition(condition).reads
        return any(self._is_each(pointer) for pointer in pointers)

    def _is_each(self, pointer: str) -> bool:
        return scope_of(self._form, pointer) != "child"

    def _is_answered_by_somebody(self, pointer: str) -> bool:
        top = parts(pointer)[0] if pointer else ""
        if any(section.id == top for section in self._form.definition.sections):
            return True
        question = question_of(self._form, pointer)
        return question is not None and not question.read_only


def _each(here: Json, way: tuple[str, ...], tell: Callable[[Json], Json]) -> Json:
    """Return what is told of the answer a way leads to; of each row's, in a list."""
    if "*" not in way:
        return tell(get(here, join(*way)))
    row = way.index("*")
    rows, below = get(here, join(*way[:row])), way[row + 1 :]
    listed = rows if isinstance(rows, list) else []
    # A position of a tuple that is one answer has no cells to tell of.
    told = (one for one in listed if not below or isinstance(one, dict | list))
    return [_each(one, below, tell) for one in told]


def _conditions(field: ViewField) -> list[Json]:
    found = [] if field.is_ is None else [field.is_]
    return found + [when for _, when in field.classify]


def _over(shared: Json, own: Json) -> Json:
    """Lay one person's own answers over the shared ones."""
    if isinstance(shared, Mapping) and isinstance(own, Mapping):
        return {
            **shared,
            **{
                name: _over(shared[name], value) if name in shared else value
                for name, value in own.items()
            },
        }
    return shared if own is ABSENT else own
