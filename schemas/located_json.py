"""JSON text as a value that remembers where each of its pointers was written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in the stubs
from typing import Any, Final

from schemas.pointers import join
from schemas.slips import likely_slip

MAX_DEPTH: Final = 96
LARGEST_EXACT: Final = 2**53 - 1  # RFC 8785 §3.2.2.3: numbers are IEEE doubles

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS: Final[Mapping[str, Any]] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something in the text that a definition may not hold, and where."""

    code: str
    pointer: str
    position: Position
    detail: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A JSON value, the place of every pointer in it, and what is wrong with it.

    After a syntax error the value is None and the last flaw says where it stopped.
    """

    value: Any
    positions: Mapping[str, Position]
    flaws: tuple[Flaw, ...] = ()
    is_readable: bool = True

    def position(self, pointer: str) -> Position:
        """Return where the pointer, or the nearest thing around it, was written."""
        here = pointer
        while here and here not in self.positions:
            here = here.rpartition("/")[0]
        return self.positions.get(here, Position(1, 1))


def read(text: str) -> Located:
    """Read JSON text strictly: no duplicate keys, NaN, lone surrogates or abysses."""
    reader = _Reader(text)
    try:
        value = reader.document()
    except _Stopped as stop:
        return Located(
            value=None,
            positions=reader.positions,
            flaws=(*reader.flaws, stop.flaw),
            is_readable=False,
        )
    return Located(value=value, positions=reader.positions, flaws=tuple(reader.flaws))


class _Stopped(Exception):  # noqa: N818 - control flow inside this module
    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw.code)


@dataclass(slots=True)
class _Reader:
    text: str
    positions: dict[str, Position] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = [0, *(m.end() for m in re.finditer("\n", self.text))]

    def document(self) -> Any:
        start = 1 if self.text.startswith("\ufeff") else 0
        value, end = self._value(self._skip(start), (), 0)
        end = self._skip(end)
        if end != len(self.text):
            raise self._stop(end, "", "slut på filen")
        return value

    def _place(self, at: int) -> Position:
        low, high = 0, len(self._lines)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._lines[middle] <= at else (low, middle)
        return Position(low + 1, at - self._lines[low] + 1)

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        return space.end() if space else at

    def _stop(
        self, at: int, pointer: str, detail: str, code: str = "FB001"
    ) -> _Stopped:
        advice = likely_slip(self.text, at) if code == "FB001" else ""
        return _Stopped(
            Flaw(
                code=code,
                pointer=pointer,
                position=self._place(at),
                detail=detail,
                advice=advice,
            )
        )

    def _flaw(self, code: str, at: int, pointer: str, detail: str = "") -> None:
        self.flaws.append(
            Flaw(code=code, pointer=pointer, position=self._place(at), detail=detail)
        )

    def _value(
        self, at: int, path: tuple[str | int, ...], depth: int
    ) -> tuple[Any, int]:
        pointer = join(*path)
        self.positions.setdefault(pointer, self._place(at))
        if depth > MAX_DEPTH:
            raise self._stop(at, pointer, str(MAX_DEPTH), "FB005")
        opening = self.text[at : at + 1]
        if opening == "{":
            return self._object(at + 1, path, depth)
        if opening == "[":
            return self._array(at + 1, path, depth)
        if opening == '"':
            return self._string(at, pointer)
        return self._scalar(at, pointer)

    def _object(
        self, at: int, path: tuple[str | int, ...], depth: int
    ) -> tuple[dict[str, Any], int]:
        members: dict[str, Any] = {}

        def member(at: int) -> int:
            if self.text[at : at + 1] != '"':
                raise self._stop(at, join(*path), "ett namn inom citattecken")
            key, end = self._string(at, join(*path))
            if key in members:
                self._flaw("FB002", at, join(*path, key), key)
            end = self._expect(":", end, join(*path, key))
            members[key], end = self._value(self._skip(end), (*path, key), depth + 1)
            return end

        return members, self._series("}", at, join(*path), member)

    def _array(
        self, at: int, path: tuple[str | int, ...], depth: int
    ) -> tuple[list[Any], int]:
        items: list[Any] = []

        def item(at: int) -> int:
            value, end = self._value(at, (*path, len(items)), depth + 1)
            items.append(value)
            return end

        return items, self._series("]", at, join(*path), item)

    def _series(
        self, closing: str, at: int, pointer: str, one: Callable[[int], int]
    ) -> int:
        at = self._skip(at)
        if self.text.startswith(closing, at):
            return at + 1
        while True:
            at = self._skip(one(at))
            if self.text.startswith(closing, at):
                return at + 1
            at = self._skip(self._expect(",", at, pointer, or_=closing))

    def _expect(self, mark: str, at: int, pointer: str, *, or_: str = "") -> int:
        at = self._skip(at)
        if not self.text.startswith(mark, at):
            wanted = f"”{mark}” eller ”{or_}”" if or_ else f"”{mark}”"
            raise self._stop(at, pointer, wanted)
        return at + 1

    def _string(self, at: int, pointer: str) -> tuple[str, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            raise self._unfinished(error, pointer) from None
        if any("\ud800" <= character <= "\udfff" for character in value):
            self._flaw("FB003", at, pointer)
            value = value.encode("utf-8", "replace").decode("utf-8")
        return value, end

    def _unfinished(self, error: JSONDecodeError, pointer: str) -> _Stopped:
        """Stop at what may not stand in a text, or at a text that never ends."""
        stopped = self._stop(error.pos, pointer, "text utan tabb, radbrytning och \\")
        if self.text[error.pos : error.pos + 1] != '"':
            return stopped
        never = "Texten som börjar här har inget citattecken på slutet."
        return _Stopped(replace(stopped.flaw, detail="en avslutad text", advice=never))

    def _scalar(self, at: int, pointer: str) -> tuple[Any, int]:
        for word, value in _WORDS.items():
            if self.text.startswith(word, at):
                return value, at + len(word)
        number = _NUMBER.match(self.text, at)
        if number is None:
            raise self._stop(at, pointer, "ett JSON-värde")
        value, is_exact = _number(number[0], is_whole=not (number[1] or number[2]))
        if not is_exact:
            self._flaw("FB004", at, pointer, number[0][:40])
        return value, number.end()


def _number(text: str, *, is_whole: bool) -> tuple[int | float, bool]:
    """Return the number and whether a double holds exactly what was written."""
    if is_whole and len(text) <= len(str(LARGEST_EXACT)) + 1:
        return int(text), abs(int(text)) <= LARGEST_EXACT
    value = float(text)
    if value in (float("inf"), float("-inf")):
        return 0, False
    return value, Decimal(text) == Decimal(repr(value))
