"""Whether a document follows one of our published schemas, said in plain Swedish."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Final
from urllib.parse import unquote

import jsonschema_rs

from schemas.definition import Json
from schemas.errors import Problem
from schemas.pointers import get, join, parts
from schemas.published import document, registry

TYPES: Final = {
    "object": "ett objekt { … }",
    "array": "en lista [ … ]",
    "string": "en text",
    "boolean": "true eller false",
    "integer": "ett heltal",
    "number": "ett tal",
    "null": "null",
}
SIZES: Final = {
    "minLength": ("Texten är för kort.", "Skriv minst {} tecken."),
    "minItems": ("Listan är för kort.", "Skriv minst {} i den."),
    "minProperties": ("Objektet har för lite i sig.", "Skriv minst {} namn i det."),
    "minimum": ("Talet är för litet.", "Skriv minst {}."),
    "exclusiveMinimum": ("Talet är för litet.", "Skriv mer än {}."),
    "maxLength": ("Texten är för lång.", "Skriv högst {} tecken."),
    "maxItems": ("Listan är för lång.", "Skriv högst {} i den."),
    "maxProperties": ("Objektet har för mycket i sig.", "Skriv högst {} namn i det."),
    "maximum": ("Talet är för stort.", "Skriv högst {}."),
}
SHOWN: Final = 60
KINDS: Final = jsonschema_rs.ValidationErrorKind


def structure_problems(value: Json, urn: str) -> tuple[Problem, ...]:
    """Return everything in which a value departs from a published schema."""
    found: dict[tuple[str, str], Problem] = {}
    for error in _validator(urn).iter_errors(value):
        for problem in _explained(_departure(error, join(*error.instance_path))):
            found.setdefault((problem.pointer, problem.message), problem)
    return tuple(found.values())


@cache
def _validator(urn: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        document(urn), offline=True, pattern_options=jsonschema_rs.RegexOptions()
    )


@dataclass(frozen=True, slots=True)
class Departure:
    """What one keyword of the schema found wrong; the library's error, typed.

    `among` is what any branch of an anyOf would have taken.
    """

    keyword: str
    wanted: Json
    instance: Json
    schema: Mapping[str, Json]
    pointer: str
    among: tuple[Json, ...] = ()


def _departure(error: jsonschema_rs.ValidationError, pointer: str) -> Departure:
    if isinstance(error.kind, KINDS.PropertyNames):
        # A wrong member name is reported at the member, not at the object around it.
        inner = error.kind.error
        return _departure(inner, pointer + join(str(inner.instance)))
    urn, _, place = str(error.absolute_keyword_location).partition("#")
    *above, keyword = parts(unquote(place))
    schema = get(registry()[urn].contents, join(*above))
    return Departure(
        keyword=keyword,
        wanted=schema[keyword],
        instance=error.instance,
        schema=schema,
        pointer=pointer,
        among=tuple(_among(error.kind)),
    )


def _among(kind: jsonschema_rs.ValidationErrorKind) -> Iterator[Json]:
    """Yield what any branch of an anyOf would have taken."""
    if isinstance(kind, KINDS.AnyOf):
        for error in chain.from_iterable(kind.context):
            if isinstance(error.kind, KINDS.Enum):
                yield from error.kind.options


def _explained(error: Departure) -> Iterator[Problem]:
    pointer = error.pointer
    if error.keyword == "additionalProperties":
        yield from _unknown_keys(error, pointer)
    elif error.keyword == "required":
        yield from _missing_keys(error, pointer)
    else:
        code, explain = EXPLANATIONS.get(error.keyword, ("FB019", _other))
        message, advice = explain(error)
        yield Problem(code=code, pointer=pointer, message=message, advice=advice)


def _unknown_keys(error: Departure, pointer: str) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            yield Problem(
                code="FB011",
                pointer=pointer + join(key),
                message=f"”{key}” finns inte här.",
                advice=_suggestion(key, known),
            )


def _suggestion(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    if close:
        return f"Menade du ”{close[0]}”?"
    return f"Ta bort den. Det som får stå här är {', '.join(known)}."


def _missing_keys(error: Departure, pointer: str) -> Iterator[Problem]:
    for key in error.wanted:
        if key not in error.instance:
            yield Problem(
                code="FB010",
                pointer=pointer,
                message=f"”{key}” saknas.",
                advice=f"Lägg till ”{key}”" + _title(error, key) + ".",
            )


def _title(error: Departure, key: str) -> str:
    member = error.schema.get("properties", {}).get(key, {})
    title = member.get("title") if isinstance(member, Mapping) else None
    return f" ({title[0].lower()}{title[1:]})" if title else ""


def _wrong_type(error: Departure) -> tuple[str, str]:
    *_, name, keyword = ("", "", *parts(error.pointer))
    if keyword == "required" and isinstance(error.instance, bool):
        return (
            "Här står true eller false, som i de äldsta utkasten till JSON Schema.",
            (
                f'Ta bort det; måste frågan besvaras, skriv "required": ["{name}"] på '
                "objektet runt omkring."
            ),
        )
    wanted = error.wanted
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    shown = " eller ".join(TYPES[name] for name in names)
    return f"Här står {_kind(error.instance)}.", f"Skriv {shown}."


def _kind(value: Json) -> str:
    kinds = {dict: "object", list: "array", str: "string", bool: "boolean"}
    kinds |= {int: "integer", float: "number", type(None): "null"}
    return TYPES[kinds[type(value)]]


def _not_listed(error: Departure) -> tuple[str, str]:
    listed = [str(one) for one in error.wanted if one != ""]
    close = difflib.get_close_matches(str(error.instance), listed, n=1)
    hint = f" Menade du ”{close[0]}”?" if close else ""
    return (
        f"{_quoted(error.instance)} går inte att välja här.",
        f"Skriv något av {', '.join(listed)}.{hint}",
    )


def _not_constant(error: Departure) -> tuple[str, str]:
    return (
        f"{_quoted(error.instance)} går inte att ha här.",
        f"Skriv {_quoted(error.wanted)}.",
    )


def _wrong_form(error: Departure) -> tuple[str, str]:
    examples = _examples(error)
    advice = f"Skriv till exempel {examples}." if examples else ""
    return (
        f"{_quoted(error.instance)} har fel form.",
        advice or f"Det ska följa mönstret {error.wanted}.",
    )


def _examples(error: Departure) -> str:
    return " eller ".join(_quoted(one) for one in error.schema.get("examples", ()))


def _wrong_size(error: Departure) -> tuple[str, str]:
    message, advice = SIZES[error.keyword]
    return message, advice.format(error.wanted)


def _repeated(_error: Departure) -> tuple[str, str]:
    return "Samma sak står två gånger.", "Ta bort den ena."


def _reserved(error: Departure) -> tuple[str, str]:
    return f"{_quoted(error.instance)} är upptaget.", "Välj ett annat namn."


def _no_match(error: Departure) -> tuple[str, str]:
    if error.among:
        return _not_listed(replace(error, wanted=error.among))
    return (
        f"{_quoted(error.instance)} har fel form.",
        "Se titel och beskrivning i det publicerade schemat.",
    )


def _other(error: Departure) -> tuple[str, str]:
    return (
        f"Det som står här följer inte schemat ({error.keyword}).",
        "Se titel och beskrivning i det publicerade schemat.",
    )


def _quoted(value: Json) -> str:
    shown = str(value) if isinstance(value, str) else str(value).lower()
    return f"”{shown[:SHOWN]}…”" if len(shown) > SHOWN else f"”{shown}”"


Explanation = Callable[[Departure], tuple[str, str]]

EXPLANATIONS: Final[Mapping[str, tuple[str, Explanation]]] = {
    "type": ("FB012", _wrong_type),
    "enum": ("FB013", _not_listed),
    "const": ("FB013", _not_constant),
    "not": ("FB013", _reserved),
    "pattern": ("FB014", _wrong_form),
    "anyOf": ("FB014", _no_match),
    "uniqueItems": ("FB015", _repeated),
    **dict.fromkeys(SIZES, ("FB015", _wrong_size)),
}
