"""The contract of a channel: one way in which a delivery reaches its department."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from formbuilder.config import Settings
from formbuilder.database.database import Database
from formbuilder.keyring import Keyring
from schemas.errors import PermanentError, TemporaryError
from schemas.representation import Representation


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """An uploaded file that a column of the delivery names.

    `name` is safe in any channel and says nothing that is not addressed;
    `original_name` is what its sender called it. `read` yields its bytes, checked
    piece by piece.
    """

    name: str
    original_name: str
    column: str
    reference: str
    media_type: str
    size: int
    read: Callable[[], Iterator[bytes]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one department is to get, once; `id` is the same at every attempt.

    `settings` are the department's for this channel. A sealed department's content
    leaves a channel encrypted to the department's certificate, or not at all.
    """

    id: str
    tenant: str
    department: str
    receiver: str
    ref: str
    version: int
    created_at: datetime
    payload: bytes = field(repr=False)
    documents: tuple[Representation, ...] = field(default=(), repr=False)
    files: tuple[Attached, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    is_sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That the department has it; `is_first` is false when it had it already."""

    is_first: bool = True


class ChannelUnavailable(TemporaryError):  # noqa: N818 - says who must act by its base
    """The channel cannot deliver now; `code` is what the ledger remembers."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class ChannelRefused(PermanentError):  # noqa: N818 - a verdict
    """The channel cannot deliver this until somebody mends it; `code` as above."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as the machine's resolver gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTools:
    """What channels are made of, given once."""

    settings: Settings
    database: Database
    keyring: Keyring
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    resolve: Resolve


class Channel(Protocol):
    """One way to deliver. Delivering the same id twice must do no more than once."""

    key: ClassVar[str]

    def __init__(self, tools: ChannelTools) -> None: ...

    def deliver(self, delivery: Delivery) -> Receipt:
        """Deliver durably.

        Raises:
            ChannelUnavailable: trying again may help.
            ChannelRefused: trying again will not.
        """
        ...
