"""Templates compiled once in a process, whichever municipality's pages they draw."""

from collections import defaultdict
from types import CodeType
from typing import Final

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What templates of one language are compiled to, by what they are made of."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


COMPILED: Final = defaultdict[str, Compiled](Compiled)
"""By language: the compiler works out what filters make of words that are fixed."""
