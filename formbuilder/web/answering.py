"""`/e/<form>/<page>`: a guardian answers one page at a time."""

from urllib.parse import quote

from flask import Blueprint, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from formbuilder.services.drafts import Draft
from formbuilder.services.parking import Parked
from formbuilder.services.sessions import Session
from formbuilder.services.upload import Upload
from formbuilder.web import cookies
from formbuilder.web.eid import flow
from formbuilder.web.guards import citizen, late_citizen
from formbuilder.web.house import house
from formbuilder.web.multipart import IncomingFile
from formbuilder.web.posted import into_draft, read_post
from formbuilder.web.presenting.pages import back_of, form_page, messages
from formbuilder.web.standing import REVIEW, At, draft_address, find
from formbuilder.web.visit import opened, session, show, visit
from renderers.html.fields import StoredFile
from renderers.html.forms import PageForm, page_form, parsed, with_row, without
from schemas.errors import InvalidAnswer
from schemas.faults import Fault
from schemas.field_type import Question, Raw
from schemas.visible import visible

answering = Blueprint("answering", __name__, url_prefix="/e")

MORE = "fler"
"""Marks the address of a page that asks more after what was just answered."""


@answering.get("/<form_id>/<page_id>")
@citizen
def ask(who: Session, form_id: str, page_id: str) -> str | Answer:
    """Show one page of the draft."""
    at = find(who, form_id, page_id)
    return at if isinstance(at, Answer) else show_page(at)


def show_page(
    at: At,
    *,
    raws: dict[str, Raw] | None = None,
    said: dict[str, str] | None = None,
) -> str:
    """Show the page, with what was typed and what is wrong with it."""
    form_id = at.draft.form.definition.id
    back = (
        at.address(REVIEW)
        if at.is_change
        else back_of(at.draft, at.shown.page.id, f"/e/{form_id}", at.query)
    )
    return show(
        form_page(
            at.draft,
            at.shown,
            action=at.address(at.shown.page.id),
            back=back,
            raws=raws,
            said=said,
            files=_files(at),
            is_change=at.is_change,
            can_return=at.who.is_known,
            notice=visit().say("Sidan har fått fler frågor. Svara på dem också.")
            if MORE in request.args and raws is None
            else "",
        )
    )


def _files(at: At) -> dict[str, StoredFile]:
    """Return the draft's files by reference, if the page asks for any."""
    if not any(question.kind == "file" for question in at.shown.questions):
        return {}
    return {
        upload.value: StoredFile(
            value=upload.value,
            name=visible(upload.name),
            size=_size(upload.size),
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


def _size(octets: int) -> str:
    return f"{max(1, octets // 1000)} kB"


@answering.post("/<form_id>/<page_id>")
@late_citizen
def answer(form_id: str, page_id: str) -> str | Answer | tuple[str, int]:
    """Take a page's answers: keep them, then go on or say what is wrong."""
    who = session(cookies.CITIZEN)
    if who is None:
        return _park(form_id, page_id)
    at = find(who, form_id, page_id)
    if isinstance(at, Answer):
        return at
    return take(at, *read_post(at, into_draft(at)))


def take(
    at: At, fields: MultiDict[str, str], refused: dict[str, InvalidAnswer]
) -> str | Answer | tuple[str, int]:
    """Apply what was posted to the draft and answer."""
    form: PageForm = page_form(at.shown.questions)(fields)
    form.validate()
    refused = form.refusals() | refused
    if "_add" in fields or "_remove" in fields:
        return _rearranged(at, form.raws(), fields)
    saved = house().services.drafts.save_page(
        at.who,
        at.draft.id,
        at.shown.page.id,
        form.answers(),
        is_checked=fields.get("_go") != "later",
    )
    if fields.get("_go") == "later":
        return redirect("/mina", 303)
    seen = {question.pointer for question in at.shown.questions}
    wrong = tuple(f for f in saved.faults if _is_below(f.pointer, seen))
    if wrong or refused:
        return _again(at, saved.draft, form, wrong, refused)
    if saved.faults:  # this page asks more, because of what was just answered
        return redirect(_at_more(at, saved.draft, saved.faults[0]), 303)
    if at.is_change:
        return redirect(draft_address(at.who, saved.draft), 303)
    return redirect(at.address(saved.next_page or REVIEW), 303)


def _at_more(at: At, draft: Draft, fault: Fault) -> str:
    """Return the page's address at the first question that was not there before."""
    question = draft.settled.asked.get(fault.pointer)
    place = f"#q-{question.name}" if question else ""
    return f"{at.address(at.shown.page.id)}&{MORE}=1{place}"


def _is_below(pointer: str, seen: set[str]) -> bool:
    return any(pointer == p or pointer.startswith(f"{p}/") for p in seen)


def _again(
    at: At,
    draft: Draft,
    form: PageForm,
    wrong: tuple[Fault, ...],
    refused: dict[str, InvalidAnswer],
) -> tuple[str, int]:
    now = draft.page(at.shown.page.id) or at.shown
    there = At(who=at.who, draft=draft, shown=now, is_change=at.is_change)
    said = messages(draft, wrong, refused)
    return show_page(there, raws=form.raws(), said=said), 422


def _rearranged(at: At, raws: dict[str, Raw], fields: MultiDict[str, str]) -> str:
    """Add or take away a row or file, keeping everything else as typed."""
    added, removed = fields.get("_add", ""), fields.get("_remove", "")
    changed = with_row(raws, added) if added else without(raws, removed)
    house().services.drafts.save_page(
        at.who,
        at.draft.id,
        at.shown.page.id,
        _values(at.shown.questions, changed),
        is_checked=False,
    )
    draft = house().services.drafts.get(at.who, at.draft.id)
    now = draft.page(at.shown.page.id) or at.shown
    there = At(who=at.who, draft=draft, shown=now, is_change=at.is_change)
    return show_page(there, raws=changed)


def _values(questions: tuple[Question, ...], raws: dict[str, Raw]) -> dict[str, object]:
    outcomes = {
        question.pointer: parsed(question, raws[question.pointer])
        for question in questions
        if question.pointer in raws
    }
    return {
        pointer: value for pointer, (value, refusal) in outcomes.items() if not refusal
    }


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
        return parking.attach(
            at.who, place, question.ui, file.name, file.pieces, question.pointer
        )

    fields, refused = read_post(at, keep)
    post = Parked(
        draft_id=at.draft.id,
        page_id=at.shown.page.id,
        fields=fields.to_dict(flat=False),
        refused={p: (one.code, one.values) for p, one in refused.items()},
    )
    parking.park(at.who, place, post)
    return house().keyring.handle(flow().encode(), place)


@answering.get("/<form_id>/fortsatt/<shown>")
@citizen
def resume(who: Session, form_id: str, shown: str) -> str | Answer | tuple[str, int]:
    """Apply what was kept when the session ended, if it is the same person."""
    place = opened(flow().encode(), shown, who)
    parked = house().services.parking.parked(who, place)
    if parked is None:
        return redirect(f"/e/{form_id}", 303)
    draft = house().services.drafts.get(who, parked.draft_id)
    shown_page = draft.page(parked.page_id)
    if shown_page is None:
        return redirect(draft_address(who, draft), 303)
    at = At(who=who, draft=draft, shown=shown_page, is_change=False)
    return take(
        at, MultiDict({n: list(v) for n, v in parked.fields.items()}), parked.refusals()
    )
