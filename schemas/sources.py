"""The texts a definition was read from, and where each of its pointers stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from schemas.dialects.embedded import Conversions, original
from schemas.errors import Problem
from schemas.located_json import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file and what was read from it."""

    file: str
    located: Located

    def problem(self, problem: Problem) -> Problem:
        """Return the problem with the line and column its pointer has in this file."""
        place = self.located.position(problem.pointer)
        return replace(problem, file=self.file, line=place.line, column=place.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The definition's own file, and section files by the pointer they stand at.

    `conversions` are the schemas that were written in an older draft.
    """

    main: Source
    inlined: Mapping[str, Source] = field(default_factory=dict)
    conversions: Conversions = field(default_factory=dict)

    def locate(self, problem: Problem) -> Problem:
        """Turn a pointer into the whole document into file, pointer, line, column.

        A problem that already names its line is left as it is.
        """
        if problem.line:
            return problem
        written = original(problem.pointer, self.conversions)
        problem = replace(problem, pointer=written)
        for prefix, source in self.inlined.items():
            if problem.pointer == prefix or problem.pointer.startswith(prefix + "/"):
                inner = problem.pointer.removeprefix(prefix)
                return source.problem(replace(problem, pointer=inner))
        return self.main.problem(problem)
