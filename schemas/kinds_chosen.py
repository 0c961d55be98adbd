"""Of which kind each row is, where it may be of several."""

from collections.abc import Mapping

from schemas.alternatives import Alternatives
from schemas.compiling import CompiledForm
from schemas.settling import Settled


def kinds_of(form: CompiledForm, settled: Settled) -> Mapping[str, int]:
    """Return the number of the kind by place, of what pages ask by kind."""
    general = form.asking.numbered.general
    return {
        place: index
        for place, index in settled.choices.items()
        if (question := form.questions.get(general(place))) is not None
        and question.kind == Alternatives.key
    }
