"""A municipality's directory: who is responsible, who receives, which codes there are."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal

from schemas.codes import Code, CodeList
from schemas.definition import Json
from schemas.errors import DefinitionRefused, Problem
from schemas.published import DIRECTORY
from schemas.structure import structure_problems
from schemas.toml_places import line_of

SCHOOL_UNITS: Final = "urn:formbuilder:codes:school_units"
Role = Literal["administrator", "archivist"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach an office; empty where the directory is silent."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    web: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """Whose service this is."""

    key: str
    name: str
    organisation_number: str = ""
    contact: Contact = field(default_factory=Contact)
    data_protection_officer: Contact = field(default_factory=Contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """A nämnd: its own authority, data controller and diary."""

    key: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    contact: Contact = field(default_factory=Contact)
    data_protection_officer: Contact | None = None
    diary_series: str = ""

    def name_in(self, language: str) -> str:
        """Return its name in a language, Swedish where there is none."""
        return self.names.get(language, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """Who receives answers; `members` are the personal numbers of its staff."""

    key: str
    title: str
    controller: str
    titles: Mapping[str, str] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    sealed: bool = False
    contact: Contact = field(default_factory=Contact)
    channels: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)

    def title_in(self, language: str) -> str:
        """Return its name in a language, Swedish where there is none."""
        return self.titles.get(language, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiarySeries:
    """A series of diary numbers; `{year}` and `{number}` are blanks in the pattern."""

    key: str
    pattern: str
    title: str = ""

    def number(self, year: int, number: int) -> str:
        """Return the diary number with the blanks filled.

        >>> DiarySeries(key="bun", pattern="BUN {year}/{number}").number(2027, 12)
        'BUN 2027/12'
        """
        return self.pattern.format(year=year, number=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolUnit:
    """A school; its own department gets what concerns its pupils, if it has one."""

    code: Code
    department: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everything a definition names by key, for one municipality."""

    municipality: Municipality
    controllers: Mapping[str, Controller]
    departments: Mapping[str, Department]
    diary_series: Mapping[str, DiarySeries] = field(default_factory=dict)
    code_lists: Mapping[str, CodeList] = field(default_factory=dict)
    school_units: tuple[SchoolUnit, ...] = ()
    roles: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    settings: Mapping[str, Json] = field(default_factory=dict)

    def departments_of(self, personal_number: str) -> tuple[Department, ...]:
        """Return the departments a person belongs to, in the directory's order."""
        return tuple(
            department
            for department in self.departments.values()
            if personal_number in department.members
        )


def parse_directory(text: str, file: str = "") -> Directory:
    """Read a directory from TOML.

    Raises:
        DefinitionRefused: it is no directory, with every problem found.
    """
    try:
        value = _plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionRefused([_not_toml(error, file)]) from error
    problems = [*structure_problems(value, DIRECTORY)]
    if not problems:
        problems = _dangling(value)
    if problems:
        raise DefinitionRefused(_placed(problem, text, file) for problem in problems)
    return _build(value)


def _plain(value: Any) -> Json:
    """Return TOML's values as JSON has them: days as text."""
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _not_toml(error: tomllib.TOMLDecodeError, file: str) -> Problem:
    place = re.search(r"line ([0-9]+), column ([0-9]+)", str(error))
    return Problem(
        code="FB030",
        pointer="",
        message="Katalogen är inte TOML.",
        advice="Titta efter ett citattecken eller en hakparentes för mycket eller för lite.",
        file=file,
        line=int(place[1]) if place else 1,
        column=int(place[2]) if place else 1,
    )


def _placed(problem: Problem, text: str, file: str) -> Problem:
    return replace(problem, file=file, line=line_of(text, problem.pointer), column=1)


def _dangling(value: Json) -> list[Problem]:
    """Return a problem for each key that names something the directory lacks."""
    named = [
        (f"/departments/{key}/controller", department["controller"], "controllers")
        for key, department in value["departments"].items()
    ]
    named += [
        (f"/controllers/{key}/diary_series", one["diary_series"], "diary_series")
        for key, one in value["controllers"].items()
        if "diary_series" in one
    ]
    named += [
        (f"/school_units/{index}/department", unit["department"], "departments")
        for index, unit in enumerate(value.get("school_units", ()))
        if "department" in unit
    ]
    return [
        Problem(
            code="FB031",
            pointer=pointer,
            message=f"”{key}” finns inte under [{table}].",
            advice=f"Lägg till [{table}.{key}], eller skriv en av de nycklar som finns.",
        )
        for pointer, key, table in named
        if key not in value.get(table, {})
    ]


def _build(value: Json) -> Directory:
    lists = {
        urn: CodeList(
            urn=urn,
            title=given.get("title", ""),
            entries=tuple(_code(entry) for entry in given["entries"]),
        )
        for urn, given in value.get("code_lists", {}).items()
    }
    units = tuple(
        SchoolUnit(
            code=_code(unit),
            department=unit.get("department", ""),
            address=unit.get("address", ""),
        )
        for unit in value.get("school_units", ())
    )
    if units:
        schools = CodeList(
            urn=SCHOOL_UNITS, title="Skolor", entries=tuple(u.code for u in units)
        )
        lists.setdefault(SCHOOL_UNITS, schools)
    return Directory(
        municipality=_municipality(value["municipality"]),
        controllers={k: _controller(k, v) for k, v in value["controllers"].items()},
        departments={k: _department(k, v) for k, v in value["departments"].items()},
        diary_series={
            key: DiarySeries(key=key, **series)
            for key, series in value.get("diary_series", {}).items()
        },
        code_lists=lists,
        school_units=units,
        roles={
            role: _people(people) for role, people in value.get("roles", {}).items()
        },
        settings=value.get("settings", {}),
    )


def _municipality(given: Json) -> Municipality:
    officer = given.get("data_protection_officer", {})
    return Municipality(
        key=given["key"],
        name=given["name"],
        organisation_number=given.get("organisation_number", ""),
        contact=Contact(**given.get("contact", {})),
        data_protection_officer=Contact(**officer),
    )


def _controller(key: str, given: Json) -> Controller:
    officer = given.get("data_protection_officer")
    return Controller(
        key=key,
        name=given["name"],
        names=given.get("names", {}),
        contact=Contact(**given.get("contact", {})),
        data_protection_officer=Contact(**officer) if officer else None,
        diary_series=given.get("diary_series", ""),
    )


def _department(key: str, given: Json) -> Department:
    return Department(
        key=key,
        title=given["title"],
        controller=given["controller"],
        titles=given.get("titles", {}),
        members=_people(given.get("members", ())),
        sealed=given.get("sealed", False),
        contact=Contact(**given.get("contact", {})),
        channels=given.get("channels", {}),
    )


def _people(numbers: list[str]) -> frozenset[str]:
    return frozenset(number.replace("-", "") for number in numbers)


def _code(given: Json) -> Code:
    return Code(
        code=given["code"],
        title=given["title"],
        titles=given.get("titles", {}),
        valid_from=_day(given.get("valid_from")),
        valid_to=_day(given.get("valid_to")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
