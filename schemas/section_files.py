"""Section files beside a definition, and never anything outside its folder."""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final

from schemas.errors import AuthorError

Reader = Callable[[str], str]

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class OutsideFolder(AuthorError):  # noqa: N818 - a verdict
    """A section file that would lie outside the definition's own folder."""


def is_remote(reference: str) -> bool:
    """Tell whether a reference names something on a network or another machine.

    >>> is_remote("https://example.se/a.json"), is_remote("sections/a.json")
    (True, False)
    """
    return bool(_SCHEME.match(reference))


def is_confined(reference: str) -> bool:
    """Tell whether a relative path stays inside the folder it starts from.

    >>> is_confined("sections/diet.json"), is_confined("../diet.json")
    (True, False)
    """
    path = PurePosixPath(reference)
    return not (
        is_remote(reference)
        or path.is_absolute()
        or ".." in path.parts
        or "\\" in reference
        or "\0" in reference
        or not path.parts
    )


def folder_reader(folder: Path) -> Reader:
    """Return a reader of files in the folder; links that lead out of it are refused."""
    root = folder.resolve()

    def read(reference: str) -> str:
        path = (root / reference).resolve()
        if not is_confined(reference) or not path.is_relative_to(root):
            raise OutsideFolder(
                f"{reference} ligger utanför definitionens mapp. "
                "Lägg filen i samma mapp eller under den."
            )
        return path.read_text(encoding="utf-8")

    return read
