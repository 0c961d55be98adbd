"""Read a posted form piece by piece, so that no uploaded byte rests anywhere in clear.

Werkzeug's own parser spools large files to temporary files; this one hands each
file to its receiver as it arrives (promise 5).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Event,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

from formbuilder.web.urlencoded import MAX_FIELDS, MEDIA_TYPE, read_urlencoded

FEW: Final = 500
"""Fields of which nobody counts the rows."""
PIECE: Final = 64 * 1024
MAX_FIELD_BYTES: Final = 512 * 1024
MAX_HELD: Final = 256 * 1024
"""What may wait to be understood, so that an endless header fills no memory."""
MAX_NAME: Final = 2048
"""Characters of a name; of any form that somebody fills in the longest is far shorter."""
MAX_ROWS: Final = 2_000
"""Of all tables of a page, those in rows too: each is read, judged and drawn anew."""
OURS: Final = "_"
"""What the names begin with that no question has: their values are names and pointers."""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file on its way in; `pieces` must be read before the next one comes."""

    field: str
    name: str
    media_type: str
    pieces: Iterator[bytes]


def read_fields(
    request: Request,
    *,
    before_files: Callable[[MultiDict[str, str]], None],
    on_file: Callable[[IncomingFile, MultiDict[str, str]], None],
) -> MultiDict[str, str]:
    """Return the text fields of a post; hand files over in the order they come.

    `before_files` sees the fields so far once, before the first file is read, and
    may raise to stop.

    Raises:
        BadRequest: the body is not what its header says, or no form's, or a name is
            longer than any.
        RequestEntityTooLarge: the text fields alone are larger than any form's, or
            are of more rows.
    """
    if request.mimetype == MEDIA_TYPE:
        fields = read_urlencoded(request)
        before_files(fields)
    elif request.mimetype != "multipart/form-data":
        raise BadRequest
    else:
        fields = _Reader(request, before_files, on_file).read()
    if max(map(len, _names_in(fields)), default=0) > MAX_NAME:
        raise BadRequest
    if len(fields) > FEW and _count_rows(fields) > MAX_ROWS:
        raise RequestEntityTooLarge
    return fields


def _count_rows(names: Iterable[str]) -> int:
    """Count the rows that fields stand in, by their names.

    >>> _count_rows(["s.all.0.a", "s.all.0.b", "s.all.1.in.0.a", "s.year2000"])
    3
    """
    return len({name[: at.end()] for name in names for at in _ROW.finditer(name)})


_ROW: Final = re.compile(r"\.[0-9]+(?=[.-]|$)")


def _names_in(fields: MultiDict[str, str]) -> list[str]:
    """Return the names of the fields, and those that are values of our own."""
    own = [name for name in fields if name.startswith(OURS)]
    return [*fields, *(value for name in own for value in fields.getlist(name))]


class _Reader:
    def __init__(
        self,
        request: Request,
        before_files: Callable[[MultiDict[str, str]], None],
        on_file: Callable[[IncomingFile, MultiDict[str, str]], None],
    ) -> None:
        boundary = request.mimetype_params.get("boundary", "")
        if not boundary or not boundary.isascii():  # RFC 2046 §5.1.1
            raise BadRequest
        self.decoder = MultipartDecoder(
            boundary.encode(),
            max_form_memory_size=MAX_HELD,
            max_parts=MAX_FIELDS,
        )
        self.stream = request.stream
        self.before_files = before_files
        self.on_file = on_file
        self.fields: MultiDict[str, str] = MultiDict()
        self.size = 0
        self.is_checked = False

    def read(self) -> MultiDict[str, str]:
        """Read the whole body."""
        event = self._next()
        while not isinstance(event, Epilogue):
            if isinstance(event, Field):
                # A part without a name comes as None, whatever the type says.
                self.fields.add(event.name or "", self._text())
            elif isinstance(event, File):
                self._file(event)
            event = self._next()
        self._check()
        return self.fields

    def _next(self) -> Event:
        try:
            while isinstance(event := self.decoder.next_event(), NeedData):
                self.decoder.receive_data(self.stream.read(PIECE) or None)
        except ValueError as error:
            raise BadRequest from error
        return event

    def _pieces(self) -> Iterator[bytes]:
        while isinstance(event := self._next(), Data):
            if event.data:
                yield event.data
            if not event.more_data:
                return

    def _text(self) -> str:
        content = b""
        for piece in self._pieces():
            content += piece
            self.size += len(piece)
            if self.size > MAX_FIELD_BYTES:
                raise RequestEntityTooLarge
        return content.decode("utf-8", "replace")

    def _file(self, event: File) -> None:
        self._check()
        pieces = self._pieces()
        media_type = event.headers.get("content-type", "application/octet-stream")
        if event.filename and event.name:
            incoming = IncomingFile(event.name, event.filename, media_type, pieces)
            self.on_file(incoming, self.fields)
        for _ in pieces:  # what the receiver did not want is read past, not kept
            pass

    def _check(self) -> None:
        if not self.is_checked:
            self.is_checked = True
            self.before_files(self.fields)
