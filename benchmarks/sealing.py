"""The envelope, beside the cipher inside it."""

import secrets
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from archive.envelope import KeyRecipient, seal
from benchmarks.measuring import Figure, Side, side_by_side

SIZES: Final = {"100 kB": 100_000, "5 MB": 5_000_000}


def envelope_figures(rounds: int) -> list[Figure]:
    """Return what the CMS envelope adds to AES-256-GCM over the same bytes."""
    return [_sealed(name, size, rounds) for name, size in SIZES.items()]


def _sealed(name: str, size: int, rounds: int) -> Figure:
    data, key = secrets.token_bytes(size), secrets.token_bytes(32)
    recipients = [KeyRecipient(key_id="benchmark", key=key)]
    return side_by_side(
        f"Envelope, {name}",
        "AES-256-GCM over the same bytes",
        Side(work=lambda: seal(data, recipients)),
        Side(work=lambda: AESGCM(key).encrypt(secrets.token_bytes(12), data, None)),
        rounds=rounds,
    )
