"""A municipality's own colours: told in one style sheet, never unreadable."""

import hashlib
from pathlib import Path

import pytest

from renderers.html.site import HERE, static_address, sums
from renderers.html.theme import Theme, stylesheet

STATIC = Path(str(HERE), "static")


def test_a_theme_s_colours_become_custom_properties() -> None:
    theme = Theme(municipality="Sjövik", colours={"brand": "#4b1d52"})

    assert stylesheet(theme) == ":root{--govuk-brand-colour:#4b1d52}\n"


@pytest.mark.parametrize(
    ("colours", "said"),
    [
        ({"brand": "#ffee00"}, "too pale"),
        ({"brand": "red;}body{display:none"}, "is not a colour"),
        ({"error": "#4b1d52"}, "no colour called"),
    ],
)
def test_a_colour_that_would_not_do_is_refused_with_advice(
    colours: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        stylesheet(Theme(municipality="Sjövik", colours=colours))


def test_every_static_file_is_listed_with_its_sum() -> None:
    found = {
        str(path.relative_to(STATIC)): hashlib.sha384(path.read_bytes()).hexdigest()
        for path in STATIC.rglob("*")
        if path.is_file() and path.name != "SHA384SUMS"
    }

    assert found == sums()


def test_a_static_address_changes_with_the_content() -> None:
    assert static_address("base.css").endswith(sums()["base.css"][:12])


def test_the_style_sheet_fetches_nothing_from_elsewhere() -> None:
    css = (STATIC / "base.css").read_text(encoding="utf-8")

    assert "url(http" not in css
    assert "url(//" not in css
    assert "GDS" not in css


def test_the_style_sheet_knows_no_left_or_right() -> None:
    css = (STATIC / "base.css").read_text(encoding="utf-8")

    for physical in ("margin-left", "padding-right", "text-align:left", "border-left:"):
        assert physical not in css
