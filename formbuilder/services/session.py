"""One person's log-in, as everything behind it sees it."""

from dataclasses import dataclass, field
from datetime import datetime

from formbuilder.handles import Handles


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One person's log-in at one municipality; `secret` makes its `handles`."""

    tenant: str
    kind: str
    person_key: str
    personal_number: str = field(default="", repr=False)
    given_name: str = ""
    family_name: str = ""
    assurance: str = "none"
    secret: bytes = field(repr=False)
    id_hash: str = field(repr=False)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    last_at: datetime
    handles: Handles = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "handles", Handles(self.secret))

    @property
    def is_known(self) -> bool:
        """Tell whether an eID has said who it is; else nobody can come back to it."""
        return self.kind != "anonymous"
