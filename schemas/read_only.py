"""What a client may not say: values the municipality holds; section B13."""

from collections.abc import Mapping

from schemas.compiling import CompiledForm
from schemas.field_names import name_of
from schemas.keeping import kept_with_form
from schemas.own_answers import own_answers
from schemas.shapes import Shapes


@kept_with_form
def read_only_names(form: CompiledForm) -> Mapping[str, str]:
    """Return the pointers of what is read-only whatever is answered, by field name.

    What only some answers make read-only is somebody's own until then.
    """
    shut = frozenset(p for p, question in form.questions.items() if question.read_only)
    if not shut:
        return {}
    shapes = Shapes(form.source)
    root = shapes.place((form.source.root,))
    own = own_answers(shapes, root, shut)
    return {name_of(pointer): pointer for pointer in shut if pointer not in own}
