"""What an inbox shows, as frozen values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from formbuilder.services.closing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentChoice:
    """A department somebody belongs to."""

    key: str
    title: str
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One stream's newest version in a list; a sealed one is listed without values."""

    id: str
    ref: str
    receiver: str
    title: str
    version: int
    received_at: datetime
    opened_at: datetime | None
    confirmed_at: datetime | None
    is_ended: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxTab:
    """One of a department's lists: each view of a form has its own columns."""

    receiver: str
    title: str
    unconfirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxList:
    """One list of a department, or all in one; columns are (name, title)."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[InboxRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFile:
    """Something to take out of a delivery: a document of it, or an uploaded file.

    `title` is the column an uploaded file answers, and `original_name` what its
    sender called it.
    """

    name: str
    media_type: str
    size: int
    title: str = ""
    original_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file being taken out; its bytes are checked piece by piece."""

    name: str
    media_type: str
    size: int
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItem:
    """One delivery opened; history is (version, when it came).

    `files` are what can be taken out, in the order `Inbox.take` counts them from 1.
    `closing` says of the matter it is of what this department may know and do.
    """

    row: InboxRow
    columns: tuple[tuple[str, str, str], ...]
    history: tuple[tuple[int, datetime], ...]
    files: tuple[InboxFile, ...] = ()
    closing: Standing = field(default_factory=Standing)
