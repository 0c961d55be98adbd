"""Schemas that a form cannot ask, or that say what no validator reads."""

import difflib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Final

from schemas.calculating import FUNCTIONS, NUMBERS, sources
from schemas.calculating import KEYWORD as CALCULATE
from schemas.cells import files_out_of_place, is_cell
from schemas.comparing import KEYWORDS, target
from schemas.definition import Json
from schemas.errors import Problem
from schemas.field_type import SHOWN, has_options, types
from schemas.field_types import BUILT_IN
from schemas.field_types.rows import Rows
from schemas.field_types.unsupported import Unsupported
from schemas.included import included, included_in
from schemas.lint_subject import Subject, problem
from schemas.mentions import Mention, Node
from schemas.pointers import join
from schemas.positions import list_after
from schemas.published import registry

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
CALCULABLE: Final[Mapping[str, frozenset[str]]] = {
    "sum": NUMBERS,
    "count": frozenset({"array", "object", "string", "boolean", *NUMBERS}),
    "age": frozenset({"string"}),
    "at": frozenset({"string"}),
}
"""The types each word of a calculation can read."""

GROUPS: Final = frozenset({"rows", "grid", "tuple"})
"""Kinds of question that hold questions."""

IN_LISTS: Final = frozenset({"rows", "lines", "many_choices", "tuple"})
"""Kinds of list that a row of a list may be."""


def unknown_keyword(subject: Subject) -> Iterator[Problem]:
    """FB117: a keyword that JSON Schema does not have, so it does nothing."""
    for at, schema in {node.at: node.schema for node in subject.trace.nodes}.items():
        for keyword in schema:
            if keyword in _keywords() or keyword.startswith("x-"):
                continue
            close = difflib.get_close_matches(keyword, _keywords(), n=1)
            yield problem(
                "FB117",
                at + join(keyword),
                f"”{keyword}” finns inte i JSON Schema och gör ingenting.",
                f"Menade du ”{close[0]}”?" if close else "Ta bort det.",
                "warning",
            )


@cache
def _keywords() -> frozenset[str]:
    """Return every keyword of the standard's vocabularies, and our own."""
    whole = registry().contents(DIALECT)
    found = {
        *whole["properties"],
        *KEYWORDS,
        CALCULATE,
        "$anchor",
        "$dynamicRef",
        "$dynamicAnchor",
    }
    for part in whole["allOf"]:
        vocabulary = "https://json-schema.org/draft/2020-12/" + part["$ref"]
        found |= set(registry().contents(vocabulary)["properties"])
    return frozenset(found)


def not_askable(subject: Subject) -> Iterator[Problem]:
    """FB118: a question that no kind of field can ask."""
    for pointer, mentions in subject.questions.items():
        if any(mention.is_key for mention in mentions):
            continue  # its branches' constants are its options
        if not _is_askable(included_in(mentions), _appearance(subject, pointer)):
            yield problem(
                "FB118",
                mentions[0].at,
                f"{pointer} kan inte bli en fråga i ett formulär.",
                "Ge den en enkel type (string, integer, number, boolean), en lista av "
                "sådana, av listor eller av objekt, eller dela upp den i properties.",
                subject.strictness,
            )
    for node in subject.trace.nodes:
        if "prefixItems" in node.schema:
            yield from _not_askable_positions(subject, node)
        yield from _not_askable_lists(subject, node)


def _is_askable(schema: Mapping[str, Json], shown: Mapping[str, Json]) -> bool:
    """Tell whether there is a kind of field for the schema, and for its lists."""
    kind = next((one for one in BUILT_IN if one.matches(schema, shown)), None)
    if kind is None or kind.key == Unsupported.key:
        return False
    items: Mapping[str, Json] = schema.get("items", {})
    if kind.key != Rows.key or types(items) != {"array"}:
        return True
    inner = next(one for one in BUILT_IN if one.matches(items, {}))
    return inner.key in IN_LISTS and _is_askable(items, {})


def _not_askable_positions(subject: Subject, node: Node) -> Iterator[Problem]:
    """Yield what of a tuple cannot be asked: a position, or what follows them."""
    after = list_after(included(node.resource, node.schema))
    if after is not None and not _is_askable(after, {}):
        yield problem(
            "FB118",
            node.at + "/items",
            f"Det som får stå efter de fasta platserna i {node.pointer} kan formuläret "
            "inte fråga efter.",
            "Ge items en enkel type, en lista eller ett objekt med properties, eller "
            'skriv "items": false.',
            subject.strictness,
        )
    for index, place in enumerate(node.schema["prefixItems"]):
        known = subject.trace.by_pointer.get(f"{node.pointer}/{index}", ())
        is_open = place is not False and bool(known)
        if is_open and not any(mention.defines for mention in known):
            yield problem(
                "FB118",
                node.at + join("prefixItems", index),
                f"Plats {index + 1} i {node.pointer} säger inte vad den frågar efter.",
                "Ge den en type eller en title.",
                subject.strictness,
            )


def _not_askable_lists(subject: Subject, node: Node) -> Iterator[Problem]:
    """Yield unions of a code list and something else: nothing would be offered."""
    for keyword in ("oneOf", "anyOf"):
        members = node.schema.get(keyword, ())
        is_mixed = len(members) > 1 and any(
            node.resource.is_code_list(str(one.get("$ref", "")))
            for member in members
            for one in node.resource.conjuncts(member)
        )
        rest = {name: one for name, one in node.schema.items() if name != keyword}
        if is_mixed and not has_options(included(node.resource, rest)):
            yield problem(
                "FB118",
                node.at + join(keyword),
                f"{node.pointer} blandar en kodlista med annat, och då kan formuläret "
                "inte visa några alternativ.",
                "Lägg alternativen i kodlistan, eller ställ en följdfråga om det som "
                "inte finns i den.",
                subject.strictness,
            )


def _appearance(subject: Subject, pointer: str) -> Mapping[str, Json]:
    section = subject.owner(pointer)
    own = section.ui.get(pointer, {}) if section else {}
    return {**subject.definition.ui.get(pointer, {}), **own}


def file_out_of_place(subject: Subject) -> Iterator[Problem]:
    """FB183: a file in a grid, an address or after a tuple's positions."""
    look = partial(_appearance, subject)
    for pointer, at in files_out_of_place(subject.trace, subject.questions, look):
        yield problem(
            "FB183",
            at,
            f"{pointer} frågar efter en fil i ett rutnät eller en adress, eller efter "
            "filer bakom fasta platser. Där kan ingen fil lämnas.",
            "Flytta frågan därifrån, eller fråga efter filen i en lista med rader.",
        )


def not_hidden(subject: Subject) -> Iterator[Problem]:
    """FB177: writeOnly where the answer cannot be left unshown."""
    filled = {p for _, one in subject.sections() for p in one.prefill}
    filled |= set(subject.definition.prefill)
    for mention in subject.trace.mentions:
        if not isinstance(mention.schema, Mapping) or not mention.schema.get(
            "writeOnly"
        ):
            continue
        if not _is_alone(subject, mention) or mention.pointer in filled:
            yield problem(
                "FB177",
                mention.at + "/writeOnly",
                f"Svaret på {mention.pointer} måste synas för den som svarar: det är "
                "en grupp, en fil, ligger i en tabell eller fylls i av kommunen.",
                "Ta bort writeOnly, eller skriv det på en fråga som står för sig.",
                subject.strictness,
            )


def _is_alone(subject: Subject, mention: Mention) -> bool:
    """Tell whether it is one control that somebody fills in, in no table or tuple."""
    pointer = mention.pointer
    if is_cell(subject.trace, pointer, partial(_appearance, subject)):
        return False
    schema = included(mention.resource, mention.schema)
    shown = _appearance(subject, pointer)
    kind = next((one.key for one in BUILT_IN if one.matches(schema, shown)), "")
    return pointer in subject.questions and kind not in GROUPS | SHOWN


def dangling_comparison(subject: Subject) -> Iterator[Problem]:
    """FB119: moreThan or atLeast names an answer that is not there."""
    for mention, keyword, named in _comparisons(subject):
        other = target(mention.pointer, named)
        if other not in subject.trace.by_pointer:
            yield problem(
                "FB119",
                mention.at + join(keyword),
                f"{keyword} jämför med {other}, som inte finns bland frågorna.",
                "Skriv grannens namn, eller en hel pekare som börjar med /.",
            )


def _comparisons(subject: Subject) -> Iterator[tuple[Mention, str, str]]:
    for mention in subject.trace.mentions:
        if isinstance(mention.schema, Mapping):
            for keyword in KEYWORDS:
                if keyword in mention.schema:
                    yield mention, keyword, str(mention.schema[keyword])


def dangling_calculation(subject: Subject) -> Iterator[Problem]:
    """FB128: a calculation reads an answer that is not there."""
    for mention in _calculations(subject):
        for word, other in sources(mention.pointer, mention.schema):
            if other not in subject.trace.by_pointer:
                yield problem(
                    "FB128",
                    mention.at + join(CALCULATE, word),
                    f"{word} räknar på {other}, som inte finns bland frågorna.",
                    "Skriv grannens namn, eller en hel pekare som börjar med /.",
                )


def wrong_calculation(subject: Subject) -> Iterator[Problem]:
    """FB129: a calculation that cannot give its question a value."""
    for mention in _calculations(subject):
        for said, advice in _wrongs(subject, mention):
            yield problem("FB129", mention.at + join(CALCULATE), said, advice)


def _wrongs(subject: Subject, mention: Mention) -> Iterator[tuple[str, str]]:
    said = mention.schema[CALCULATE]
    words = said.keys() if isinstance(said, Mapping) else set()
    [*named] = words & FUNCTIONS.keys()
    if len(named) != 1 or words - {*named, *(["at"] if named == ["age"] else [])}:
        known = ", ".join(FUNCTIONS)
        yield (
            "Så här räknas inget ut.",
            f"Skriv en av {known} med en pekare; till age hör också at.",
        )
        return
    if named == ["age"] and "at" not in words:
        yield (
            "Det sägs inte vilken dag åldern gäller.",
            "Skriv at: en pekare eller dag.",
        )
    if mention.pointer.rpartition("/")[0] in subject.trace.tuples:
        yield (
            "En plats i en lista fylls inte i av en uträkning.",
            "Ge talet ett eget namn utanför listan.",
        )
    if subject.says(mention, "readOnly") is not True:
        yield "Det som räknas ut kan inte besvaras.", 'Skriv "readOnly": true.'
    if not subject.trace.types(mention.pointer) <= NUMBERS:
        yield "Det som räknas ut är ett tal.", 'Skriv "type": "integer" eller "number".'
    for word, other in sources(mention.pointer, mention.schema):
        found = subject.trace.types(other)
        if found and not found & CALCULABLE[word]:
            yield (
                f"{other} är av en sort som {word} inte kan räkna på.",
                f"Peka på {' eller '.join(sorted(CALCULABLE[word]))}.",
            )


def _calculations(subject: Subject) -> Iterator[Mention]:
    for mention in subject.trace.mentions:
        if isinstance(mention.schema, Mapping) and CALCULATE in mention.schema:
            yield mention


RULES = (
    unknown_keyword,
    not_askable,
    file_out_of_place,
    not_hidden,
    dangling_comparison,
    dangling_calculation,
    wrong_calculation,
)
