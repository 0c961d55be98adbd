"""How a municipality looks: name, mark, contact, colours laid over the base."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from renderers.html.page_parts import Link

COLOURS: Final = frozenset({"brand", "link", "link-hover", "template-background"})
LEAST_CONTRAST: Final = 4.5  # WCAG 2.2 SC 1.4.3
LINEAR_BELOW: Final = 0.04045  # WCAG 2.2, relative luminance


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a page of this municipality looks like; every address may be empty.

    `colours` replaces some of COLOURS by `#rrggbb`; whoever serves the site gives
    `stylesheet(theme)` at the address `stylesheet`. The logo stands on white.
    """

    municipality: str
    logo: str = ""
    icon: str = ""
    phone: str = ""
    email: str = ""
    accessibility: str = "/om/tillganglighet"
    privacy: str = "/om/personuppgifter"
    cookies: str = "/om/kakor"
    links: tuple[Link, ...] = ()
    stylesheet: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)


def stylesheet(theme: Theme) -> str:
    """Return the theme's colours as a style sheet of custom properties.

    Raises:
        ValueError: a colour is unknown, ill-written or too pale to read on white.
    """
    for name, colour in theme.colours.items():
        _refuse_unreadable(name, colour)
    lines = [f"--govuk-{name}-colour:{value}" for name, value in theme.colours.items()]
    return f":root{{{';'.join(lines)}}}\n" if lines else ""


def _refuse_unreadable(name: str, colour: str) -> None:
    if name not in COLOURS:
        raise ValueError(
            f"There is no colour called {name!r}. "
            f"Use one of: {', '.join(sorted(COLOURS))}."
        )
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour. Write it like #0b4f5c.")
    if contrast_on_white(colour) < LEAST_CONTRAST:
        raise ValueError(
            f"{colour} is too pale for text on white. Choose a darker {name} colour."
        )


def contrast_on_white(colour: str) -> float:
    """Return the contrast ratio of a `#rrggbb` colour against white (WCAG 2.2).

    >>> round(contrast_on_white("#000000"))
    21
    """
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4
        for c in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
