"""Every kind of page enlarged, spaced out, in forced colours and without motion."""

from typing import Any

import pytest
from playwright.sync_api import Page
from sample_pages import PAGES, THEME

from renderers.html.site import Site
from tests.inspecting import TOO_WIDE, Inspector

pytestmark = pytest.mark.browser

SITE = Site(THEME, "development")
ENLARGED = {"width": 320, "height": 256}
"""1280 by 1024 pixels at 400 % (WCAG 2.2 SC 1.4.10)."""

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
"""What somebody may lay over a page (WCAG 2.2 SC 1.4.12)."""

CUT_OFF = """() => [...document.querySelectorAll("body *")]
  .filter(one => !one.closest(".govuk-visually-hidden, .govuk-skip-link, svg, select"))
  .filter(one => ["hidden", "clip"].includes(getComputedStyle(one).overflowY)
              || ["hidden", "clip"].includes(getComputedStyle(one).overflowX))
  .filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map(one => `cut off: ${one.outerHTML.slice(0, 120)}`)"""
MOVING = """() => [...document.querySelectorAll("*")].flatMap(one => {
  const style = getComputedStyle(one)
  const moves = [style.transitionDuration, style.animationDuration]
    .some(time => time.split(", ").some(each => parseFloat(each) > 0))
  return moves || style.scrollBehavior === "smooth" ? [one.outerHTML.slice(0, 120)] : []
})"""
BORDERLESS = """() => [...document.querySelectorAll(
    "main input:not([type=hidden]), main select, main textarea, main button")]
  .filter(one => !one.closest(".govuk-visually-hidden") && !one.matches(".fb-textbutton"))
  .filter(one => !one.matches(".govuk-visually-hidden, [type=checkbox].fb-tick"))
  .filter(one => {
    const label = one.matches("[type=radio], [type=checkbox]") && one.labels[0]
    const style = getComputedStyle(label || one, label ? "::before" : null)
    return !(parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle === "solid"
      || style.borderTopStyle === "dashed")
  })
  .map(one => one.outerHTML.slice(0, 120))"""
REACHED = """() => {
  const all = [...document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")]
    .filter(one => one.tabIndex >= 0 && !one.disabled && one.offsetParent)
  return all.flatMap(one => {
    one.focus()
    if (document.activeElement !== one) return []
    const label = one.matches("[type=radio], [type=checkbox]") && one.labels[0]
    const rings = [getComputedStyle(one)]
    if (label) rings.push(getComputedStyle(label, "::before"))
    const isSeen = rings.some(
      ring => ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2)
    return isSeen ? [] : [one.outerHTML.slice(0, 120)]
  })
}"""
"""What takes the focus without showing it (WCAG 2.2 SC 2.4.7)."""


def html(name: str, language: str = "sv") -> bytes:
    return SITE.render(PAGES[name], language=language, csrf_token="t")


def wrong(inspected: Inspector, look: str, language: str = "sv") -> dict[str, Any]:
    """Return what a look finds, by the pages it finds anything on."""
    found = {
        name: inspected.open(html(name, language)).evaluate(look) for name in PAGES
    }
    return {name: one for name, one in found.items() if one}


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_nothing_is_lost_at_four_times_the_size(
    inspected: Inspector, language: str
) -> None:
    inspected.page.set_viewport_size(ENLARGED)  # type: ignore[arg-type]

    assert wrong(inspected, TOO_WIDE, language) == {}


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_nothing_is_lost_when_text_is_spaced_out(
    inspected: Inspector, language: str
) -> None:
    page = inspected.page
    page.set_viewport_size({"width": 320, "height": 800})
    found = {}
    for name in PAGES:
        inspected.open(html(name, language)).add_style_tag(content=SPACED)
        found[name] = page.evaluate(TOO_WIDE) + page.evaluate(CUT_OFF)

    assert {name: one for name, one in found.items() if one} == {}


@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_focus_is_seen(inspected: Inspector, colours: Any) -> None:
    inspected.page.emulate_media(forced_colors=colours)

    assert wrong(inspected, REACHED) == {}


def test_controls_keep_their_borders_in_forced_colours(inspected: Inspector) -> None:
    inspected.page.emulate_media(forced_colors="active")

    assert wrong(inspected, BORDERLESS) == {}


def test_nothing_moves_for_those_who_asked_for_calm(inspected: Inspector) -> None:
    inspected.page.emulate_media(reduced_motion="reduce")

    assert wrong(inspected, MOVING) == {}


def arrow(page: Page) -> tuple[float, float]:
    """Return the widths of the arrow of what can be unfolded: its two upright sides."""
    left, right = page.evaluate(
        """() => { const style = getComputedStyle(document.querySelector("summary"), "::before")
        return [style.borderLeftWidth, style.borderRightWidth].map(parseFloat) }"""
    )
    return left, right


def test_what_unfolds_has_an_arrow_that_points_the_way_one_reads(
    inspected: Inspector,
) -> None:
    swedish = arrow(inspected.open(html("start", "sv")))
    arabic = arrow(inspected.open(html("start", "ar")))

    assert swedish[0] > 0 == swedish[1]
    assert arabic[0] == 0 < arabic[1]
