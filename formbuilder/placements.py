"""Where a child is placed, as a file the municipality writes beside its directory."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from schemas.errors import OperatorError

FILE = "placements.toml"
Placements = Callable[[str, str], Mapping[str, str]]


def read_placements(directories: Mapping[str, Path]) -> Placements:
    """Return a look-up by tenant and personal number; no file means nothing known.

    `directories` are the tenants' directory files.

    Raises:
        OperatorError: a file is not TOML.
    """
    known = {tenant: _read(path.parent / FILE) for tenant, path in directories.items()}

    def look_up(tenant: str, personal_number: str) -> Mapping[str, str]:
        return known[tenant].get(personal_number, {})

    return look_up


def _read(path: Path) -> Mapping[str, Mapping[str, str]]:
    if not path.is_file():
        return {}
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OperatorError(f"{path} is not TOML: {error}. Mend that place.") from error
    placements: Mapping[str, Mapping[str, str]] = document.get("placements", {})
    return placements
