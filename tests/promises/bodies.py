"""Bodies that are made while they are sent, however large."""

from collections.abc import Iterator

import httpx

from formbuilder.visitor import Visitor
from tests.promises.city import City


def multipart_field(name: str, value: str) -> bytes:
    head = f'--grans\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return f"{head}{value}\r\n".encode()


def file_header(name: str, file: str) -> bytes:
    return (
        f'--grans\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"'
        "\r\nContent-Type: application/pdf\r\n\r\n"
    ).encode()


class Stream:
    """A body that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while len(self._held) < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._held += piece
        found, self._held = self._held[:size], self._held[size:]
        return found

    def readinto(self, buffer: memoryview) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


def streamed(
    city: City, visitor: Visitor, address: str, pieces: Iterator[bytes]
) -> str:
    """Post a body without holding it, in chunks; return the status."""
    url = httpx.URL(address)
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": url.path,
        "QUERY_STRING": url.query.decode(),
        "SERVER_NAME": url.host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": url.host,
        "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in visitor.client.cookies.items()),
        "CONTENT_TYPE": "multipart/form-data; boundary=grans",
        "HTTP_TRANSFER_ENCODING": "chunked",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": Stream(pieces),
        "wsgi.input_terminated": True,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.errors": None,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }

    def start_response(status: str, _headers: object, _error: object = None) -> None:
        said.append(status)

    b"".join(city.app.wsgi_app(environ, start_response))
    return said[0]
