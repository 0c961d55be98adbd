"""`/e/<form>/<page>`: a guardian answers one page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, abort, redirect, request
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as Answer
from wtforms.validators import ValidationError

from formbuilder.services.drafts import Draft
from formbuilder.services.sessions import Session
from formbuilder.web import cookies
from formbuilder.web.guards import citizen, late_citizen
from formbuilder.web.house import house
from formbuilder.web.multipart import IncomingFile, read_fields
from formbuilder.web.presenting.pages import back_of, form_page, messages
from formbuilder.web.visit import handle, real_id, session, show, visit
from renderers.html.fields import StoredFile
from renderers.html.forms import PageForm, page_form, parsed, with_row, without
from schemas.errors import InvalidAnswer
from schemas.field_type import Question, Raw
from schemas.journey import JourneyPage, page
from schemas.validation import Fault

answering = Blueprint("answering", __name__, url_prefix="/e")

REVIEW = "granska"


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Where in which draft the person stands, and how its addresses are made."""

    who: Session
    draft: Draft
    shown: JourneyPage
    is_change: bool

    @property
    def query(self) -> str:
        """Return what every address of this draft ends with."""
        query = f"?d={handle(self.who, self.draft.id)}"
        return query + ("&andra=1" if self.is_change else "")

    def address(self, page_id: str) -> str:
        """Return the address of one of the draft's pages."""
        return f"/e/{self.draft.form.definition.id}/{page_id}{self.query}"


def draft_address(who: Session, draft: Draft) -> str:
    """Return where to go on with a draft: its first page with something left."""
    shown = draft.pages()
    left = next((one.page.id for one in shown if not one.is_complete), REVIEW)
    return f"/e/{draft.form.definition.id}/{left}?d={handle(who, draft.id)}"


def _at(who: Session, form_id: str, page_id: str) -> At | Answer:
    draft = house().services.drafts.get(who, real_id(who, request.args.get("d", "")))
    if draft.form.definition.id != form_id:
        abort(404)
    shown = page(draft.form, draft.settled, page_id, ())
    if shown is None:
        return redirect(draft_address(who, draft), 303)
    return At(
        who=who, draft=draft, shown=shown, is_change=bool(request.args.get("andra"))
    )


@answering.get("/<form_id>/<page_id>")
@citizen
def ask(who: Session, form_id: str, page_id: str) -> str | Answer:
    """Show one page of the draft."""
    at = _at(who, form_id, page_id)
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
        )
    )


def _files(at: At) -> dict[str, StoredFile]:
    return {
        upload.value: StoredFile(
            value=upload.value, name=upload.name, size=_size(upload.size)
        )
        for upload in house().services.drafts.uploads(at.who, at.draft.id)
    }


def _size(octets: int) -> str:
    return f"{max(1, octets // 1000)} kB"


@answering.post("/<form_id>/<page_id>")
@late_citizen
def answer(form_id: str, page_id: str) -> str | Answer | tuple[str, int]:
    """Take a page's answers: keep them, then go on or say what is wrong."""
    who = session(cookies.CITIZEN)
    if who is None:
        return _park(form_id, page_id)
    at = _at(who, form_id, page_id)
    if isinstance(at, Answer):
        return at
    refused: dict[str, InvalidAnswer] = {}
    fields = read_fields(
        request,
        before_files=check_token,
        on_file=lambda file, fields: _attach(at, file, fields, refused),
    )
    return take(at, fields, refused)


def check_token(fields: MultiDict[str, str]) -> None:
    """Refuse a post without our form token, before any file of it is read.

    Raises:
        BadRequest: there is none, or it is not this browser's.
    """
    try:
        validate_csrf(fields.get("csrf_token", ""))
    except ValidationError as error:
        raise BadRequest from error


def _attach(
    at: At,
    file: IncomingFile,
    fields: MultiDict[str, str],
    refused: dict[str, InvalidAnswer],
) -> None:
    question = next(
        (
            q
            for q in at.shown.questions
            if f"{q.name}-new" == file.field and q.kind == "file"
        ),
        None,
    )
    if question is None:
        return
    try:
        upload = house().services.drafts.attach(
            at.who,
            at.draft.id,
            question.pointer,
            file.name,
            file.media_type,
            _within(file.pieces),
        )
    except InvalidAnswer as refusal:
        refused[question.pointer] = refusal
    else:
        fields.add(question.name, upload.value)


def _within(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield from pieces


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
        at.who, at.draft.id, at.shown.page.id, form.answers()
    )
    if fields.get("_go") == "later":
        return redirect("/mina", 303)
    seen = {question.pointer for question in at.shown.questions}
    wrong = tuple(f for f in saved.faults if _is_below(f.pointer, seen))
    if wrong or refused:
        return _again(at, saved.draft, form, wrong, refused)
    if saved.faults:  # this page asks more, because of what was just answered
        return redirect(at.address(at.shown.page.id) + "#fler-fragor", 303)
    if at.is_change:
        return redirect(draft_address(at.who, saved.draft), 303)
    return redirect(at.address(saved.next_page or REVIEW), 303)


def _is_below(pointer: str, seen: set[str]) -> bool:
    return any(pointer == p or pointer.startswith(f"{p}/") for p in seen)


def _again(
    at: At,
    draft: Draft,
    form: PageForm,
    wrong: tuple[Fault, ...],
    refused: dict[str, InvalidAnswer],
) -> tuple[str, int]:
    now = page(draft.form, draft.settled, at.shown.page.id, ()) or at.shown
    there = At(who=at.who, draft=draft, shown=now, is_change=at.is_change)
    said = messages(draft, wrong, refused)
    return show_page(there, raws=form.raws(), said=said), 422


def _rearranged(at: At, raws: dict[str, Raw], fields: MultiDict[str, str]) -> str:
    """Add or take away a row or file, keeping everything else as typed."""
    added, removed = fields.get("_add", ""), fields.get("_remove", "")
    changed = with_row(raws, added) if added else without(raws, removed)
    house().services.drafts.save_page(
        at.who, at.draft.id, at.shown.page.id, _values(at.shown.questions, changed)
    )
    draft = house().services.drafts.get(at.who, at.draft.id)
    now = page(draft.form, draft.settled, at.shown.page.id, ()) or at.shown
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
    token = cookies.read(cookies.CITIZEN)
    late = house().services.sessions.expired(visit().tenant, token) if token else None
    to = f"/e/{form_id}"
    if late is not None:
        fields = read_fields(
            request, before_files=check_token, on_file=lambda _file, _fields: None
        )
        parked = house().services.parking.park(
            late,
            real_id(late, request.args.get("d", "")),
            page_id,
            fields.to_dict(flat=False),
        )
        shown = house().keyring.handle(cookies.read(cookies.FLOW).encode(), parked)
        to = f"/e/{form_id}/fortsatt/{shown}"
    return redirect(f"/logga-in?igen=1&to={quote(to)}", 303)


@answering.get("/<form_id>/fortsatt/<shown>")
@citizen
def resume(who: Session, form_id: str, shown: str) -> str | Answer | tuple[str, int]:
    """Apply what was kept when the session ended, if it is the same person."""
    flow = cookies.read(cookies.FLOW).encode()
    parked = house().services.drafts.parked(who, house().keyring.unhandle(flow, shown))
    if parked is None:
        return redirect(f"/e/{form_id}", 303)
    draft = house().services.drafts.get(who, parked.draft_id)
    shown_page = page(draft.form, draft.settled, parked.page_id, ())
    if shown_page is None:
        return redirect(draft_address(who, draft), 303)
    at = At(who=who, draft=draft, shown=shown_page, is_change=False)
    return take(at, MultiDict(parked.fields), {})
