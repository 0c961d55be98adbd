"""Two hundred ways to break the school start, and where each must be told.

A breaking changes one of the form's files. Where it must be told is a pointer into that
file; its line is found by writing a mark there, not by the code under test.
"""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from schemas.checking import check
from schemas.errors import Problem
from schemas.pointers import get, join, parts

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
FORM: Final = "skolstart.json"
SECTIONS: Final = (
    *("enrolment", "leisure", "contacts", "diet", "health"),
    *("mother_tongue", "transport", "photo", "digital"),
)
MARK: Final = "HERE-IT-IS"
GONE: Final = Ellipsis
OF_A_FAMILY: Final = 27
"""How many of each kind are tried, so that the kinds weigh alike."""


@cache
def written(file: str) -> Any:
    return json.loads((EXAMPLES / file).read_text(encoding="utf-8"))


def laid_out(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def checked(file: str = "", text: str = "") -> tuple[Problem, ...]:
    """Check the form with one of its files written otherwise."""

    def read(name: str) -> str:
        return text if name == file else laid_out(written(name))

    return check(
        read(FORM),
        file=FORM,
        read=read,
        directory_text=(EXAMPLES / "directory.toml").read_text(encoding="utf-8"),
    )


@cache
def expected() -> frozenset[tuple[str, str, str, str]]:
    """Return what is said of the form as it is: warnings its authors have weighed."""
    return frozenset(identity(problem) for problem in checked())


def identity(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.file, problem.pointer, problem.message


@dataclass(frozen=True)
class Breaking:
    """One edit; `told_at` are the pointers of which one must be named."""

    family: str
    file: str
    edits: tuple[tuple[str, Any], ...]
    told_at: tuple[str, ...]
    told_in: str = ""

    def __str__(self) -> str:
        return f"{self.family}: {self.file.removesuffix('.json')}{self.edits[0][0]}"

    def document(self) -> Any:
        document = copy.deepcopy(written(self.file))
        for pointer, value in self.edits:
            put(document, pointer, copy.deepcopy(value))
        return document

    def problems(self) -> list[Problem]:
        """Return what is said beyond what is said of the unbroken form."""
        found = checked(self.file, laid_out(self.document()))
        return [problem for problem in found if identity(problem) not in expected()]

    def line(self, pointer: str) -> int:
        """Return the line where a pointer stands in the text it is told in."""
        told_in = self.told_in
        document = copy.deepcopy(written(told_in)) if told_in else self.document()
        if pointer:
            put(document, pointer, MARK)
        lines = laid_out(document).splitlines()
        return next((n for n, one in enumerate(lines, 1) if MARK in one), 1)


def put(document: Any, pointer: str, value: Any) -> None:
    """Set, add (`-` at the end of a list), rename or take away a member."""
    *above, last = parts(pointer)
    around = get(document, join(*above))
    if isinstance(value, Renamed):
        members = list(around.items())
        around.clear()
        around.update((value.to if k == last else k, v) for k, v in members)
    elif value is GONE:
        del around[int(last) if isinstance(around, list) else last]
    elif isinstance(around, list):
        around.append(value) if last == "-" else around.__setitem__(int(last), value)
    else:
        around[last] = value


@dataclass(frozen=True)
class Renamed:
    to: str


def section_files() -> Iterator[tuple[str, Any]]:
    for name in SECTIONS:
        file = f"sections/{name}.json"
        yield file, written(file)


def each_file() -> Iterator[tuple[str, Any]]:
    yield FORM, written(FORM)
    yield from section_files()


WRONG: Final = {str: 5, list: "x", dict: [], bool: "x", int: "x"}
TYPED: Final = (
    *("/title", "/purpose", "/controller", "/legal_basis", "/archive", "/pages"),
    *("/archive/retention", "/pages/0/fields", "/receivers", "/receivers/0/fields"),
    *("/receivers/0/department", "/schema", "/schema/properties", "/schema/required"),
    *("/sign", "/for", "/arrive_when", "/ui", "/translations", "/sections"),
    *("/identity", "/prefill", "/codes", "/drafts"),
)


def wrong_type() -> Iterator[Breaking]:
    for file, document in each_file():
        for pointer in TYPED:
            kind = type(get(document, pointer))
            if kind in WRONG:
                edit = (pointer, WRONG[kind])
                yield Breaking("wrong type", file, (edit,), (pointer,))


MISSPELT: Final = {
    "/purpose": "purpous",
    "/controller": "controler",
    "/legal_basis": "legalbasis",
    "/receivers": "recievers",
    "/archive/classification": "clasification",
    "/archive/retention/decision": "desicion",
    "/receivers/0/department": "departmnt",
    "/pages/0/fields": "feilds",
    "/sections": "section",
    "/identity/assurance": "asurance",
    "/schema/properties": "propertys",
    "/schema/required": "requierd",
}


def misspelt() -> Iterator[Breaking]:
    for file, document in each_file():
        for pointer, name in MISSPELT.items():
            if get(document, pointer) in (None, GONE) or not _is_there(
                document, pointer
            ):
                continue
            *above, _ = parts(pointer)
            at = join(*above, name)
            yield Breaking("misspelt keyword", file, ((pointer, Renamed(name)),), (at,))


def _is_there(document: Any, pointer: str) -> bool:
    *above, last = parts(pointer)
    around = get(document, join(*above))
    return isinstance(around, dict) and last in around


def missing() -> Iterator[Breaking]:
    """Take away what the promise of a receiver, purpose, ground and retention needs."""
    for file, document in section_files():
        for name in ("purpose", "legal_basis", "controller", "archive"):
            if name in document:
                edits = ((join(name), GONE),)
                yield Breaking("missing law", file, edits, ("",))
        edits = (("/archive/retention/decision", GONE),)
        yield Breaking("missing law", file, edits, ("/archive",))


def dangling() -> Iterator[Breaking]:
    for file, document in section_files():
        gone = f"/{document['id']}/gone"
        for place in ("/pages/0/fields", "/receivers/0/fields"):
            if isinstance(get(document, place), list):
                index = len(get(document, place))
                edit = (f"{place}/-", gone)
                yield Breaking("dangling pointer", file, (edit,), (f"{place}/{index}",))
        at = join("ui", gone)
        edits = (
            ((at, {"help": "x"}),)
            if "ui" in document
            else (("/ui", {gone: {"help": "x"}}),)
        )
        yield Breaking("dangling pointer", file, edits, (at,))


def unknown_names() -> Iterator[Breaking]:
    for file, document in section_files():
        yield Breaking(
            "unknown name", file, (("/controller", "nobody"),), ("/controller",)
        )
        at = "/receivers/0/department"
        if _is_there(document, at):
            yield Breaking(
                "unknown name", file, ((at, "nobody"),), (at, "/receivers/0")
            )
            at = "/receivers/0/channels"
            yield Breaking("unknown name", file, ((at, ["pigeon"]),), (f"{at}/0", at))
            at = "/receivers/0/documents"
            yield Breaking("unknown name", file, ((at, ["scroll"]),), (f"{at}/0", at))


def duplicates() -> Iterator[Breaking]:
    for file, document in section_files():
        if len(document.get("pages", ())) > 1:
            first = document["pages"][0]["id"]
            yield Breaking(
                "duplicate id", file, (("/pages/1/id", first),), ("/pages/1/id",)
            )
        question = join(document["id"], document["schema"]["required"][0])
        told = tuple(join("pages", n, "fields") for n in range(len(document["pages"])))
        edits = (("/pages/0/fields/-", question),)
        yield Breaking("duplicate id", file, edits, told)
    for index in range(1, len(SECTIONS)):
        at = f"/sections/{index}"
        first = f"sections/{SECTIONS[0]}.json"
        yield Breaking("duplicate id", FORM, ((at, {"$ref": first}),), ("/id",), first)


def bounds() -> Iterator[Breaking]:
    broken = (
        {"type": "string", "minLength": 9, "maxLength": 3},
        {"type": "integer", "minimum": 9, "maximum": 3},
        {
            "type": "array",
            "items": {"type": "string", "enum": ["a"]},
            "minItems": 4,
            "maxItems": 2,
        },
        {"type": "string", "enum": []},
        {"type": "string", "minLength": -1},
        {"type": "string", "pattern": "(unclosed"},
        {"type": "string", "pattern": "(?=ahead)x"},
        {"type": "strnig"},
        {"type": "integer", "multipleOf": 0},
        {"type": "string", "format": "time"},
        {"$ref": "https://example.se/schema.json"},
        {"$ref": "#/$defs/gone"},
    )
    for file, document in list(section_files())[:3]:
        for schema in broken:
            at = "/schema/properties/broken"
            edits = (
                (at, {"title": "Trasig", **schema}),
                ("/pages/0/fields/-", f"/{document['id']}/broken"),
                ("/receivers/0/fields/-", f"/{document['id']}/broken"),
            )
            below = tuple(join(*parts(at), keyword) for keyword in schema)
            yield Breaking("impossible schema", file, edits, (at, *below))


def unreachable() -> Iterator[Breaking]:
    for file, document in section_files():
        at = f"/pages/{len(document['pages'])}"
        page = {"id": "empty", "title": "Tom", "fields": []}
        yield Breaking(
            "unreachable page", file, (("/pages/-", page),), (at, f"{at}/fields")
        )
        name = next(iter(document["schema"]["properties"]))
        asks = {"properties": {"lost": {"title": "Borta", "type": "string"}}}
        impossible = {
            "required": [name],
            "properties": {name: {"const": {"no": "answer"}}},
        }
        rule = {"if": impossible, "then": asks}
        count = len(document["schema"].get("allOf", ()))
        edits: tuple[tuple[str, Any], ...] = (
            (("/schema/allOf/-", rule),) if count else (("/schema/allOf", [rule]),)
        )
        told = (
            f"/schema/allOf/{count}/if/properties/{name}/const",
            f"/schema/allOf/{count}/then/properties/lost",
        )
        yield Breaking("unreachable page", file, edits, told)


def cycles() -> Iterator[Breaking]:
    def asks(name: str, other: str) -> Any:
        return {
            "if": {"required": [other], "properties": {other: {"const": True}}},
            "then": {"properties": {name: {"title": name, "type": "boolean"}}},
        }

    for file, document in section_files():
        circle = [asks("one", "two"), asks("two", "one")]
        own = document["schema"].get("allOf", [])
        edits = (("/schema/allOf", [*own, *circle]),)
        start = len(own)
        told = tuple(
            f"/schema/allOf/{start + i}{end}"
            for i in (0, 1)
            for end in ("", "/if", f"/then/properties/{('one', 'two')[i]}")
        )
        yield Breaking("cycle", file, edits, told)


def translations() -> Iterator[Breaking]:
    for file, document in each_file():
        english = document.get("translations", {}).get("en", {})
        for key in list(english)[:2]:
            at = join("translations", "en", key)
            yield Breaking(
                "missing translation", file, ((at, GONE),), ("/translations/en",)
            )
        if english:
            at = join("translations", "en", "/gone/title")
            yield Breaking("missing translation", file, ((at, "Gone"),), (at,))


def signing() -> Iterator[Breaking]:
    for file, _ in section_files():
        yield Breaking("signing", file, (("/sign", "everybody"),), ("/sign",))
        yield Breaking("signing", file, (("/arrive_when", "later"),), ("/arrive_when",))
        yield Breaking("signing", file, (("/for", "cats"),), ("/for",))
        edits = (("/sign", "one"), ("/arrive_when", "all_signatures"))
        yield Breaking("signing", file, edits, ("/sign", "/arrive_when"))


def every_breaking() -> list[Breaking]:
    families: tuple[Callable[[], Iterator[Breaking]], ...] = (
        wrong_type, misspelt, missing, dangling, unknown_names, duplicates, bounds,
        unreachable, cycles, translations, signing,
    )  # fmt: skip
    return [
        breaking for family in families for breaking in islice(family(), OF_A_FAMILY)
    ]
