"""A page's post: its form token, its fields, and its files where they are to go."""

from collections.abc import Callable, Collection

import structlog
from flask import request
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from wtforms.validators import ValidationError

from formbuilder.services.upload import Upload
from formbuilder.web.house import house
from formbuilder.web.multipart import IncomingFile, read_fields
from formbuilder.web.now import session_now
from formbuilder.web.standing import At
from schemas.errors import InvalidAnswer
from schemas.field_names import pointer_of
from schemas.field_type import Question
from schemas.field_types.file import takes_many
from schemas.file_references import file_question
from schemas.lately import Lately
from schemas.places_on_pages import in_answers
from schemas.pointers import lies_in, parts
from schemas.read_only import read_only_names

log = structlog.get_logger()


def check_token(fields: MultiDict[str, str]) -> None:
    """Refuse a post without our form token, before any file of it is read.

    A browser's pages all carry the same one, so it is looked into once.

    Raises:
        BadRequest: there is none, or it is not this browser's.
    """
    token, kept = fields.get("csrf_token", ""), session_now().get("csrf_token", "")
    try:
        _right.get((kept, token), lambda: validate_csrf(token))
    except ValidationError as error:
        raise BadRequest from error


_right: Lately[tuple[str, str], None] = Lately(1024)
"""What a cookie holds and a token, of those that belong together."""


Keep = Callable[[Question, IncomingFile], Upload]
"""Where the files of a post go."""


def read_post(
    at: At, keep: Keep
) -> tuple[MultiDict[str, str], dict[str, InvalidAnswer]]:
    """Return what was posted, its files kept, and what was wrong with them."""
    refused: dict[str, InvalidAnswer] = {}

    def on_file(file: IncomingFile, fields: MultiDict[str, str]) -> None:
        name, _, what = file.field.rpartition("-")
        place = pointer_of(name)
        question = _asked(at, place) if what == "new" else None
        if question is None:
            return
        try:
            upload = keep(question, file)
        except InvalidAnswer as refusal:
            refused[in_answers(place)] = refusal
        else:
            before = fields.getlist(name) if takes_many(question) else []
            fields.setlist(name, [*before, upload.value])

    return read_fields(request, before_files=check_token, on_file=on_file), refused


def _asked(at: At, place: str) -> Question | None:
    """Return the question about files that the page has there, in a row perhaps."""
    on_page = (q.pointer for q in at.shown.questions if not q.read_only)
    if "*" in parts(place) or not any(lies_in(place, one) for one in on_page):
        return None
    found = file_question(at.draft.form, place)
    return None if found is None or found.read_only else found


def log_ignored(at: At, fields: MultiDict[str, str], cells: Collection[str]) -> None:
    """Log where somebody posted what the municipality says; it is taken from nobody.

    No page asks for it, so somebody wrote the post by hand. What they wrote is not
    logged. `cells` are the pointers of such cells in what the page asks.
    """
    now = {q.name: q.pointer for q in at.shown.questions if q.read_only}
    known = {**read_only_names(at.draft.form), **now}
    pointers = {*cells, *(known[name] for name in known.keys() & fields.keys())}
    if pointers:
        found = sorted(pointers)
        log.warning("read_only_posted", draft=at.draft.id, pointers=found)


def into_draft(at: At) -> Keep:
    """Return how files are kept when their person is logged in."""

    def keep(question: Question, file: IncomingFile) -> Upload:
        return house().services.drafts.attach(
            at.who,
            at.draft.id,
            question.pointer,
            file.name,
            file.media_type,
            file.pieces,
        )

    return keep
