"""Canonical JSON (RFC 8785) and the digests a signature stands on."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

import rfc8785

from schemas.definition import Json

SALT_BYTES: Final = 32
MANIFEST: Final = "urn:formbuilder:signing-manifest:1"


def canonical(value: Json) -> bytes:
    """Return the one way RFC 8785 writes a value.

    >>> canonical({"b": 1.0, "a": "å"}).decode()
    '{"a":"å","b":1}'

    Raises:
        rfc8785.CanonicalizationError: a number no canonical form holds exactly.
    """
    return rfc8785.dumps(value)


def digest(value: Json) -> str:
    """Return the SHA-256 of a value's canonical form, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def section_digest(salt: bytes, answers: Json) -> str:
    """Return the salted SHA-256 of a section's answers, in hex.

    The salt keeps anyone from guessing the answers of a section they have no
    record of: it lies in that section's record alone.

    Raises:
        ValueError: the salt is not 32 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"A salt is {SALT_BYTES} random bytes; draw a new one.")
    return hashlib.sha256(salt + canonical(answers)).hexdigest()


def manifest(
    *,
    form: str,
    version: str,
    case: str,
    sections: Mapping[str, str],
    files: Iterable[str] = (),
    declaration: str = "",
) -> bytes:
    """Return what is signed and not shown: digests of sections and of files.

    `sections` maps a section, or `section/part`, to its salted digest; `files`
    are the `sha256:…` references among the answers.
    """
    return canonical(
        {
            "$schema": MANIFEST,
            "form": form,
            "version": version,
            "case": case,
            "sections": dict(sections),
            "files": sorted(set(files)),
            "declaration": hashlib.sha256(declaration.encode()).hexdigest(),
        }
    )
