"""Posts that met an expired session: kept for their person for half an hour.

- `Parking.park(session, draft_id, page_id, fields) -> parked_id`
- `Parking.parked(session, parked_id) -> Parked | None`: once, to the same person.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formbuilder.database import parked_posts
from formbuilder.database.parked_posts import ParkedPost
from formbuilder.services.sessions import Session
from formbuilder.services.tools import Tools


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A post as it came: field names with their values."""

    draft_id: str
    page_id: str
    fields: Mapping[str, list[str]]


class Parking:
    """Keeps late posts sealed, and destroys what nobody comes back for."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def park(
        self,
        session: Session,
        draft_id: str,
        page_id: str,
        fields: Mapping[str, Sequence[str]],
    ) -> str:
        """Keep a post for the person whose session ended."""
        parked_id = self._tools.new_id()
        content = {
            "draft_id": draft_id,
            "page_id": page_id,
            "fields": {name: list(values) for name, values in fields.items()},
        }
        sealed = self._tools.keyring.seal(
            "drafts",
            session.tenant,
            f"parked/{parked_id}",
            json.dumps(content).encode(),
        )
        post = ParkedPost(
            id=parked_id,
            person_key=session.person_key,
            content_sealed=sealed,
            created_at=self._tools.clock(),
        )
        self._tools.database.write(
            session.tenant, lambda tc: parked_posts.park(tc, post)
        )
        return parked_id

    def parked(self, session: Session, parked_id: str) -> Parked | None:
        """Return the person's own post and forget all of theirs."""
        found = self._tools.database.write(
            session.tenant,
            lambda tc: parked_posts.take(
                tc, session.person_key, now=self._tools.clock()
            ),
        )
        post = next((one for one in found if one.id == parked_id), None)
        if post is None:
            return None
        content = json.loads(
            self._tools.keyring.open(
                "drafts", session.tenant, f"parked/{post.id}", post.content_sealed
            )
        )
        return Parked(**content)

    def prune(self, tenant: str) -> int:
        """Destroy what nobody came back for."""
        now = self._tools.clock()
        return self._tools.database.write(
            tenant, lambda tc: parked_posts.delete_expired(tc, now=now)
        )
