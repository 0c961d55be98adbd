"""Take out of a picture what tells where, when and by whom it was taken.

A picture from a phone says where the family lives. Everything but the picture itself
is left out while it streams past: no pixel is touched, so nothing becomes worse, and
the picture is never whole in memory. Which way up it is to be shown is kept.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from formbuilder.byte_stream import ByteStream, CutShort
from schemas.errors import InvalidAnswer

_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"

# ITU-T T.81 table B.1.
_START, _END, _SCAN, _FILL = 0xD8, 0xD9, 0xDA, 0xFF
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_OF_THE_PICTURE: Final = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF})
_KEPT_APPS: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_AFTER_SCAN: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""Within the coded picture 0xFF stands before 0x00 or a restart marker."""
_EXIF, _EXIF_NAME = 0xE1, b"Exif\0\0"
_ORIENTATION: Final = 0x0112
_SHORT: Final = 3
_ENTRY: Final = 12
MOST: Final = 100_000
"""No picture has as many segments or chunks; a file made to keep us busy has."""

# PNG 3rd edition §4.8: an upper-case first letter marks what no reader can do without.
_KEPT_CHUNKS: Final = frozenset(
    {
        *(b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP", b"bKGD"),
        *(b"pHYs", b"sPLT", b"hIST", b"acTL", b"fcTL", b"fdAT"),
    }
)


def without_metadata(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a file without what a picture tells beside itself; others as they are.

    Raises:
        InvalidAnswer: it begins as a picture and does not go on as one.
    """
    stream = ByteStream(pieces)
    try:
        if stream.peek(len(_JPEG)) == _JPEG:
            yield from _jpeg(stream)
        elif stream.peek(len(_PNG)) == _PNG:
            yield from _png(stream)
        else:
            yield from stream.rest()
    except CutShort as error:
        raise InvalidAnswer("file-damaged") from error


def _jpeg(stream: ByteStream) -> Iterator[bytes]:
    """Yield the segments of the picture; what stands after its end is left out."""
    yield stream.take(2)
    for _ in range(MOST):
        code = _marker(stream)
        if code == _END:
            yield bytes((0xFF, code))
            return
        if code in _WITHOUT_LENGTH:
            yield bytes((0xFF, code))
            continue
        yield _kept(code, _segment(stream))
        if code == _SCAN:
            yield from stream.until(_AFTER_SCAN)
    raise CutShort


def _marker(stream: ByteStream) -> int:
    if stream.take(1) != b"\xff":
        raise CutShort
    stream.skip(bytes((_FILL,)))
    code = stream.take(1)[0]
    if code in (0x00, _START):
        raise CutShort
    return code


def _segment(stream: ByteStream) -> bytes:
    size = int.from_bytes(stream.take(2), "big")
    if size < 2:  # noqa: PLR2004 - the length counts itself
        raise CutShort
    return stream.take(size - 2)


def _kept(code: int, content: bytes) -> bytes:
    """Return a segment as it is to stand, empty when it is left out."""
    if code == _EXIF and content.startswith(_EXIF_NAME):
        turned = _orientation(content[len(_EXIF_NAME) :])
        return _written(code, _exif(turned)) if turned else b""
    begins = _KEPT_APPS.get(code)
    if code in _OF_THE_PICTURE or code == _SCAN or _is_named(content, begins):
        return _written(code, content)
    return b""


def _is_named(content: bytes, name: bytes | None) -> bool:
    return name is not None and content.startswith(name)


def _written(code: int, content: bytes) -> bytes:
    return bytes((0xFF, code)) + (len(content) + 2).to_bytes(2, "big") + content


def _orientation(tiff: bytes) -> int:
    """Return which way the picture is turned (Exif 3.0 §4.6.5), 0 when not said."""
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])

    def number(at: int, size: int) -> int:
        return int.from_bytes(
            tiff[at : at + size], "little" if order == "little" else "big"
        )

    if order is None:
        return 0
    first = number(4, 4) + 2
    end = min(first + _ENTRY * number(first - 2, 2), len(tiff))
    for entry in range(first, end, _ENTRY):
        if number(entry, 2) == _ORIENTATION and number(entry + 2, 2) == _SHORT:
            turned = number(entry + 8, 2)
            return turned if 1 < turned <= 8 else 0  # noqa: PLR2004 - eight ways
    return 0


def _exif(turned: int) -> bytes:
    """Return the smallest Exif segment that says which way up the picture is."""
    entry = b"".join(
        number.to_bytes(size, "big")
        for number, size in (
            (1, 2),
            (_ORIENTATION, 2),
            (_SHORT, 2),
            (1, 4),
            (turned, 2),
            (0, 2),
            (0, 4),
        )
    )
    return _EXIF_NAME + b"MM\0*" + (8).to_bytes(4, "big") + entry


def _png(stream: ByteStream) -> Iterator[bytes]:
    """Yield the chunks of the picture; what stands after its end is left out."""
    yield stream.take(len(_PNG))
    for _ in range(MOST):
        head = stream.take(8)
        size, name = int.from_bytes(head[:4], "big"), head[4:]
        if not name.isalpha():
            raise CutShort
        is_kept = name[:1].isupper() or name in _KEPT_CHUNKS
        body = stream.pass_on(size + 4)
        if is_kept:
            yield head
            yield from body
        else:
            deque(body, maxlen=0)
        if name == b"IEND":
            return
    raise CutShort
