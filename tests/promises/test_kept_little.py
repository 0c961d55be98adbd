"""What anybody may send at any length is not kept at that length in the process."""

import gc
import io
import tracemalloc

import pytest

from formbuilder.web.limits import Limiter
from tests.promises.city import City

LENGTH = 60_000
"""Characters: the server takes addresses of that length, and longer headers."""
TIMES = 40


def ask(city: City, way: str, cookie: str, text: str) -> str:
    """Ask for a page with the text in it; return the status."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/e/{text}" if way == "address" else "/",
        "QUERY_STRING": f"d={text}" if way == "query" else "",
        "SERVER_NAME": "ekvalla.test",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "ekvalla.test",
        "HTTP_COOKIE": cookie + (f"; form={text}" if way == "cookie" else ""),
        "HTTP_ACCEPT_LANGUAGE": text if way == "language" else "sv",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }
    b"".join(city.app.wsgi_app(environ, lambda status, *_: told.append(status)))
    return told[0][:3]


@pytest.mark.parametrize("way", ["cookie", "language", "address", "query"])
def test_what_is_sent_at_length_is_let_go(city: City, way: str) -> None:
    visitor, _ = city.logged_in()
    cookie = f"citizen={visitor.client.cookies['citizen']}"
    ask(city, way, cookie, "nowhere")
    tracemalloc.start()
    statuses = {
        ask(city, way, cookie, f"{number:02}" + "x" * LENGTH) for number in range(TIMES)
    }
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert statuses == {"404" if way == "address" else "200"}
    assert held < TIMES * LENGTH / 4


def test_what_a_browser_calls_itself_is_not_kept_while_its_starts_are_counted(
    city: City,
) -> None:
    limiter = Limiter(clock=city.town.clock)
    tracemalloc.start()
    for number in range(TIMES):
        limiter.take(f"{number}" + "x" * LENGTH, 1)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert held < TIMES * LENGTH / 4
    assert not limiter.take("0" + "x" * LENGTH, 1)
