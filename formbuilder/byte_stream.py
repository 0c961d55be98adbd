"""Bytes that come in pieces, read in the lengths their reader wants."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

PIECE: Final = 64 * 1024


class CutShort(Exception):  # noqa: N818 - what happened, no fault of ours
    """The stream ended before what was asked for."""


class ByteStream:
    """Reads from pieces of any length; holds one of them, and what is looked at."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""
        self._at = 0  # where in what is held the next byte stands

    def peek(self, size: int) -> bytes:
        """Return the next bytes without taking them; fewer at the end."""
        while len(self._held) - self._at < size and self._fill():
            pass
        return self._held[self._at : self._at + size]

    def take(self, size: int) -> bytes:
        """Take so many bytes.

        Raises:
            CutShort: there are not so many.
        """
        found = self.peek(size)
        if len(found) < size:
            raise CutShort
        self._at += size
        return found

    def skip(self, byte: bytes) -> None:
        """Leave out every such byte that comes next, however many there are."""
        while self.peek(1) == byte:
            left = self._held[self._at :].lstrip(byte)
            self._at = len(self._held) - len(left)

    def pass_on(self, size: int) -> Iterator[bytes]:
        """Yield so many bytes in pieces.

        Raises:
            CutShort: there are not so many.
        """
        while size:
            piece = self.take(min(size, PIECE))
            size -= len(piece)
            yield piece

    def until(self, mark: re.Pattern[bytes]) -> Iterator[bytes]:
        """Yield what stands before the next mark, which is two bytes long.

        Raises:
            CutShort: there is no mark.
        """
        while len(self.peek(2)) == 2:  # noqa: PLR2004 - the length of a mark
            found = mark.search(self._held, self._at)
            if found is not None:
                yield self.take(found.start() - self._at)
                return
            # The last byte may begin one.
            yield self.take(len(self._held) - self._at - 1)
        raise CutShort

    def rest(self) -> Iterator[bytes]:
        """Yield everything that is left."""
        if self._at < len(self._held):
            yield self._held[self._at :]
        self._held, self._at = b"", 0
        yield from self._pieces

    def _fill(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._held, self._at = self._held[self._at :] + piece, 0
        return True
