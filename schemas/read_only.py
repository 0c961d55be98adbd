"""What a client may not say: values the municipality holds; section B13."""

from collections.abc import Iterator, Mapping

from schemas.applying import Place
from schemas.compiling import CompiledForm
from schemas.field_names import name_of
from schemas.keeping import kept_with_form
from schemas.shapes import Shape, Shapes


@kept_with_form
def read_only_names(form: CompiledForm) -> Mapping[str, str]:
    """Return the pointers of what is read-only whatever is answered, by field name.

    What only some answers make read-only is somebody's own until then.
    """
    shut = [p for p, question in form.questions.items() if question.read_only]
    if not shut:
        return {}
    shapes = Shapes(form.source)
    root = shapes.place((form.source.root,))
    own = frozenset(_own(form, shapes, root, ""))
    return {name_of(pointer): pointer for pointer in shut if pointer not in own}


def _own(
    form: CompiledForm, shapes: Shapes, place: Place[Shape], pointer: str
) -> Iterator[str]:
    """Yield what is asked, and not read-only, where no condition holds."""
    shape = shapes.shaped(place.always())
    if pointer in form.questions and shape.defines and not shape.schema.get("readOnly"):
        yield pointer
    for child in shape.inside:
        below = pointer + child.step
        if below in form.known:
            yield from _own(form, shapes, child.place, below)
