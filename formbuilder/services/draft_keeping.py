"""Drafts as they are stored: sealed, each one person's own, until sent or destroyed."""

from collections.abc import Callable
from typing import TypeVar

from formbuilder.database import drafts
from formbuilder.database.connection import TenantConnection
from formbuilder.database.drafts import DraftRow
from formbuilder.services.auditing import refuse
from formbuilder.services.content import DraftContent, read_draft
from formbuilder.services.draft_views import Draft
from formbuilder.services.files import Files
from formbuilder.services.forms import Forms
from formbuilder.services.opened import Opened
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools

T = TypeVar("T")
Stored = tuple[DraftRow, DraftContent]
"""A draft's row, and what is sealed in it."""


class DraftKeeping:
    """Opens, changes and destroys stored drafts."""

    def __init__(
        self, tools: Tools, forms: Forms, files: Files, opened: Opened[Draft]
    ) -> None:
        self._tools = tools
        self._forms = forms
        self._files = files
        self._opened = opened

    def own(self, session: Session, draft_id: str) -> DraftRow:
        """Return the person's own draft as it is stored.

        Raises:
            Refused: it is somebody else's, sent, too old or made up; audited.
        """
        row = drafts.get(self._tools.database.lookup(session.tenant), draft_id)
        if (
            row is None
            or row.person_key != session.person_key
            or row.sent_at is not None
            or row.expires_at <= self._tools.clock()
        ):
            raise refuse(self._tools, session, "foreign_draft", draft_id)
        return row

    def update(
        self,
        session: Session,
        draft_id: str,
        change: Callable[[DraftContent], DraftContent],
        *,
        version: str = "",
    ) -> Draft:
        """Change a draft's content in one transaction; return it as it became.

        From now on it answers `version` of its form, if one is named.

        Raises:
            Refused: the draft was sent or destroyed meanwhile.
        """
        return self.update_while(
            session, draft_id, change, lambda draft: draft, version=version
        )

    def update_while(
        self,
        session: Session,
        draft_id: str,
        change: Callable[[DraftContent], DraftContent],
        meanwhile: Callable[[Draft], T],
        *,
        version: str = "",
        seen: Draft | None = None,
    ) -> T:
        """Change a draft as `update` does; return what follows from what it became.

        `meanwhile` works that out while the draft is stored. What the caller has
        `seen` is changed and sealed ahead, and stored if the draft still is so.

        Raises:
            Refused: the draft was sent or destroyed meanwhile.
        """
        tenant = session.tenant
        ahead = seen and self._changed(tenant, seen.row, change(seen.content), version)

        def work(tc: TenantConnection) -> Stored | None:
            if seen and ahead and drafts.save(tc, ahead[0], seen=seen.row):
                return ahead
            row = drafts.get(tc, draft_id)
            if row is None or row.sent_at is not None:
                return None
            content = change(self.content(tenant, row))
            after = self._changed(tenant, row, content, version)
            return after if drafts.save(tc, after[0], seen=row) else None

        def followed(stored: Stored | None) -> tuple[T] | None:
            return stored and (meanwhile(self.draft(tenant, *stored, seen=seen)),)

        found = self._tools.database.write_while(tenant, work, followed)
        if found is None:
            raise refuse(self._tools, session, "draft_gone", draft_id)
        return found[0]

    def content(self, tenant: str, row: DraftRow) -> DraftContent:
        """Open a draft's content."""
        return read_draft(
            self._tools.keyring.open("drafts", tenant, row.id, row.content_sealed)
        )

    def draft(
        self,
        tenant: str,
        row: DraftRow,
        content: DraftContent | None = None,
        *,
        seen: Draft | None = None,
    ) -> Draft:
        """Return a stored draft with its form; its content is opened if not at hand.

        `seen` is what it was before it was changed.
        """
        form = self._forms.at(tenant, row.form_id, row.version)

        def opened() -> Draft:
            return Draft(
                row=row,
                form=form,
                content=content or self.content(tenant, row),
                former=seen.settled if seen and seen.form is form else None,
            )

        return self._opened.get((tenant, row.id), (row, form), row.person_key, opened)

    def destroy(self, tenant: str, draft_id: str) -> None:
        """Destroy a draft and the files in it."""
        self._files.remove_all(tenant, draft_id)
        self._tools.database.write(tenant, lambda tc: drafts.delete(tc, draft_id))

    def _changed(
        self, tenant: str, row: DraftRow, content: DraftContent, version: str
    ) -> Stored:
        """Return the draft as it becomes with this content, in this version."""
        keyring = self._tools.keyring
        after = row._replace(
            version=version or row.version,
            content_sealed=keyring.seal("drafts", tenant, row.id, content.to_bytes()),
            updated_at=self._tools.clock(),
        )
        return after, content
