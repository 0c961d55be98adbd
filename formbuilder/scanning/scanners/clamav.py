"""ClamAV's daemon, spoken to as clamd(8) describes: INSTREAM, VERSION."""

import socket
from collections.abc import Iterable
from typing import ClassVar, Final

from formbuilder.scanning.scanner import ScannerUnavailable

CONNECTED_WITHIN: Final = 3.0
ANSWERED_WITHIN: Final = 60.0
"""Seconds; clamd gives up on its own long before (MaxScanTime)."""
_LARGEST_ANSWER: Final = 4096
_TOO_LARGE: Final = "size limit exceeded"


class ClamAV:
    """Sends a file piece by piece; the daemon sees bytes and never a name."""

    key: ClassVar[str] = "clamav"

    def __init__(self, address: str) -> None:
        """Remember where clamd listens: `host:port`, or the path of its socket."""
        self._address = address

    def scan(self, pieces: Iterable[bytes]) -> str:
        answer = self._ask(b"zINSTREAM\0", pieces)
        verdict = answer.removeprefix("stream: ")
        if verdict == "OK":
            return ""
        if verdict.endswith(" FOUND"):
            return verdict.removesuffix(" FOUND")
        if _TOO_LARGE in verdict:
            raise ScannerUnavailable(
                "clamd takes no file as large as this one. Raise StreamMaxLength in "
                "clamd.conf above the largest file any form accepts."
            )
        raise ScannerUnavailable(
            f"clamd at {self._address} gave no verdict: {verdict[:100] or 'nothing'}. "
            "See its own log."
        )

    def version(self) -> str:
        return self._ask(b"zVERSION\0", ())

    def _ask(self, command: bytes, pieces: Iterable[bytes]) -> str:
        try:
            with self._connected() as daemon:
                daemon.sendall(command)
                if command.startswith(b"zINSTREAM"):
                    _send(daemon, pieces)
                return _answer(daemon)
        except OSError as error:
            raise ScannerUnavailable(
                f"clamd at {self._address} does not answer ({error.strerror or error}). "
                "Start clamav-daemon, or check FORMBUILDER_CLAMAV."
            ) from error

    def _connected(self) -> socket.socket:
        if self._address.startswith("/"):
            daemon = _at(self._address)
        else:
            host, _, port = self._address.rpartition(":")
            place = (host.strip("[]"), int(port))
            daemon = socket.create_connection(place, timeout=CONNECTED_WITHIN)
        daemon.settimeout(ANSWERED_WITHIN)
        return daemon


def _at(path: str) -> socket.socket:
    daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        daemon.settimeout(CONNECTED_WITHIN)
        daemon.connect(path)
    except OSError:
        daemon.close()
        raise
    return daemon


def _send(daemon: socket.socket, pieces: Iterable[bytes]) -> None:
    """Send the file; a daemon that has heard enough says why before it hangs up."""
    try:
        for piece in pieces:
            if piece:
                daemon.sendall(len(piece).to_bytes(4, "big") + piece)
        daemon.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(daemon: socket.socket) -> str:
    answer = b""
    while len(answer) < _LARGEST_ANSWER and not answer.endswith(b"\0"):
        piece = daemon.recv(_LARGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
