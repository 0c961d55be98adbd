"""The words that answers were chosen by from code lists, whatever the lists say later.

A code list lives on after a form is sent: its words change, and codes leave it. The
digest says which list was offered, the titles what people read when they chose.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from schemas.canonical import digest
from schemas.catalogue import SOURCE_LANGUAGE
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_type import Question, raw_value
from schemas.offered import Offered
from schemas.pointers import expand


def list_digests(form: CompiledForm) -> dict[str, str]:
    """Return the digest of every code list a form asks with, by urn.

    They are the same whatever was answered.
    """
    asked = {urn for question in form.questions.values() for urn in question.codes}
    bundled = form.schema.get("$defs", {}).values()
    return {
        one["$id"]: digest(one)
        for one in bundled
        if isinstance(one, Mapping) and one.get("$id") in asked
    }


def offered(
    form: CompiledForm, answers: Json, earlier: Sequence[Offered] = ()
) -> tuple[Offered, ...]:
    """Return the code lists that these answers were chosen from, and their words.

    What is no longer offered was chosen `earlier`: it keeps its words, and the digest
    of the list that had it.
    """
    chosen: dict[tuple[str, str], dict[str, Mapping[str, str]]] = {}
    digests = list_digests(form)
    for pattern, question in form.questions.items():
        for urn in question.codes:
            known = _known(form, urn, digests[urn], earlier)
            for _, value in expand(answers, pattern):
                for code in _codes(value) & known.keys():
                    sha256, said = known[code]
                    chosen.setdefault((urn, sha256), {})[code] = said
    return tuple(
        Offered(urn=urn, sha256=sha256, chosen=chosen[urn, sha256])
        for urn, sha256 in sorted(chosen)
    )


def _known(
    form: CompiledForm, urn: str, today: str, earlier: Sequence[Offered]
) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Return each code's words, and the digest of the list they stood in."""
    before = {
        code: (one.sha256, said)
        for one in earlier
        if one.urn == urn
        for code, said in one.chosen.items()
    }
    return before | {
        entry.code: (today, {SOURCE_LANGUAGE: entry.title, **entry.titles})
        for entry in form.codes[urn].entries
    }


def as_offered(
    question: Question, lists: Sequence[Offered], *, keeping_new: bool = False
) -> Question:
    """Return a question with the words its answer was chosen by.

    With `keeping_new`, what is offered today is called what it is called today.
    """
    if not lists:
        return question
    titles = _said(lists, *question.codes)
    if keeping_new:
        titles = {code: titles[code] for code in _gone(question, titles.keys())}
    parts = tuple(as_offered(p, lists, keeping_new=keeping_new) for p in question.parts)
    if not titles:
        return replace(question, parts=parts) if parts != question.parts else question
    return replace(
        question,
        schema=_with_options(question.schema, titles),
        wording=_with_words(question.wording, titles),
        parts=parts,
    )


def was_chosen_before(
    question: Question, value: Json, lists: Sequence[Offered]
) -> bool:
    """Tell whether all that is chosen and no longer offered was chosen before.

    What has been received stays valid when the list it was chosen from changes. What
    the list still has, and the question does not take, was never offered here.
    """
    offered_now = {option.raw for option in question.options()}
    refused = [
        one
        for one in (value if isinstance(value, list) else [value])
        if raw_value(one) not in offered_now
    ]
    before = _said(lists, *question.codes).keys() - _listed(question.schema)
    return bool(refused) and all(
        isinstance(one, str) and one in before for one in refused
    )


def _listed(schema: Mapping[str, Json]) -> set[str]:
    """Return every code that stands in a question's lists today."""
    within = [*schema.get("prefixItems", ())]
    if isinstance(schema.get("items"), Mapping):
        within.append(schema["items"])
    own = {raw_value(one["const"]) for one in schema.get("oneOf", ()) if "const" in one}
    return own.union(*map(_listed, within))


def _gone(question: Question, codes: Iterable[str]) -> set[str]:
    return set(codes) - {option.raw for option in question.options()}


def _said(lists: Iterable[Offered], *urns: str) -> dict[str, Mapping[str, str]]:
    """Return what codes of these lists were called."""
    own = (one for one in lists if one.urn in urns)
    return {code: said for one in own for code, said in one.chosen.items()}


def _codes(value: Json) -> set[str]:
    listed = value if isinstance(value, list) else (value,)
    return {one for one in listed if isinstance(one, str)}


def _with_options(
    schema: Mapping[str, Json], titles: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Json]:
    """Return the schema with these options as they were, those that are gone too."""
    if isinstance(schema.get("items"), Mapping):
        return {**schema, "items": _with_options(schema["items"], titles)}
    if schema.get("prefixItems"):
        places = [_with_options(one, titles) for one in schema["prefixItems"]]
        return {**schema, "prefixItems": places}
    others = [one for one in schema.get("oneOf", ()) if one["const"] not in titles]
    were = [
        {"const": code, "title": said[SOURCE_LANGUAGE]} for code, said in titles.items()
    ]
    return {**schema, "oneOf": [*were, *others]}


def _with_words(
    wording: Mapping[str, Mapping[str, str]], titles: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Mapping[str, str]]:
    languages = {*wording, *(one for said in titles.values() for one in said)}
    return {
        language: {
            **wording.get(language, {}),
            **{
                f"option:{raw_value(code)}": said.get(language, said[SOURCE_LANGUAGE])
                for code, said in titles.items()
            },
        }
        for language in languages
    }
