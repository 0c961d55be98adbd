"""Digests of files, so that a changed, lost or added one is known by its name."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Change = Literal["altered", "missing", "unlisted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One file that is not what the manifest says."""

    name: str
    change: Change


def digest(content: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def manifest(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a SHA256SUMS file that `sha256sum --check` reads, in name order."""
    lines = (f"{digest(content)}  {name}\n" for name, content in sorted(files))
    return "".join(lines).encode()


def parse_manifest(content: bytes) -> Mapping[str, str]:
    """Return name → digest of a SHA256SUMS file.

    Raises:
        ValueError: a line is not a digest, two spaces and a name.

    """
    sums: dict[str, str] = {}
    for line in content.decode().splitlines():
        sha256, separator, name = line.partition("  ")
        if not separator or len(sha256) != hashlib.sha256().digest_size * 2:
            raise ValueError("A line of the manifest has no digest and name.")
        sums[name] = sha256
    return sums


def differences(
    sums: Mapping[str, str], files: Mapping[str, bytes]
) -> tuple[Difference, ...]:
    """Compare files with their manifest and return every difference, by name."""
    changes: dict[str, Change] = dict.fromkeys(files.keys() - sums.keys(), "unlisted")
    for name, expected in sums.items():
        if name not in files:
            changes[name] = "missing"
        elif digest(files[name]) != expected:
            changes[name] = "altered"
    return tuple(Difference(name=n, change=changes[n]) for n in sorted(changes))
