"""Definition text to a form definition, with everything wrong in it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from schemas.building import build_form, version_of
from schemas.definition import FormDefinition, Json
from schemas.dialects.embedded import Conversions, modernised
from schemas.errors import AuthorError, DefinitionRefused, Problem
from schemas.located_json import Flaw
from schemas.located_json import read as read_json
from schemas.mending import Mended, mend
from schemas.pointers import covers, join
from schemas.published import FORM_DEFINITION
from schemas.section_files import Reader, is_confined, is_remote
from schemas.slips import GENERAL
from schemas.sources import Source, Sources
from schemas.structure import structure_problems

OF_A_SECTION: Final = frozenset({"controller", "purpose", "sign", "for", "archive"})
"""What a section says of itself, and no whole form."""

FLAWS: Final = {
    "FB001": (
        "Det här är inte JSON: här väntades {detail}.",
        GENERAL,
    ),
    "FB002": (
        "”{detail}” står två gånger i samma objekt.",
        "Ta bort den ena, annars räknas bara den sista.",
    ),
    "FB003": (
        "Texten innehåller ett halvt tecken (ett ensamt surrogat).",
        "Skriv tecknet på nytt eller ta bort det.",
    ),
    "FB004": (
        "Talet {detail} kan inte sparas exakt.",
        "Använd färre siffror, hela ören för pengar, eller en text.",
    ),
    "FB005": (
        "Dokumentet är nästlat djupare än {detail} nivåer.",
        "Dela upp det med $defs och $ref.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """A definition made of what is sound in a broken one."""

    definition: FormDefinition
    mended: Mended

    def original(self, problem: Problem) -> Problem:
        """Return a problem of the remains with its pointer into the whole."""
        return replace(problem, pointer=self.mended.original(problem.pointer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What became of a definition text.

    The definition is None when the text cannot be read as one; `remains` is then
    what its sound places say. `sources` turns pointers into the whole document into
    places in files.
    """

    definition: FormDefinition | None
    problems: tuple[Problem, ...]
    sources: Sources
    remains: "Remains | None" = None

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with the file, line and column it belongs to."""
        return self.sources.locate(problem)


def parse_definition(
    text: str, *, file: str = "", read: Reader | None = None, draft: bool = False
) -> Parsed:
    """Read a definition; `read` gives the text of a section file beside it."""
    located = read_json(text)
    gathering = _Gathering(
        main=Source(file=file, located=located), read=read, document=located.value
    )
    gathering.note(gathering.main)
    if located.is_readable:
        gathering.inline_sections()
        gathering.modernise()
    problems = gathering.problems
    if located.is_readable:
        problems += [
            gathering.sources.locate(problem)
            for problem in _departures(gathering.document)
            if not gathering.is_missing(problem.pointer)
        ]
    definition = None
    if not problems_stop(problems):
        definition = build_form(
            gathering.document,
            version=version_of(gathering.document),
            files=gathering.files,
            is_draft=draft,
        )
    return Parsed(
        definition=definition,
        problems=tuple(problems),
        sources=gathering.sources,
        remains=None if definition else _remains(gathering, draft=draft),
    )


def _departures(document: Json) -> tuple[Problem, ...]:
    """Return where a document departs from a definition; of a lone section, just that."""
    if isinstance(document, Mapping) and _is_section(document):
        return (
            Problem(
                code="FB010",
                pointer="",
                message="Det här är ett avsnitt, inte ett helt formulär.",
                advice="Kontrollera formuläret som tar in det, med "
                '{"$ref": "mapp/avsnittets-fil.json"} i sections.',
            ),
        )
    return structure_problems(document, FORM_DEFINITION)


def _is_section(document: Mapping[str, Json]) -> bool:
    """Tell whether it holds what only a section does, and no form does without."""
    return "sections" not in document and len(OF_A_SECTION & document.keys()) > 1


def _remains(gathering: "_Gathering", *, draft: bool) -> Remains | None:
    if not gathering.main.located.is_readable:
        return None
    missing = frozenset(gathering.missing)
    mended = mend(gathering.document, FORM_DEFINITION, missing)
    if mended is None:
        return None
    definition = build_form(mended.document, version="", files={}, is_draft=draft)
    return Remains(definition=definition, mended=mended)


def definition_from(
    text: str, *, file: str = "", read: Reader | None = None, draft: bool = False
) -> FormDefinition:
    """Return the definition of a text that has already been checked.

    Raises:
        DefinitionRefused: it was not, with every problem found.
    """
    parsed = parse_definition(text, file=file, read=read, draft=draft)
    if parsed.definition is None:
        raise DefinitionRefused(parsed.problems)
    return parsed.definition


def problems_stop(problems: list[Problem]) -> bool:
    """Tell whether any of the problems keeps a document from being used."""
    return any(problem.severity == "error" for problem in problems)


@dataclass(slots=True)
class _Gathering:
    """The document while section files are put in the place of their references."""

    main: Source
    read: Reader | None
    document: Json
    problems: list[Problem] = field(default_factory=list)
    inlined: dict[str, Source] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    conversions: Conversions = field(default_factory=dict)

    @property
    def sources(self) -> Sources:
        return Sources(
            main=self.main, inlined=self.inlined, conversions=self.conversions
        )

    def modernise(self) -> None:
        """Bring schemas that declare an older draft to 2020-12."""
        self.document, self.conversions = modernised(self.document)

    def note(self, source: Source) -> None:
        """Keep what was wrong with a text."""
        self.problems += [flaw_problem(f, source.file) for f in source.located.flaws]

    def is_missing(self, pointer: str) -> bool:
        """Tell whether the pointer lies in a section file that could not be read."""
        return any(covers(one, pointer) for one in self.missing)

    def inline_sections(self) -> None:
        if not isinstance(self.document, dict):
            return
        sections = self.document.get("sections")
        if not isinstance(sections, list):
            return
        self.document = {
            **self.document,
            "sections": [
                self._section(index, section) for index, section in enumerate(sections)
            ],
        }

    def _section(self, index: int, section: Json) -> Json:
        if not isinstance(section, dict) or not isinstance(section.get("$ref"), str):
            return section
        reference = section["$ref"]
        refusal = _refusal(reference)
        if refusal is not None:
            return self._miss(index, refusal)
        try:
            text = self._text(reference)
        except (OSError, AuthorError, UnicodeError, LookupError) as error:
            return self._miss(index, _unreadable(reference, error))
        source = Source(file=self._beside(reference), located=read_json(text))
        self.note(source)
        if not source.located.is_readable:
            self.missing.add(join("sections", index))
        self.inlined[join("sections", index)] = source
        self.files[index] = reference
        return source.located.value

    def _text(self, reference: str) -> str:
        if self.read is None:
            raise FileNotFoundError(reference)
        return self.read(reference)

    def _beside(self, reference: str) -> str:
        folder, slash, _ = self.main.file.rpartition("/")
        return folder + slash + reference

    def _miss(self, index: int, problem: Problem) -> Json:
        self.missing.add(join("sections", index))
        pointer = join("sections", index, "$ref")
        located = Problem(
            code=problem.code,
            pointer=pointer,
            message=problem.message,
            advice=problem.advice,
        )
        self.problems.append(self.main.problem(located))
        return {}


def flaw_problem(flaw: Flaw, file: str) -> Problem:
    """Return a flaw of a JSON text as a problem for its author."""
    message, advice = FLAWS[flaw.code]
    return Problem(
        code=flaw.code,
        pointer=flaw.pointer,
        message=message.format(detail=flaw.detail),
        advice=flaw.advice or advice,
        file=file,
        line=flaw.position.line,
        column=flaw.position.column,
    )


def _refusal(reference: str) -> Problem | None:
    if is_remote(reference):
        return Problem(
            code="FB008",
            pointer="",
            message=f"”{reference}” ligger på nätet, och inget hämtas därifrån.",
            advice="Spara filen i samma mapp som definitionen och peka på den där.",
        )
    if not is_confined(reference):
        return Problem(
            code="FB007",
            pointer="",
            message=f"”{reference}” ligger utanför definitionens mapp.",
            advice="Lägg filen i samma mapp eller under den, till exempel sections/.",
        )
    return None


def _unreadable(reference: str, error: Exception) -> Problem:
    if isinstance(error, AuthorError):
        return Problem(code="FB007", pointer="", message=str(error))
    return Problem(
        code="FB006",
        pointer="",
        message=f"Filen ”{reference}” finns inte eller går inte att läsa.",
        advice="Kontrollera namnet, och att filen är text i UTF-8.",
    )
