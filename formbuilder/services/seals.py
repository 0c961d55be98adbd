"""Which key a sealed value opens with, told by how it begins."""

from typing import Final

_CMS: Final = b"\x30"
"""The first byte of every CMS envelope: an ASN.1 sequence. Ours begin otherwise."""


def is_sealed_to_department(sealed: bytes) -> bool:
    """Tell whether a value opens with a department's private key alone."""
    return sealed[:1] == _CMS
