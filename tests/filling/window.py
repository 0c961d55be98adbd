"""Somebody at a phone, filling a form in by what the script makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from household import ELIS, SARA
from playwright.sync_api import Page

from formbuilder.filling import typed_fields
from formbuilder.identity.provider import Identity
from formbuilder.services.drafts import Draft
from formbuilder.services.session import Session
from formbuilder.web import cookies
from schemas.definition import Json
from tests.promises.city import HOSTS, City

SEEN: Final = Path(__file__).parents[2] / "artifacts" / "filling"
RESTS: Final = "() => !document.querySelector('[data-filling][data-waits]')"
FILL: Final = """([typed, done]) => {
    const form = document.querySelector("[data-filling]")
    const boxes = [...form.elements].filter(box => typed[box.name] && !done.includes(box.name))
    const tell = box => ["input", "change"].forEach(kind => box.dispatchEvent(new Event(kind, { bubbles: true })))
    for (const box of boxes) {
        const said = typed[box.name]
        const can = box.type === "radio" || box.type === "checkbox"
        if (can && box.checked === said.includes(box.value)) continue
        if (can) box.checked = !box.checked
        else box.value = said[0]
        tell(box)
    }
    if (boxes.length) return [...new Set(boxes.map(box => box.name))]
    const rows = [...form.querySelectorAll("[name=_add]")].find(button => {
        const start = button.closest("[data-question]").dataset.question + "."
        return Object.keys(typed).some(name => name.startsWith(start) && !done.includes(name))
    })
    rows?.click()
    return rows ? ["_add"] : []
}"""
"""Fills in what stands there and can be, else asks for another row."""


@dataclass(slots=True)
class Window:
    """A browser's window onto the city."""

    city: City
    page: Page
    console: list[str] = field(default_factory=list)
    token: str = ""

    def log_in(self, number: str = SARA) -> Session:
        """Give the browser somebody's session, without the eID's detour."""
        person = self.city.town.register.people[number]
        identity = Identity(
            personal_number=number,
            given_name=person.given_name,
            family_name=person.family_name,
            name=person.name,
        )
        token, who = self.city.town.services.sessions.create(
            "ekvalla", "guardian", identity
        )
        self.token = token
        cookie = {"name": cookies.CITIZEN, "value": token, "url": HOSTS["ekvalla"]}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]  # its own TypedDict
        return who

    def open(self, form_id: str, page_id: str, number: str = SARA) -> str:
        """Begin or go on with a form at one of its pages; return the draft's id."""
        return self._begin(form_id, page_id, number)[1].id

    def _begin(
        self, form_id: str, page_id: str = "", number: str = SARA
    ) -> tuple[Session, Draft]:
        who = self.log_in(number)
        subject = self.city.town.child(ELIS) if form_id == "skolstart" else ""
        draft = self.city.town.services.drafts.open(who, form_id, subject)
        self.page.goto(self.address(who, draft, form_id, page_id))
        return who, draft

    def address(
        self, who: Session, draft: Draft, form_id: str, page_id: str = ""
    ) -> str:
        """Return where a page of the draft is; its first one unless it is named."""
        shown = who.handles.of(draft.id)
        return f"/e/{form_id}/{page_id or draft.pages()[0].page.id}?d={shown}"

    def answer(self, form_id: str, answers: Json) -> tuple[Session, Draft]:
        """Fill in a form from its first page on; return who did and what is stored."""
        who, draft = self._begin(form_id)
        self.fill(typed_fields(draft.form, answers))
        return who, self.city.town.services.drafts.get(who, draft.id)

    def fill(self, typed: Mapping[str, list[str]]) -> None:
        """Fill in page after page until the answers are to be checked, or are wrong."""
        while "/granska" not in self.page.url:
            self.rest()
            done: list[str] = []
            while new := self.page.evaluate(FILL, [typed, done]):
                done += new
                self.rest()
            with self.page.expect_navigation():
                self.page.click(".fb-buttons [value=next]")
            if self.page.locator("[data-error-summary]").count():
                return

    def rest(self) -> None:
        """Wait until everything changed is saved and drawn."""
        self.page.wait_for_function(RESTS)

    def look(self, name: str) -> None:
        """Keep a picture of the page."""
        SEEN.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SEEN / f"{name}.png", full_page=True)
