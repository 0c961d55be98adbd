"""Draw one page of a draft: whole, or the part that follows from the answers."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from formbuilder.services.drafts import Draft
from formbuilder.services.upload import Upload
from formbuilder.web.house import house
from formbuilder.web.lean import given
from formbuilder.web.more import MORE, notice_of
from formbuilder.web.now import request_now
from formbuilder.web.presenting.pages import back_of, form_page
from formbuilder.web.presenting.sizes import size_in_words
from formbuilder.web.presenting.telling import ending, gone, saved, wrong
from formbuilder.web.standing import REVIEW, At
from formbuilder.web.visit import show, visit
from renderers.html.fields import StoredFile, kinds_on
from renderers.html.form_part import part_of
from schemas.field_type import Raw
from schemas.tongues import after_each_other
from schemas.visible import visible

PART: Final = "Formbuilder-Part"
"""The header by which a script asks for the questions alone."""


def is_part() -> bool:
    """Tell whether a script posts what is being filled in, and wants only questions."""
    return PART in request_now().headers


def stands_now(at: At, draft: Draft) -> At:
    """Return the same page of the draft as it has become."""
    return replace(at, draft=draft, shown=draft.page(at.shown.page.id) or at.shown)


def show_page(
    at: At,
    *,
    raws: dict[str, Raw] | None = None,
    said: dict[str, str] | None = None,
    seen: Collection[str] = (),
    opened: str = "",
) -> bytes:
    """Show the page, with what was typed and what is wrong with it.

    `seen` are the names of the questions that the script asking has on its page,
    `opened` is the row that was asked for.
    """
    form_id = at.draft.form.definition.id
    back = (
        at.address(REVIEW)
        if at.is_change
        else back_of(at.draft, at.shown.page.id, f"/e/{form_id}", at.query)
    )
    page = form_page(
        at.draft,
        at.shown,
        action=at.address(at.shown.page.id),
        back=back,
        raws=raws,
        said=said,
        files=_files(at),
        opened=opened,
        is_change=at.is_change,
        can_return=at.who.is_known,
        notice=after_each_other(_notices(at, is_again=raws is not None)),
    )
    if is_part():
        told = wrong(page) or saved(at.draft, at.shown.page.id, seen)
        return show(part_of(page, told))
    return show(page)


def _notices(at: At, *, is_again: bool) -> Iterator[str]:
    """Yield what has become of the questions, and of the time there is for them."""
    more = given(request_now().args, MORE)
    if more and not is_again:
        yield notice_of(more)
    yield from filter(None, (gone(at.draft), ending(at.who, at.draft)))


def _files(at: At) -> dict[str, StoredFile]:
    """Return the draft's files by reference, if the page asks for any."""
    if "file" not in kinds_on(at.shown.questions):
        return {}
    return {
        upload.value: StoredFile(
            value=upload.value,
            name=visible(upload.name),
            size=size_in_words(upload.size),
            note=_note(upload),
        )
        for upload in house().services.drafts.uploads(at.who, at.draft.id)
    }


def _note(upload: Upload) -> str:
    """Return what its sender must know of a file; nothing when all is well."""
    if upload.is_stopped:
        return visit().say(
            "Filen innehöll skadlig kod och är förstörd. Ta bort den och bifoga en annan."
        )
    if upload.is_waiting:
        return visit().say(
            "Filen är sparad och väntar på viruskontroll. Du kan fortsätta svara."
        )
    return ""
