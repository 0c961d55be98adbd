"""Where in which of their drafts somebody stands."""

from dataclasses import dataclass

from flask import abort, redirect
from werkzeug.wrappers import Response as Answer

from formbuilder.services.drafts import Draft
from formbuilder.services.session import Session
from formbuilder.web.house import house
from formbuilder.web.lean import given
from formbuilder.web.now import request_now
from formbuilder.web.visit import handle, real_id
from schemas.journey import JourneyPage

REVIEW = "granska"


@dataclass(frozen=True, kw_only=True)
class At:
    """Where in which draft the person stands; its addresses name it by the handle."""

    who: Session
    draft: Draft
    shown: JourneyPage
    is_change: bool
    handle: str

    @property
    def query(self) -> str:
        """Return what every address of this draft ends with."""
        return f"?d={self.handle}" + ("&andra=1" if self.is_change else "")

    def address(self, page_id: str) -> str:
        """Return the address of one of the draft's pages."""
        return f"/e/{self.draft.form.definition.id}/{page_id}{self.query}"


def draft_address(who: Session, draft: Draft) -> str:
    """Return where to go on with a draft: its first page with something left."""
    shown = draft.pages()
    left = next((one.page.id for one in shown if not one.is_complete), REVIEW)
    return f"/e/{draft.form.definition.id}/{left}?d={handle(who, draft.id)}"


def find(who: Session, form_id: str, page_id: str) -> At | Answer:
    """Return where an address stands; its page may not be shown, then where to go.

    Raises:
        Refused: the draft is not theirs, or there is none.
    """
    asked = request_now().args
    draft = house().services.drafts.get(who, real_id(who, given(asked, "d")))
    if draft.form.definition.id != form_id:
        abort(404)
    shown = draft.page(page_id)
    if shown is None:
        return redirect(draft_address(who, draft), 303)
    return At(
        who=who,
        draft=draft,
        shown=shown,
        is_change=bool(given(asked, "andra")),
        handle=asked["d"],
    )
