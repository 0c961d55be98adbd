"""A document as bytes: what renderers make, channels carry and the archive keeps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """One file: its plain name, its media type (RFC 6838) and its bytes."""

    name: str
    media_type: str
    content: bytes
