"""The outcomes of a corpus as a table for people, with what remains to be done."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from formbuilder.corpus.running import Outcome

LAST: Final = 8
"""Lines of a crash that are shown."""


def lines(outcome: Outcome, *, details: bool) -> Iterator[str]:
    """Yield a line for a case, and every message if wanted."""
    yield _line(outcome)
    if details:
        yield from _details(outcome)


def summary(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the reasons for refusals, then the totals."""
    yield ""
    yield from _reasons(outcomes)
    yield from totals(outcomes)


def totals(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield how many cases and instances came out how."""
    sound = [one for one in outcomes if not one.case.quirks]
    for name, some in (("all", outcomes), ("without a quirk", sound)):
        fates = Counter(one.fate for one in some)
        share = 100 * fates["form"] / len(some) if some else 0
        rest = ", ".join(f"{n} {fate}" for fate, n in sorted(fates.items()))
        yield f"cases, {name}: {len(some)}: {rest} ({share:.1f} % forms)"
    for is_valid, name in ((True, "valid"), (False, "invalid")):
        verdicts = Counter(
            j.verdict for o in outcomes for j in o.judgements if j.is_valid is is_valid
        )
        rest = ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common())
        yield f"instances, {name}: {verdicts.total()}: {rest}"


def _line(one: Outcome) -> str:
    verdicts = Counter(j.verdict for j in one.judgements)
    agreed = verdicts.pop("agrees", 0)
    said = ", ".join(f"{n} {verdict}" for verdict, n in verdicts.items())
    mark = f" [{', '.join(one.case.quirks)}]" if one.case.quirks else ""
    if one.fate != "form":
        first = one.problems[0] if one.problems else None
        why = f"{first.code} {first.pointer} {first.message}" if first else one.trace
        return f"{one.fate:8} {one.case.name}{mark}: {why.strip().splitlines()[-1]}"
    counted = f"{agreed}/{len(one.judgements)}" + (f" ({said})" if said else "")
    size = f"{one.questions} questions, {one.pages} pages"
    return f"{one.fate:8} {one.case.name}{mark}: {size}, instances {counted}"


def _details(one: Outcome) -> Iterator[str]:
    for problem in one.problems:
        yield f"    {problem.code} {problem.pointer} {problem.message} {problem.advice}"
    for judgement in one.judgements:
        if judgement.verdict != "agrees":
            note = judgement.instance.note
            yield f"    {judgement.verdict}: {note}: {judgement.detail}"
    if one.trace:
        yield from (f"    {line}" for line in one.trace.splitlines()[-LAST:])


def _reasons(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield each reason for a refusal with the cases it keeps out."""
    kept_out: dict[str, list[str]] = {}
    for one in outcomes:
        for code in dict.fromkeys(problem.code for problem in one.problems):
            kept_out.setdefault(code, []).append(one.case.name)
    for code, names in sorted(kept_out.items(), key=lambda item: -len(item[1])):
        yield f"{code} {len(names)}: {', '.join(names)}"
