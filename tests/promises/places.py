"""Where a draft's pages are, and what may not lie on the disk."""

from pathlib import Path

from formbuilder.visitor import Page, Upload
from tests.promises.city import CERTIFICATE

NEWER = Upload("nytt.png", "image/png", CERTIFICATE.content + b"NEWER")


def at(page_id: str, page: Page) -> str:
    """Return the address of another page of the same draft."""
    form, _, draft = page.url.partition("?")
    return f"{form.rsplit('/', 1)[0]}/{page_id}?{draft}"


def assert_nothing_in_clear(folder: Path, canary: bytes) -> None:
    for path in folder.rglob("*"):
        assert path.is_dir() or canary not in path.read_bytes(), path
