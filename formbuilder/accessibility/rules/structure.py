"""Titles of pages, order of headings, pictures (WCAG 2.2 SC 1.1.1, 1.3.1, 2.4.2)."""

import re
from collections.abc import Iterator
from typing import Final

from formbuilder.accessibility.seen import Seen, words_of
from schemas.errors import Problem
from schemas.lint_subject import problem

NAMELESS_PICTURE: Final = re.compile(r"!\[\s*\]\(")
HEADINGS: Final = "//h1|//h2|//h3|//h4|//h5|//h6"


def page_title(seen: Seen) -> Iterator[Problem]:
    """FB205: A page without a title, or with the same one as another page."""
    titles: set[str] = set()
    for page in seen.pages:
        title = page.title.strip().casefold()
        if not title or title in titles:
            yield problem(
                "FB205",
                page.at,
                f"En annan sida heter också ”{page.title}”."
                if title
                else "Sidan har ingen rubrik.",
                "Ge varje sida en egen title som säger vad sidan frågar om. Den är det "
                "första en skärmläsare säger, och det som står på fliken.",
                "warning",
            )
        titles.add(title)


def heading_order(seen: Seen) -> Iterator[Problem]:
    """FB206: A heading that skips a level, or is the page's second main heading."""
    for page in seen.pages:
        above = 0
        for heading in page.tree.xpath(HEADINGS):
            level = int(heading.tag[1])
            if level > above + 1 or (level == 1 and above):
                yield problem(
                    "FB206",
                    page.place_of(heading),
                    f"Rubriken ”{words_of(heading)}” har nivå {level} men kommer efter "
                    f"nivå {above}. Den som går mellan rubriker tror att något saknas.",
                    "Sidans title är nivå 1. Låt rubrikerna under den följa på varandra.",
                    "warning",
                )
            above = level


def picture_without_words(seen: Seen) -> Iterator[Problem]:
    """FB207: A picture without a text that says what it shows."""
    drawn = [
        page.place_of(picture)
        for page in seen.pages
        for picture in page.tree.iter("img")
        if not (picture.get("alt") or "").strip()
    ]
    written = [text.at for text in seen.texts if NAMELESS_PICTURE.search(text.text)]
    for at in (*drawn, *written):
        yield problem(
            "FB207",
            at,
            "Bilden har ingen text för den som inte ser den.",
            "Säg i ord vad bilden visar. Bilder i texter ritas inte ut.",
            "warning",
        )


RULES = (page_title, heading_order, picture_without_words)
