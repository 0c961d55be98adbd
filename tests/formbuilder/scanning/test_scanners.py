"""Every scanner keeps the contract; ClamAV's is Debian's own daemon."""

import socket
import threading
from collections.abc import Iterator

import pytest

from formbuilder.scanning.scanner import Scanner, ScannerUnavailable
from formbuilder.scanning.scanners import BUILT_IN
from formbuilder.scanning.scanners.clamav import ClamAV
from formbuilder.scanning.scanners.off import Off
from tests.clamd import FOUND, LARGEST, MALWARE, a_place_for_clamd, clamd

PIECE = 64 * 1024


@pytest.fixture(scope="module")
def daemon() -> Iterator[str]:
    with a_place_for_clamd() as place, clamd(place):
        yield str(place)


@pytest.fixture(params=BUILT_IN, ids=lambda part: str(part.key))
def scanner(request: pytest.FixtureRequest, daemon: str) -> Scanner:
    made: Scanner = request.param(daemon) if request.param is ClamAV else Off()
    return made


def test_nothing_is_found_in_what_is_harmless(scanner: Scanner) -> None:
    pieces = [b"%PDF-1.7\n", b"", b"x" * PIECE, b"y" * PIECE]

    assert scanner.scan(pieces) == ""


def test_a_scanner_says_what_it_is(scanner: Scanner) -> None:
    assert scanner.version()


def test_malware_is_named_though_it_comes_in_two_pieces(daemon: str) -> None:
    half = len(MALWARE) // 2

    found = ClamAV(daemon).scan([b"a" * PIECE, MALWARE[:half], MALWARE[half:] + b"z"])

    assert found == FOUND


def test_a_file_that_the_daemon_is_set_too_small_for_waits(daemon: str) -> None:
    pieces = (b"\0" * PIECE for _ in range(LARGEST // PIECE + 8))

    with pytest.raises(ScannerUnavailable, match="StreamMaxLength"):
        ClamAV(daemon).scan(pieces)


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nowhere/clamd.ctl"])
def test_a_daemon_that_is_not_there_gives_advice(address: str) -> None:
    with pytest.raises(ScannerUnavailable, match="Start clamav-daemon"):
        ClamAV(address).scan([b"x"])


@pytest.mark.parametrize("answer", [b"", b"UNKNOWN COMMAND\0", b"stream: ERROR\0"])
def test_no_clear_answer_is_no_verdict(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()

        def reply() -> None:
            connection, _ = server.accept()
            with connection:
                while not connection.recv(PIECE).endswith(bytes(4)):
                    pass
                connection.sendall(answer)

        answering = threading.Thread(target=reply)
        answering.start()

        with pytest.raises(ScannerUnavailable, match="no verdict"):
            ClamAV(f"{host}:{port}").scan([b"x"])
        answering.join(5)
