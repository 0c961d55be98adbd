"""A person who has only a keyboard: Tab, arrows, Space, Enter and typing."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from browsing import Answer
from family_in_browser import Answers
from playwright.sync_api import Page

MAX_TABS: Final = 200
MAX_PAGES: Final = 60
SEEN_WITHIN: Final = 10
"""Tenths of a second."""
NO_CONTROLS: Final = ("", "a", "button", "summary")
"""What is typed on a link is no answer; a space there scrolls the page."""
NOTHING: Final = {"kind": "", "label": ""}
FOCUSED: Final = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const words = element => element ? element.innerText.trim() : ""
  const style = getComputedStyle(one)
  const label = one.labels && one.labels[0]
  const ring = label && getComputedStyle(label, "::before")
  const box = one.getBoundingClientRect()
  const group = one.closest("fieldset")
  return {
    kind: one.tagName === "INPUT" ? one.type : one.tagName.toLowerCase(),
    label: words(label) || words(one) || one.getAttribute("aria-label") || "",
    group: group ? words(group.querySelector("legend")) : "",
    outer: group && group.parentElement.closest("fieldset") ?
      words(group.parentElement.closest("fieldset").querySelector("legend")) : "",
    isChecked: Boolean(one.checked),
    options: one.options ? [...one.options].map(words) : [],
    chosen: one.selectedIndex,
    choices: one.type === "radio" ? [...document.getElementsByName(one.name)]
      .map(radio => words(radio.labels[0])) : [],
    isRinged: [style, ring].some(
      seen => seen && seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) >= 2),
    place: [box.top, box.bottom, scrollY, innerHeight].map(Math.round),
    isInSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  }
}"""


class Keyboard:
    """Hands on a keyboard, and what the person tells of the way."""

    def __init__(self, page: Page, answers: Answers) -> None:
        self.page = page
        self.answers = answers
        self.unseen: list[str] = []
        self.order: list[str] = []
        # From now on the browser hands over its dialogs. Asked for when a file is to be
        # chosen, that may come after the key on a busy machine, and nothing is heard.
        page.on("filechooser", lambda _chooser: None)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> dict[str, Any]:
        """Return what has the focus; remember it if that cannot be seen.

        Questions that come while one types move what stands below them; within a
        moment the browser has scrolled back to it.
        """
        for _ in range(SEEN_WITHIN):
            found: dict[str, Any] = self.page.evaluate(FOCUSED) or dict(NOTHING)
            if not found["kind"] or (found["isRinged"] and found["isInSight"]):
                return found
            self.page.wait_for_timeout(100)
        self.unseen.append(f"{self.page.url}: {json.dumps(found)}")
        return found

    def reach(self, label: str) -> None:
        """Press Tab until what has the focus is called this."""
        for _ in range(MAX_TABS):
            self.press("Tab")
            if self.focused()["label"].startswith(label):
                return
        raise AssertionError(f"No way by keyboard to {label} on {self.page.url}")

    def follow(self, label: str) -> None:
        """Go where a link or a button of this name leads."""
        self.reach(label)
        with self.page.expect_navigation():
            self.press("Enter")

    def fill_in(self, last: str) -> None:
        """Answer page after page until there is a button called this."""
        for _ in range(MAX_PAGES):
            if self.page.get_by_role("button", name=last).count():
                return
            self._answer_page()
        raise AssertionError(f"The form never ends: {self.page.url}")

    def _answer_page(self) -> None:
        heading = self.page.locator("h1").inner_text()
        for _ in range(MAX_TABS):
            self.press("Tab")
            at = self.focused()
            if at["label"].startswith("Spara och") and "senare" not in at["label"]:
                with self.page.expect_navigation():
                    self.press("Enter")
                return
            self._answer(at)
        raise AssertionError(f"No way by keyboard out of {heading} on {self.page.url}")

    def _answer(self, at: Mapping[str, Any]) -> None:
        said = None if at["kind"] in NO_CONTROLS else self._said(at)
        if said is None:
            return
        self.order.append(at["label"])
        if at["kind"] == "radio":
            self._choose(at, str(said))
        elif at["kind"] == "checkbox":
            if not at["isChecked"]:
                self.press("Space")
        elif at["kind"] == "select":
            down = list(at["options"]).index(str(said)) - at["chosen"]
            self.press(*["ArrowDown"] * down)
        elif at["kind"] == "file":
            with self.page.expect_file_chooser() as chooser:
                self.press("Space")
            chooser.value.set_files(Path(str(said)))
        else:
            self.press("ControlOrMeta+A")
            self.page.keyboard.type(str(said))

    def _choose(self, at: Mapping[str, Any], said: str) -> None:
        """Come to a choice with Tab, and move within it with arrows."""
        here, there = (at["choices"].index(one) for one in (at["label"], said))
        self.press("Space")
        self.press(*["ArrowDown"] * (there - here))

    def _said(self, at: Mapping[str, Any]) -> Answer | None:
        """Return what to say to a control: by its own words, or its group's."""
        own = _of(self.answers, at["label"])
        group = next(
            (
                found
                for legend in (at.get("group", ""), at.get("outer", ""))
                if legend and (found := _of(self.answers, legend)) is not None
            ),
            None,
        )
        if group is None:
            return own
        if isinstance(group, Mapping):
            return _of(group, at["label"])
        if isinstance(group, str | Path):
            return group if at["kind"] in ("radio", "file") else own
        return _among(group, at["label"])


def _among(said: Sequence[Any], label: str) -> Answer | None:
    """Return the label if it is to be ticked, or the cell of a table's first row."""
    if said and isinstance(said[0], Mapping):
        return _of(said[0], label)
    return label if label in said else None


def _of(answers: Mapping[str, Any], words: str) -> Any:
    return next((a for q, a in answers.items() if words.startswith(q)), None)
