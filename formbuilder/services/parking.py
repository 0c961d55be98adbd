"""Posts that met an expired session: kept for their person for half an hour.

- `Parking.place() -> parked_id`, then `.attach(session, parked_id, question, name, chunks)`
  for each file of the post
- `Parking.park(session, parked_id, Parked(…))`
- `Parking.parked(session, parked_id) -> Parked | None`: to the same person, until
  `.forget(session)`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from formbuilder.database import parked_posts
from formbuilder.database.parked_posts import ParkedPost
from formbuilder.services.files import Files
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from formbuilder.services.upload import Upload
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A post as it came: field names with their values, and which files were refused."""

    draft_id: str
    page_id: str
    fields: Mapping[str, Sequence[str]]
    refused: Mapping[str, tuple[str, Mapping[str, Json]]] = field(default_factory=dict)

    def refusals(self) -> dict[str, InvalidAnswer]:
        """Return what was wrong with the files, by pointer."""
        return {
            pointer: InvalidAnswer(code, **values)
            for pointer, (code, values) in self.refused.items()
        }


class Parking:
    """Keeps late posts sealed, and destroys what nobody comes back for."""

    def __init__(self, tools: Tools, files: Files) -> None:
        self._tools = tools
        self._files = files

    def place(self) -> str:
        """Return a place for a post that is on its way in."""
        return self._tools.new_id()

    def attach(
        self,
        session: Session,
        parked_id: str,
        question: Question,
        name: str,
        chunks: Iterator[bytes],
        *,
        most: int,
    ) -> Upload:
        """Seal a file of the post while it is read; the post may have so many.

        Raises:
            InvalidAnswer: it is too large, empty, or not what the question takes.
        """
        return self._files.attach(
            session.tenant, parked_id, question, name, chunks, most=most
        )

    def park(self, session: Session, parked_id: str, post: Parked) -> None:
        """Keep a post for the person whose session ended."""
        sealed = self._tools.keyring.seal(
            "drafts",
            session.tenant,
            f"parked/{parked_id}",
            json.dumps(asdict(post)).encode(),
        )
        row = ParkedPost(
            id=parked_id,
            person_key=session.person_key,
            content_sealed=sealed,
            created_at=self._tools.clock(),
        )
        self.prune(session.tenant)
        self._tools.database.write(
            session.tenant, lambda tc: parked_posts.park(tc, row)
        )

    def parked(self, session: Session, parked_id: str) -> Parked | None:
        """Return the person's own post, with its files in its draft."""
        self.prune(session.tenant)
        for row in self._waiting(session):
            if row.id == parked_id:
                post = self._opened(session.tenant, row)
                self._files.give(session.tenant, row.id, to=post.draft_id)
                return post
        return None

    def forget(self, session: Session) -> None:
        """Forget all posts of the person's, once the one they came for is theirs."""
        ids = [row.id for row in self._waiting(session)]
        for parked_id in ids:
            self._files.remove_all(session.tenant, parked_id)
        self._tools.database.write(
            session.tenant, lambda tc: parked_posts.delete(tc, ids)
        )

    def _waiting(self, session: Session) -> tuple[ParkedPost, ...]:
        now = self._tools.clock()
        with self._tools.database.read(session.tenant) as tc:
            return parked_posts.waiting(tc, session.person_key, now=now)

    def _opened(self, tenant: str, row: ParkedPost) -> Parked:
        content = self._tools.keyring.open(
            "drafts", tenant, f"parked/{row.id}", row.content_sealed
        )
        return Parked(**json.loads(content))

    def prune(self, tenant: str) -> int:
        """Destroy what nobody came back for, with its files."""
        now = self._tools.clock()
        with self._tools.database.read(tenant) as tc:
            old = parked_posts.expired(tc, now=now)
        for parked_id in old:
            self._files.remove_all(tenant, parked_id)
        return self._tools.database.write(
            tenant, lambda tc: parked_posts.delete_expired(tc, now=now)
        )
