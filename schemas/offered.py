"""What was offered and what was chosen, kept with a submission; section B11.

A code list lives on after the form is sent: the digest says which list was shown,
the titles what people read when they chose.
"""

from schemas.canonical import digest
from schemas.compiling import CompiledForm
from schemas.field_type import raw_value
from schemas.pointers import get
from schemas.settling import Settled


def offered_lists(form: CompiledForm) -> dict[str, str]:
    """Return the digest of every code list as the form offers it, by urn."""
    bundled = form.schema.get("$defs", {}).values()
    return {
        one["$id"]: digest(one)
        for one in bundled
        if isinstance(one, dict) and one.get("$id") in form.codes
    }


def chosen_titles(settled: Settled, language: str = "sv") -> dict[str, list[str]]:
    """Return what was chosen as it was worded, for every question with options."""
    found: dict[str, list[str]] = {}
    for pointer, question in settled.asked.items():
        titles = {option.raw: option.title for option in question.options(language)}
        answer = get(settled.answers, pointer)
        chosen = answer if isinstance(answer, list) else [answer]
        named = [titles[raw] for one in chosen if (raw := raw_value(one)) in titles]
        if named:
            found[pointer] = named
    return found
