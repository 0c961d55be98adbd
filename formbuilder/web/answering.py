"""`/e/<form>/<page>`: a guardian answers one page at a time."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from flask import Blueprint, redirect
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from formbuilder.services.drafts import Draft, Saved
from formbuilder.services.parking import Parked
from formbuilder.services.session import Session
from formbuilder.services.upload import Upload
from formbuilder.web import cookies
from formbuilder.web.asking import is_part, show_page, stands_now
from formbuilder.web.eid import browsers
from formbuilder.web.guards import citizen, late_citizen
from formbuilder.web.house import house
from formbuilder.web.judging import SHOWN, Wrong, judged, on_page
from formbuilder.web.more import added, added_in_rows, at_more
from formbuilder.web.multipart import IncomingFile
from formbuilder.web.posted import into_draft, log_ignored, read_post
from formbuilder.web.presenting.pages import stored_raws
from formbuilder.web.standing import REVIEW, At, draft_address, find
from formbuilder.web.visit import handle, opened, revived, session, visit
from renderers.html.forms import PageForm, page_form
from renderers.html.rearranging import BUTTONS, newest_row, rearranged
from renderers.html.row_cells import UNASKED
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Question, Raw
from schemas.file_references import most_files
from schemas.pointers import lies_in

answering = Blueprint("answering", __name__, url_prefix="/e")


@answering.get("/<form_id>/<page_id>")
@citizen
def ask(who: Session, form_id: str, page_id: str) -> bytes | Answer:
    """Show one page of the draft."""
    at = find(who, form_id, page_id)
    return at if isinstance(at, Answer) else show_page(at)


@answering.post("/<form_id>/<page_id>")
@late_citizen
def answer(form_id: str, page_id: str) -> bytes | Answer | tuple[bytes, int]:
    """Take a page's answers: keep them, then go on or say what is wrong."""
    who = session(cookies.CITIZEN) or revived()
    if who is None:
        return (b"", 401) if is_part() else _park(form_id, page_id)
    at = find(who, form_id, page_id)
    if isinstance(at, Answer):
        return (b"", 409) if is_part() else at
    return take(at, *read_post(at, into_draft(at)))


def take(
    at: At, fields: MultiDict[str, str], refused: dict[str, InvalidAnswer]
) -> bytes | Answer | tuple[bytes, int]:
    """Apply what was posted to the draft and answer."""
    seen = fields.getlist(SHOWN)
    asked = on_page(at, seen)
    form: PageForm = page_form(asked)(fields, given=stored_raws(at.draft, asked))
    form.validate()
    log_ignored(at, fields, form.ignored())
    form.refuse(refused)
    if BUTTONS.keys() & fields.keys():
        return _rearranged(at, form, fields, refused)
    if is_part():
        draft = _save(at, form, posted=form).draft
        raws = _for_now(at, draft, form.typed())
        return show_page(stands_now(at, draft), raws=raws, seen=seen)
    dropped = at.draft.settled.dropped
    is_done = fields.get("_go") != "later"
    saved = _save(at, form, posted=form, told=dropped, is_checked=is_done)
    if not is_done and refused:  # Nothing keeps a file that was not taken.
        wrong = Wrong(asked=saved.draft.settled.asked, refused=refused)
        return _again(at, fields, saved.draft, form, wrong)
    if not is_done:
        return redirect("/mina", 303)
    return _go_on(at, fields, form, saved, form.refusals() | refused)


def _go_on(
    at: At,
    fields: MultiDict[str, str],
    form: PageForm,
    saved: Saved,
    refused: dict[str, InvalidAnswer],
) -> bytes | Answer | tuple[bytes, int]:
    """Answer with where to go next, or with the page and what is wrong on it."""
    wrong = judged(at, form, fields, saved, refused)
    if wrong.is_any:
        return _again(at, fields, saved.draft, form, wrong)
    unasked = form.unasked(fields.getlist(UNASKED))
    more = added(at, saved.draft, fields.getlist(SHOWN))
    more += added_in_rows(saved.draft, unasked)
    if saved.faults or more:  # because of what was just answered
        return redirect(at_more(at, saved, more), 303)
    if at.is_change:
        return redirect(draft_address(at.who, saved.draft), 303)
    return redirect(at.address(saved.next_page or REVIEW), 303)


def _save(
    at: At,
    form: PageForm,
    *,
    posted: PageForm,
    cleared: Mapping[str, Json] | None = None,
    told: Iterable[str] | None = None,
    is_checked: bool = False,
) -> Saved:
    return house().services.drafts.save_page(
        at.who,
        at.draft.id,
        at.shown.page.id,
        form.answers() | dict(cleared or {}),
        typed=form.half_typed(),
        unchosen=form.unchosen(),
        told=told,
        is_checked=is_checked,
        posted=posted.posted(),
        seen=at.draft,
    )


def _again(
    at: At,
    fields: MultiDict[str, str],
    draft: Draft,
    form: PageForm,
    wrong: Wrong,
) -> bytes | tuple[bytes, int]:
    """Show the page with what is wrong; a script puts it in place as any other."""
    now, seen = stands_now(at, draft), fields.getlist(SHOWN)
    raws = _for_now(at, draft, form.raws())
    page = show_page(now, raws=raws, said=wrong.said, seen=seen)
    return page if is_part() else (page, 422)


def _for_now(at: At, draft: Draft, raws: Mapping[str, Raw]) -> dict[str, Raw]:
    """Return what was posted, but not what was an answer to another alternative."""
    was, now = at.draft.settled.asked, draft.settled.asked
    both = (pointer for pointer in raws if pointer in was and pointer in now)
    other = {p for p in both if was[p].alternative != now[p].alternative}
    return {pointer: raw for pointer, raw in raws.items() if pointer not in other}


def _rearranged(
    at: At,
    form: PageForm,
    fields: MultiDict[str, str],
    refused: dict[str, InvalidAnswer],
) -> bytes | tuple[bytes, int]:
    """Add, take away, move, open or close a row, keeping everything else as typed.

    Where a file could not be taken, its row stays where it is told.
    """
    if refused:
        draft = _save(at, form, posted=form).draft
        wrong = Wrong(asked=draft.settled.asked, refused=refused)
        return _again(at, fields, draft, form, wrong)
    act = next(name for name in BUTTONS if name in fields)
    pointer = fields[act]
    if act == "_close" and (left := _left_in_row(at, form, fields)) is not None:
        return left
    changed = rearranged(form.typed(), act, pointer, form.cell_at)
    refilled = form.refilled(changed)
    cleared = refilled.cleared(fields.get("_remove", ""))
    draft = _save(at, refilled, posted=form, cleared=cleared).draft
    came_to = {"_add": newest_row(changed, pointer), "_edit": pointer}.get(act, "")
    return show_page(
        stands_now(at, draft),
        raws=_for_now(at, draft, changed),
        seen=fields.getlist(SHOWN),
        opened="" if is_part() else came_to,
    )


def _left_in_row(
    at: At, form: PageForm, fields: MultiDict[str, str]
) -> bytes | tuple[bytes, int] | None:
    """Answer with what is wrong in a row that is said to be done, None if nothing is."""
    row, saved = fields["_close"], _save(at, form, posted=form)
    kept = form.row_as_kept(row)
    wrong = judged(at, form, fields, saved, form.refusals()).in_row(row, kept)
    if wrong.is_any:
        return _again(at, fields, saved.draft, form, wrong)
    places = [fault.pointer for fault in saved.faults]
    unasked = form.unasked(fields.getlist(UNASKED))
    places += [one.pointer for one in added_in_rows(saved.draft, unasked)]
    if kept and any(lies_in(one, kept) for one in places):  # the row asks more
        now = stands_now(at, saved.draft)
        return show_page(
            now,
            raws=form.typed(),
            seen=fields.getlist(SHOWN),
            opened="" if is_part() else row,
        )
    return None


def _park(form_id: str, page_id: str) -> Answer:
    """Keep a post that came after the session ended, for its person alone."""
    token, to = cookies.read(cookies.CITIZEN), f"/e/{form_id}"
    late = house().services.sessions.expired(visit().tenant, token) if token else None
    at = find(late, form_id, page_id) if late is not None else None
    if isinstance(at, Answer):
        to = at.location
    elif at is not None:
        to = f"{to}/fortsatt/{_parked(at)}"
    return redirect(f"/logga-in?igen=1&to={quote(to, safe='')}", 303)


def _parked(at: At) -> str:
    """Keep what was posted and return it as this browser may name it."""
    parking = house().services.parking
    place = parking.place()

    def keep(question: Question, file: IncomingFile) -> Upload:
        most = most_files(at.draft.form)
        return parking.attach(
            at.who, place, question, file.name, file.pieces, most=most
        )

    fields, refused = read_post(at, keep)
    post = Parked(
        draft_id=at.draft.id,
        page_id=at.shown.page.id,
        fields=fields.to_dict(flat=False),
        refused={p: (one.code, one.values) for p, one in refused.items()},
    )
    parking.park(at.who, place, post)
    return browsers().of(place)


@answering.get("/<form_id>/fortsatt/<shown>")
@citizen
def resume(
    who: Session, form_id: str, shown: str
) -> bytes | Answer | tuple[bytes, int]:
    """Apply what was kept when the session ended, if it is the same person."""
    place = opened(browsers(), shown, who)
    parking = house().services.parking
    parked = parking.parked(who, place)
    if parked is None:
        return redirect(f"/e/{form_id}", 303)
    answer = _resumed(who, parked)
    parking.forget(who)  # Not before: what could not be saved can be tried again.
    return answer


def _resumed(who: Session, parked: Parked) -> bytes | Answer | tuple[bytes, int]:
    draft = house().services.drafts.get(who, parked.draft_id)
    shown_page = draft.page(parked.page_id)
    if shown_page is None:
        return redirect(draft_address(who, draft), 303)
    at = At(
        who=who,
        draft=draft,
        shown=shown_page,
        is_change=False,
        handle=handle(who, draft.id),
    )
    return take(
        at, MultiDict({n: list(v) for n, v in parked.fields.items()}), parked.refusals()
    )
