"""The list of a backup's files: what is in it, and that it is whole."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from schemas.errors import OperatorError

FILE: Final = "manifest.json"
FORMAT: Final = "urn:formbuilder:backup:1"


class BackupRefused(OperatorError):  # noqa: N818 - a verdict, not a fault of ours
    """A backup that cannot be made, is not whole, or has nowhere to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself; `files` maps each path to its SHA-256."""

    environment: str
    revision: str
    made_at: datetime
    tenants: tuple[str, ...]
    files: Mapping[str, str]

    def to_json(self) -> str:
        """Return the text of the file."""
        return json.dumps(
            {
                "format": FORMAT,
                "environment": self.environment,
                "revision": self.revision,
                "made_at": self.made_at.isoformat(),
                "tenants": list(self.tenants),
                "files": dict(self.files),
            },
            indent=2,
            sort_keys=True,
        )


def read(folder: Path) -> Manifest:
    """Read a backup's manifest.

    Raises:
        BackupRefused: there is none, or it is not ours.
    """
    try:
        found: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise BackupRefused(f"{folder} is a backup of another kind.")
        return Manifest(
            environment=found["environment"],
            revision=found["revision"],
            made_at=datetime.fromisoformat(found["made_at"]),
            tenants=tuple(found["tenants"]),
            files=found["files"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupRefused(
            f"{folder} holds no backup: {FILE} is missing or damaged. Name a folder "
            "that formbuilder backup has made."
        ) from error


def verify(folder: Path, manifest: Manifest) -> None:
    """Check every file against the manifest.

    Raises:
        BackupRefused: with the name of each file that is missing, changed or extra.
    """
    present = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).as_posix() != FILE
    }
    missing = sorted(manifest.files.keys() - present)
    extra = sorted(present - manifest.files.keys())
    changed = sorted(
        name
        for name in manifest.files.keys() & present
        if digest(folder / name) != manifest.files[name]
    )
    told = [
        f"{word}: {', '.join(names)}"
        for word, names in (
            ("missing", missing),
            ("changed", changed),
            ("extra", extra),
        )
        if names
    ]
    if told:
        raise BackupRefused(
            f"The backup is not whole ({'; '.join(told)}). Use another copy of it."
        )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
