"""Pages of ours in Chromium, looked at by axe at the width of a phone and of a desk."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from browsing import AXE, RULES
from playwright.sync_api import Browser, Page, Route

from renderers.html.site import HERE

HOST: Final = "http://forms.test"
WIDTHS: Final = (320, 1280)
HEIGHT: Final = 800
RUN_AXE: Final = """async rules => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
  return found.violations.flatMap(one => one.nodes.map(
    node => `${one.id}: ${node.html.slice(0, 160)}`))
}"""
WAITING: Final = {"message": "", "qr": "", "seconds": 30, "next": ""}
"""What a script hears that asks how it goes."""

TOO_WIDE: Final = """() => document.documentElement.scrollWidth > innerWidth
  ? [...document.querySelectorAll("body *")]
      .filter(one => one.getBoundingClientRect().right > innerWidth + 1
                  || one.getBoundingClientRect().left < -1)
      .slice(0, 3).map(one => `too wide: ${one.outerHTML.slice(0, 120)}`)
  : []"""
"""Nothing may have to be scrolled sideways (WCAG 2.2 SC 1.4.10)."""


class Inspector:
    """One window that pages are put into, one after the other."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._html = b""
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        """Answer with the page, or with what lies in the static folder."""
        path = route.request.url.removeprefix(HOST).split("?")[0]
        file = Path(str(HERE), path.lstrip("/"))
        if path.startswith("/static/") and file.is_file():
            route.fulfill(path=file)
        elif route.request.is_navigation_request():
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "fetch":
            route.fulfill(json=WAITING)
        else:
            route.fulfill(status=404)

    def open(self, html: bytes) -> Page:
        """Put a page into the window."""
        self._html = html
        self.page.goto(f"{HOST}/page")
        return self.page

    def faults(self, html: bytes) -> list[str]:
        """Return what is wrong with a page at any of the widths, with the elements."""
        page = self.open(html)
        found: list[str] = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            wrong = page.evaluate(RUN_AXE, RULES) + page.evaluate(TOO_WIDE)
            found += [f"{width} px: {one}" for one in wrong]
        return found

    def all_faults(self, pages: Mapping[str, bytes]) -> dict[str, list[str]]:
        """Return what is wrong, by the names of the pages that are not as they should."""
        found = {name: self.faults(html) for name, html in pages.items()}
        return {name: wrong for name, wrong in found.items() if wrong}


@contextmanager
def inspector(browser: Browser) -> Iterator[Inspector]:
    """Open a window that axe stands ready in, whatever the page's policy says."""
    context = browser.new_context()
    context.add_init_script(path=AXE)
    try:
        yield Inspector(context.new_page())
    finally:
        context.close()
