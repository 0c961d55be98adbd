"""What a file is, judged by its first bytes and never by its name."""

from collections.abc import Collection
from typing import Final

import filetype

from schemas.errors import InvalidAnswer
from schemas.file_limits import kinds_in_words

_CLEANED: Final = ("image/jpeg", "image/png")
"""The pictures whose metadata we take out; no other is taken in."""

_BINARY: Final = frozenset(range(32)) - {7, 8, 9, 10, 12, 13, 27}


def accepted_type(first: bytes, accept: Collection[str]) -> str:
    """Return the media type the content shows, if it is accepted.

    `accept` holds media types, also as `image/*`; nothing in it accepts any known.

    Raises:
        InvalidAnswer: the content is of no accepted type.
    """
    shown = _shown(first)
    if shown is not None and (not accept or _covers(accept, shown)):
        return shown
    if shown == "text/plain" and "text/csv" in accept:
        return "text/csv"
    raise InvalidAnswer("file-type", accepted=kinds_in_words(accept))


def _covers(accept: Collection[str], shown: str) -> bool:
    return shown in accept or f"{shown.split('/', maxsplit=1)[0]}/*" in accept


def _shown(first: bytes) -> str | None:
    kind = filetype.guess(first)
    if kind is not None:
        return _taken_in(str(kind.mime))
    return "text/plain" if _is_text(first) else None


def _taken_in(media_type: str) -> str | None:
    if media_type.startswith("image/") and media_type not in _CLEANED:
        return None
    return media_type


def _is_text(first: bytes) -> bool:
    """Say whether the bytes read as UTF-8; the last character may be cut in two."""
    if _BINARY & set(first):
        return False
    for cut in range(4):
        try:
            first[: len(first) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
