"""Every deliberate error, named by who must act.

FormbuilderError
├── AuthorError        whoever writes definitions: DefinitionRefused
├── ApplicantError     whoever answers: InvalidAnswer, InvalidSubmission
├── OperatorError      whoever runs the service: its settings, keys, disks, peers
│   ├── TemporaryError     trying again may help
│   └── PermanentError     trying again will not
└── Refused            nobody: the answer is no, and the page is the same 404
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing an author or applicant must change.

    `pointer` is a JSON Pointer (RFC 6901): into the definition for an author,
    into the answers for an applicant. `line` and `column` count from 1, 0 when
    unknown. `message` says what is wrong, `advice` what to write instead.
    """

    code: str
    pointer: str
    message: str
    advice: str = ""
    severity: Severity = "error"
    file: str = ""
    line: int = 0
    column: int = 0


class FormbuilderError(Exception):
    """The root of every error this product raises on purpose."""


class AuthorError(FormbuilderError):
    """Whoever writes the definition must act."""


class DefinitionRefused(AuthorError):  # noqa: N818 - a verdict, not a fault of ours
    """A definition that cannot become a form, with every reason at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.pointer}: {p.message}" for p in self.problems))


class ApplicantError(FormbuilderError):
    """Whoever answers the form must act."""


class InvalidAnswer(ApplicantError):  # noqa: N818 - not an error of ours
    """Something typed that cannot become a value.

    `code` names a message in the catalogue, `values` fills its blanks; neither
    ever holds what was typed. `also` is what else was refused inside the same
    question.
    """

    also: tuple["InvalidAnswer", ...] = ()

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)

    @property
    def every(self) -> tuple["InvalidAnswer", ...]:
        """Return everything that was refused, this first."""
        return (self, *self.also)


def first_of(refused: Sequence[InvalidAnswer]) -> InvalidAnswer:
    """Return the first of what was refused inside one question, with the rest of it."""
    refused[0].also = tuple(refused[1:])
    return refused[0]


class InvalidSubmission(ApplicantError):  # noqa: N818 - not an error of ours
    """Answers that may not be sent as they stand, with every problem at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{p.pointer}: {p.code}" for p in self.problems))


class OperatorError(FormbuilderError):
    """Whoever runs the service must act; the message says how."""


class TemporaryError(OperatorError):
    """Something outside failed and may work if tried again later."""


class PermanentError(OperatorError):
    """Something outside failed and will fail again until it is mended."""


class Refused(FormbuilderError):  # noqa: N818 - a verdict
    """The asker may not know whether this exists; `reason` is for the audit only."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
