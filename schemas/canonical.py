"""Canonical JSON (RFC 8785) and the digests a signature stands on."""

import hashlib
from collections.abc import Mapping
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
    record of: it lies in that section's record alone. An answer that is a file
    holds the file's own SHA-256, so the digest covers the files as well.

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
    declined: Mapping[str, str] | None = None,
    declaration: str = "",
    code_lists: Mapping[str, str] | None = None,
) -> bytes:
    """Return what is signed and not shown: a salted digest for each section.

    `sections` maps a section, or `section/part`, to the digest of what is signed,
    `declined` to the digest of what somebody says no to. `code_lists` maps every code
    list the form asks with to its digest, whatever was answered: which lists somebody
    chose from would tell of the answers. Nothing stands here about
    a file on its own: an unsalted digest would tell every reader of every section
    that this very file was attached somewhere.
    """
    return canonical(
        {
            "$schema": MANIFEST,
            "form": form,
            "version": version,
            "case": case,
            "sections": dict(sections),
            "declined": dict(declined or {}),
            "declaration": hashlib.sha256(declaration.encode()).hexdigest(),
            "code_lists": dict(code_lists or {}),
        }
    )
