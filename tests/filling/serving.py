"""A municipality on loopback, and a browser that comes to it by its own host name."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from browsing import PATIENCE, PHONE_SIZE
from playwright.sync_api import Browser
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.filling.window import Window
from tests.promises.city import HOSTS, City


class Quiet(WSGIRequestHandler):
    """Handles requests without writing each down."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def served(city: City) -> Iterator[str]:
    """Serve the city on loopback; a browser takes the address for its proxy."""
    server = make_server("127.0.0.1", 0, city.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def opened(city: City, browser: Browser) -> Iterator[Window]:
    """Open a phone's browser in front of the city."""
    with served(city) as proxy:
        context = browser.new_context(
            base_url=HOSTS["ekvalla"],
            proxy={"server": proxy},
            viewport={"width": PHONE_SIZE[0], "height": PHONE_SIZE[1]},
            locale="sv-SE",
        )
        window = Window(city=city, page=context.new_page())
        window.page.set_default_timeout(PATIENCE)
        window.page.on("console", lambda said: window.console.append(said.text))
        window.page.on("pageerror", lambda said: window.console.append(str(said)))
        yield window
        context.close()
