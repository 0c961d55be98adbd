"""Drafts as they are stored: sealed, each one person's own, until sent or destroyed."""

from collections.abc import Callable
from dataclasses import replace

from formbuilder.database import drafts
from formbuilder.database.connection import TenantConnection
from formbuilder.database.drafts import DraftRow
from formbuilder.services.auditing import refuse
from formbuilder.services.content import DraftContent, read_draft
from formbuilder.services.draft_views import Draft
from formbuilder.services.files import Files
from formbuilder.services.forms import Forms
from formbuilder.services.opened import Opened
from formbuilder.services.sessions import Session
from formbuilder.services.tools import Tools
from schemas.compiling import CompiledForm


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
        seen: DraftRow | None = None,
    ) -> DraftRow:
        """Change a draft's content in one transaction; return it as it became.

        From now on it answers `version` of its form, if one is named. What the caller
        has `seen` is changed and sealed ahead, and stored if the draft still is so.

        Raises:
            Refused: the draft was sent or destroyed meanwhile.
        """

        def changed(row: DraftRow) -> DraftRow:
            content = change(self.content(session.tenant, row))
            return replace(
                row,
                version=version or row.version,
                content_sealed=self._sealed(session.tenant, draft_id, content),
                updated_at=self._tools.clock(),
            )

        ahead = changed(seen) if seen else None

        def work(tc: TenantConnection) -> DraftRow | None:
            if seen and ahead and drafts.save(tc, ahead, seen=seen):
                return ahead
            row = drafts.get(tc, draft_id)
            if row is None or row.sent_at is not None:
                return None
            after = changed(row)
            return after if drafts.save(tc, after, seen=row) else None

        row = self._tools.database.write(session.tenant, work)
        if row is None:
            raise refuse(self._tools, session, "draft_gone", draft_id)
        return row

    def content(self, tenant: str, row: DraftRow) -> DraftContent:
        """Open a draft's content."""
        return read_draft(
            self._tools.keyring.open("drafts", tenant, row.id, row.content_sealed)
        )

    def draft(self, tenant: str, row: DraftRow) -> Draft:
        """Return a stored draft with its form, settled."""
        form = self._forms.at(tenant, row.form_id, row.version)
        return self._opened.get(
            (tenant, row.id),
            (row, form),
            row.person_key,
            lambda: self._open(tenant, row, form),
        )

    def _open(self, tenant: str, row: DraftRow, form: CompiledForm) -> Draft:
        content = self.content(tenant, row)
        return Draft(
            id=row.id,
            form=form,
            subject_key=row.subject_key,
            case_id=row.case_id,
            answers=content.answers,
            family=content.family,
            base=content.base,
            created_at=row.created_at,
            updated_at=row.updated_at,
            expires_at=row.expires_at,
            read_only=frozenset(content.locked),
            kept=frozenset(content.kept),
            unconfirmed=frozenset(content.unconfirmed),
            typed=content.typed,
            told=frozenset(content.told),
        )

    def destroy(self, tenant: str, draft_id: str) -> None:
        """Destroy a draft and the files in it."""
        self._files.remove_all(tenant, draft_id)
        self._tools.database.write(tenant, lambda tc: drafts.delete(tc, draft_id))

    def _sealed(self, tenant: str, draft_id: str, content: DraftContent) -> bytes:
        return self._tools.keyring.seal("drafts", tenant, draft_id, content.to_bytes())
