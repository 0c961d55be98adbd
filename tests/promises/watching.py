"""Looking for words in whatever processes write, also in files without a name."""

import base64
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


def disguises(word: str) -> tuple[bytes, ...]:
    """Return a word as files may hold it: plain, in base64 at any place, in hex."""
    raw = word.encode()
    encoded = []
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw)
        start = -(-before * 4 // 3) + (1 if before else 0)
        encoded.append(whole[start : len(whole) // 4 * 4 - 4])
    return (raw, word.encode("utf-16-le"), raw.hex().encode(), *encoded)


def found_in(content: bytes, words: tuple[str, ...]) -> list[str]:
    return [w for w in words if any(form in content for form in disguises(w))]


@dataclass
class Watch:
    """What the service's processes have open in temporary folders, read all the time."""

    group: int
    seen: dict[str, bytes] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def run(self, folder: Path) -> None:
        while not self._over.wait(0.005):
            self._look(folder)

    def stop(self) -> None:
        self._over.set()

    def _look(self, folder: Path) -> None:
        with suppress(OSError):  # a folder that went away meanwhile
            for path in folder.rglob("*"):
                self._read(path, str(path))
        for pid in self._pids():
            with suppress(OSError):
                for link in Path(f"/proc/{pid}/fd").iterdir():
                    self._open_file(folder, link)

    def _open_file(self, folder: Path, link: Path) -> None:
        # A file without a name is still under its folder's.
        with suppress(OSError):
            target = str(link.readlink())
            if target.startswith(str(folder)) or "(deleted)" in target:
                self._read(link, target)

    def _pids(self) -> Iterator[int]:
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if entry.name.isdigit() and os.getpgid(int(entry.name)) == self.group:
                    yield int(entry.name)

    def _read(self, path: Path, name: str) -> None:
        with suppress(OSError):
            content = path.read_bytes()
            if len(content) > len(self.seen.get(name, b"")):
                self.seen[name] = content
