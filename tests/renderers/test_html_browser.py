"""Pages in Chromium, at phone and desktop width: nothing overflows, axe finds nothing.

What was seen is kept under `artifacts/pages`, to look at.
"""

from pathlib import Path

import pytest
import segno
from browsing import CHROMIUM, PATIENCE, violations
from playwright.sync_api import Browser, Page, Route
from sample_pages import PAGES, THEME

from renderers.html.site import HERE, Site
from schemas import catalogue

ROOT = Path(__file__).parents[2]
SEEN = ROOT / "artifacts" / "pages"
SITE = Site(THEME, "development")
HOST = "http://sjovik.test"
POLICY = "; ".join(
    f"{kind}-src 'self'" for kind in ("default", "script", "style", "img", "connect")
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages"),
]


def serve(route: Route) -> None:
    """Answer from the templates and the static folder; there is no network."""
    path = route.request.url.removeprefix(HOST).split("?")[0]
    if path.endswith("/status"):
        return  # an order that goes on says nothing; what is refused reloads the page
    static = Path(str(HERE), path.lstrip("/"))
    if path.startswith("/static/") and static.is_file():
        route.fulfill(path=static)
    elif path.endswith("qr.svg"):
        code = segno.make("bankid.0.1.2").svg_inline(scale=4)
        svg = code.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
        route.fulfill(body=svg, content_type="image/svg+xml")
    else:
        name, _, language = path.strip("/").partition("/")
        if name not in PAGES:
            route.fulfill(status=404)
            return
        text = SITE.render(PAGES[name], language=language or "sv", csrf_token="t")
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=text, content_type="text/html", headers=headers)


def opened(browser: Browser, name: str, width: int, language: str) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=False)
    page.route("**/*", serve)
    page.goto(f"{HOST}/{name}/{language}")
    return page


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window(browser: Browser, name: str, width: int) -> None:
    page = opened(browser, name, width, "sv")
    SEEN.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SEEN / f"{name}-{width}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth")

    page.close()
    assert wide <= width


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, name: str) -> None:
    page = opened(browser, name, 360, "sv")
    found = violations(page)

    page.close()
    assert found == []


@pytest.mark.parametrize("name", ["form_contacts", "form_leisure", "review", "inbox"])
def test_right_to_left_pages_fit_a_phone(browser: Browser, name: str) -> None:
    page = opened(browser, name, 360, "ar")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.screenshot(path=SEEN / f"{name}-ar-360.png", full_page=True)

    page.close()
    assert wide <= 360


def test_the_summary_takes_the_focus_and_leads_to_the_control(browser: Browser) -> None:
    page = opened(browser, "form_faults", 360, "sv")

    first = page.evaluate("document.activeElement.className")
    page.click("text=Välj vad som gäller för mjölk.")
    then = page.evaluate("document.activeElement.id")

    page.close()
    assert (first, then) == ("govuk-error-summary", "q-diet.milk")


def test_touch_targets_are_large_enough(browser: Browser) -> None:
    page = opened(browser, "form_contacts", 360, "sv")
    small = page.evaluate(
        """() => [...document.querySelectorAll("main a, main button, main input, main select")]
        .filter(e => e.type !== "hidden" && !e.matches(".govuk-visually-hidden, p a, dd a"))
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24)
        .map(([text]) => text)"""
    )

    page.close()
    assert small == []


def test_script_swaps_the_code_and_the_message(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.route("**/*", serve)
    order = '{"message": "Bekräfta i appen.", "qr": "", "seconds": 12, "next": ""}'
    page.route(
        "**/logga-in/status",
        lambda route: route.fulfill(body=order, content_type="application/json"),
    )
    page.goto(f"{HOST}/eid_qr/sv")
    page.wait_for_selector("text=Bekräfta i appen.", timeout=PATIENCE)

    is_shown = page.is_visible("[data-eid-code]")
    time_left = page.inner_text("[data-eid-time]")

    page.close()
    assert (is_shown, time_left) == (False, "Tid kvar: 12 sekunder")


TORN = """([text, part]) => {
  document.body.innerHTML = '<p dir="rtl" lang="ar" style="margin:0"></p>';
  const said = document.querySelector("p");
  said.textContent = text;
  const range = document.createRange(), from = text.indexOf(part), torn = [];
  range.setStart(said.firstChild, from);
  range.setEnd(said.firstChild, from + part.length);
  for (let width = 130; width < 420; width += 5) {
    said.style.width = `${width}px`;
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
    if (lines.size > 1) torn.push(width);
  }
  return torn;
}"""


def test_an_example_of_a_phone_number_stands_on_one_line(browser: Browser) -> None:
    said = catalogue.text("Fyll i ett telefonnummer, till exempel 070-174 06 05.", "ar")
    number = said[said.index("070") : said.index("05") + 2]

    with browser.new_page() as page:
        assert page.evaluate(TORN, [said, number]) == []
        # The same with a plain hyphen is torn: the measure can tell.
        plain = number.replace("\N{WORD JOINER}", "")
        assert page.evaluate(TORN, [said.replace(number, plain), plain]) != []
