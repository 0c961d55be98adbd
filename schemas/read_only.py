"""What a client may not say: values the municipality holds; section B13."""

from collections.abc import Mapping

from schemas.compiling import CompiledForm
from schemas.keeping import kept_with_form


@kept_with_form
def read_only_names(form: CompiledForm) -> Mapping[str, str]:
    """Return the pointers of a form's read-only questions, by their field names."""
    return {q.name: pointer for pointer, q in form.questions.items() if q.read_only}
