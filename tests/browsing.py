"""A person with a real browser and a phone: reads labels, clicks, types, looks."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    sync_playwright,
)

TESTS = Path(__file__).parent
AXE = TESTS / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WAITING = re.compile("/legitimera/")

PATIENCE = 60_000
"""Milliseconds that a page may take on a machine that has much else to do."""
PHONE_SIZE = (360, 780)
DESK_SIZE = (1280, 900)

Row = Mapping[str, str]
Answer = str | Path | Row | Sequence[str] | Sequence[Row]
"""A label, a text, a file, controls by label, several labels, or rows of controls."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the machine's own Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox"],  # the sandbox does not run as root
        )
        yield opened
        opened.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, with the elements."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


class Phone:
    """A hand on the simulated phone, by the simulator's control interface."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=60, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def act(self, page: Page, person: str, *acts: str) -> None:
        """Do something to the order that the page waits for."""
        reference = self._order(page)
        for act in acts:
            body = {"personal_number": person}
            done = self._client.post(f"/_sim/orders/{reference}/{act}", json=body)
            done.raise_for_status()

    def _order(self, page: Page) -> str:
        """Return the order of the page's launch link, else of the newest code shown."""
        orders = self._client.get("/_sim/orders").raise_for_status().json()
        link = page.locator("a[href*=autostarttoken]")
        if link.count():
            address = link.get_attribute("href") or ""
            token = parse_qs(urlsplit(address).query)["autostarttoken"][0]
            found = next(o for o in orders if o["auto_start_token"] == token)
        else:
            found = [order for order in orders if order["status"] == "pending"][-1]
        return str(found["reference"])

    def approve(self, page: Page, person: str) -> None:
        """Approve, and come to where the page leads then."""
        page.wait_for_url(WAITING)
        self.act(page, person, "start", "approve")
        page.wait_for_url(lambda address: not WAITING.search(address))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was to be seen of one page at one width."""

    name: str
    width: int
    title: str
    headings: tuple[str, ...]
    scroll_width: int
    violations: tuple[str, ...]

    @property
    def main_headings(self) -> list[str]:
        return [h for h in self.headings if h.startswith("1 ")]

    @property
    def skipped_levels(self) -> list[str]:
        """Return headings that stand more than one level below the one before."""
        levels = [0, *(int(heading[0]) for heading in self.headings)]
        pairs = zip(levels, levels[1:], self.headings, strict=False)
        return [heading for above, level, heading in pairs if level > above + 1]


@dataclass(slots=True, kw_only=True)
class Eyes:
    """Looks at pages, keeps pictures of them and what the console said."""

    folder: Path
    sights: list[Sight] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Listen to what goes wrong on a page."""
        page.on("console", lambda message: self._hear(message))  # noqa: PLW0108 - Playwright marks what it is given, and slots forbid it
        page.on("pageerror", lambda error: self.console.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that says what is to be mended comes with HTTP 422 on purpose.
        if message.type in ("error", "warning") and "status of 422" not in message.text:
            self.console.append(f"{message.location['url']}: {message.text}")

    def look(self, page: Page, name: str) -> Sight:
        """Keep a picture of the whole page and what can be measured of it."""
        width = (page.viewport_size or {"width": 0})["width"]
        self.folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
        headings = page.locator("h1,h2,h3,h4,h5,h6").evaluate_all(
            "all => all.map(h => `${h.tagName[1]} ${h.innerText}`)"
        )
        sight = Sight(
            name=name,
            width=width,
            title=page.title(),
            headings=tuple(headings),
            scroll_width=page.evaluate("document.documentElement.scrollWidth"),
            violations=tuple(violations(page)),
        )
        self.sights.append(sight)
        return sight


class Person:
    """Somebody who fills pages in by what stands on them."""

    def __init__(self, page: Page, phone: Phone, number: str) -> None:
        self.page = page
        self.phone = phone
        self.number = number
        self.answered: list[str] = []

    @property
    def heading(self) -> str:
        """Return the page's main heading."""
        return self.page.locator("h1").inner_text()

    def press(self, label: str) -> None:
        """Press the button or follow the link with this label."""
        named: dict[str, Any] = {"name": re.compile(f"^{re.escape(label)}")}
        button = self.page.get_by_role("button", **named)
        link = self.page.get_by_role("link", **named)
        self.go(button.or_(link).first)

    def go(self, control: Locator) -> None:
        """Click on what leads to another page, and wait until one is there."""
        with self.page.expect_navigation():
            control.click()

    def approve(self) -> None:
        """Approve on the phone."""
        self.phone.approve(self.page, self.number)

    def log_in(self) -> None:
        """Log in with BankID on this device."""
        self.press("BankID på den här enheten")
        self.approve()

    def answer(self, answers: Mapping[str, Answer]) -> None:
        """Answer those of the questions that the page asks."""
        for question, said in answers.items():
            group, control = self._group(question), self._control(question)
            if group.count():
                self._answer_group(group.first, said)
            elif control.count():
                _fill(control.first, said)
            else:
                continue
            self.answered.append(question)

    def _group(self, question: str) -> Locator:
        return self.page.get_by_role("group", name=_start(question))

    def _control(self, question: str) -> Locator:
        return self.page.get_by_label(_start(question))

    def _answer_group(self, group: Locator, said: Answer) -> None:
        if isinstance(said, Path):
            group.locator("input[type=file]").set_input_files(said)
        elif isinstance(said, Mapping):
            _fill_all(group, said)
        elif isinstance(said, str):
            group.get_by_label(said, exact=True).check()
        else:
            for at, one in enumerate(said):
                if isinstance(one, Mapping):
                    _fill_all(self._row(group, at), one)
                else:
                    group.get_by_label(one, exact=True).check()

    def _row(self, group: Locator, at: int) -> Locator:
        """Return the table's row, asking for another one if it is not there."""
        rows = group.locator("li")
        if rows.count() <= at:
            group.get_by_role("button", name=_start("Lägg till")).click()
            rows.nth(at).wait_for()
        return rows.nth(at)


def _fill_all(place: Locator, said: Row) -> None:
    for label, text in said.items():
        _fill(place.get_by_label(_start(label)).first, text)


def _start(label: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(label)}")


def _fill(control: Locator, said: object) -> None:
    kind = control.evaluate("c => c.tagName === 'SELECT' ? 'select' : c.type")
    if kind == "select":
        control.select_option(label=str(said))
    elif kind in ("checkbox", "radio"):
        control.check()
    else:
        control.fill(str(said))


@dataclass(slots=True, kw_only=True)
class Screens:
    """New windows onto one town, each with cookies of its own."""

    url: str
    browser: Browser
    phone: Phone
    eyes: Eyes
    opened: list[BrowserContext] = field(default_factory=list)

    def person(
        self,
        number: str,
        *,
        size: tuple[int, int] = PHONE_SIZE,
        language: str = "sv-SE",
        script: bool = True,
    ) -> Person:
        """Return somebody in front of a new browser."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": size[0], "height": size[1]},
            locale=language,
            java_script_enabled=script,
            is_mobile=size == PHONE_SIZE,
        )
        self.opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        self.eyes.follow(page)
        return Person(page, self.phone, number)

    def whereabouts(self) -> str:
        """Return what every window shows, to be told when somebody is lost."""
        pages = [page for context in self.opened for page in context.pages]
        return "\n".join(
            f"{page.url}: {page.locator('body').inner_text()[:300]!r}" for page in pages
        )

    def close(self) -> None:
        for context in self.opened:
            context.close()
