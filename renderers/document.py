"""One way to lay answers out as a file: the contract its parts keep."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from schemas.representation import Representation


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question and its answer as people read them, under up to two headings.

    `within` are the titles of the objects it lies in, which `group` ends with.
    """

    label: str
    value: str
    section: str = ""
    group: str = ""
    pointer: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One column of what a receiver gets; `value` is a JSON value."""

    name: str
    title: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed, when and with what; `number` only where readers may know it.

    `decision` says what they did then, where that was not to sign. `language` is what
    they read the questions in.
    """

    name: str
    signed_at: datetime
    method: str = "BankID"
    number: str = ""
    decision: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInput:
    """Everything a document may say, so that the same input gives the same bytes.

    `subject` is whom it is about, where the title does not say it.
    `rows` are answers for people, `records` the columns of one or more deliveries
    for a department. `id` tells this document from all others (PDF /ID) and
    `name` is the file's name without its ending. `beside` is the same document in the
    reader's language, row by row: it is read beside this one, and this one counts.
    """

    id: str
    name: str
    title: str
    subject: str = ""
    made_at: datetime
    language: str = "sv"
    municipality: str = ""
    controller: str = ""
    case_reference: str = ""
    diary_number: str = ""
    arrived_at: datetime | None = None
    introduction: str = ""
    rows: tuple[Row, ...] = ()
    records: tuple[tuple[Cell, ...], ...] = ()
    signers: tuple[Signer, ...] = ()
    declaration: str = ""
    provenance: tuple[Row, ...] = ()
    attachments: tuple[Representation, ...] = ()
    is_test: bool = False
    beside: "DocumentInput | None" = None


class Document(Protocol):
    """One kind of file. The same input gives the same bytes, in every process."""

    key: ClassVar[str]

    def render(self, source: DocumentInput) -> Representation:
        """Return the file."""
