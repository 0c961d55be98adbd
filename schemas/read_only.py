"""What a client may not say: values the municipality holds; section B13."""

from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.pointers import ABSENT, expand, with_value


def client_answers(form: CompiledForm, answers: Json) -> tuple[Json, tuple[str, ...]]:
    """Return a client's answers without read-only ones, and which those were."""
    ignored: list[str] = []
    for pattern, question in form.questions.items():
        if question.read_only:
            ignored += [pointer for pointer, _ in expand(answers, pattern)]
    allowed = answers
    for pointer in ignored:
        allowed = with_value(allowed, pointer, ABSENT)
    return allowed, tuple(ignored)
