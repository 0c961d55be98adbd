"""What kind of file a name promises, for files read back from a package."""

from typing import Final

KNOWN: Final = {
    "pdf": "application/pdf",
    "json": "application/json",
    "xml": "application/xml",
    "der": "application/ocsp-response",
    "txt": "text/plain",
    "csv": "text/csv",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}


def media_type(name: str) -> str:
    """Return the media type of a file by its name's ending.

    >>> media_type("signatur-1-ocsp.der")
    'application/ocsp-response'
    """
    return KNOWN.get(name.rpartition(".")[2].lower(), "application/octet-stream")
