"""How the author's texts read and sound (WCAG 2.2 SC 1.3.3, 2.4.4, 3.1.5, 3.3.2)."""

import re
from collections.abc import Iterator
from typing import Final

from formbuilder.accessibility.readability import lix, words
from formbuilder.accessibility.seen import Seen, Text, words_of
from schemas.errors import Problem
from schemas.lint_subject import problem

EMPTY_LINKS: Final = frozenset(
    {"här", "klicka här", "klicka", "läs mer", "läs mer här", "mer", "länk", "länken"}
    | {"mer information", "den här länken", "here", "click here", "read more", "link"}
)
ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
CLICK_HERE: Final = re.compile(
    r"\b(?:klicka|tryck) (?:här|på länken)\b|\bclick here\b", re.IGNORECASE
)
BY_SIGHT: Final = re.compile(
    r"\b(?:till (?:höger|vänster)(?! om)|i (?:höger|vänster)\w*|"
    r"(?:röda|gröna|gula|blå|grå|runda|fyrkantiga) (?:knapp|ruta|fält|text|rad|pil)\w*|"
    r"(?:rött|grönt|gult) (?:fält|markerat))\b",
    re.IGNORECASE,
)
PROSE: Final = frozenset(
    {"description", "help", "purpose", "if_not_answered", "declaration"}
)
LONGEST: Final = {"question": 120, "page": 80}
ENOUGH_WORDS: Final = 20
HARD: Final = 45
MANY_LETTERS: Final = 8


def link_text(seen: Seen) -> Iterator[Problem]:
    """FB208: A link whose words do not say where it leads."""
    found = {text.at: said for text in seen.texts if (said := _click_here(text))}
    for page in seen.pages:
        for link in page.tree.iter("a"):
            said = words_of(link)
            if said.casefold().strip(" .") in EMPTY_LINKS or ADDRESS.match(said):
                found.setdefault(page.place_of(link), said)
    for at, said in found.items():
        yield problem(
            "FB208",
            at,
            f"”{said}” säger inte vart man kommer. Skärmläsare läser länkar utan texten "
            "runt om, och adresser tecken för tecken.",
            "Låt länkens egna ord säga vad den leder till: [Ansök om specialkost](…).",
            "warning",
        )


def _click_here(text: Text) -> str:
    shown = re.sub(r"\]\([^)]*\)", "]", text.text)  # what a Markdown link leads to
    said = CLICK_HERE.search(shown) or ADDRESS.search(shown)
    return said.group() if said else ""


def hard_to_read(seen: Seen) -> Iterator[Problem]:
    """FB209: A text that is hard to read, by LIX."""
    if seen.subject.definition.language != "sv":
        return
    for text in seen.texts:
        if text.what not in PROSE or len(words(text.text)) < ENOUGH_WORDS:
            continue
        level = lix(text.text)
        if level > HARD:
            yield problem(
                "FB209",
                text.at,
                f"Texten är svår att läsa: LIX {level}. Över {HARD} är den svårare än "
                "en dagstidning.",
                "Skriv kortare meningar, en sak i varje, och byt långa ord mot vanliga.",
                "warning",
            )


def long_title(seen: Seen) -> Iterator[Problem]:
    """FB210: A title that is too long to be taken in at once."""
    for text in seen.texts:
        if text.what not in ("title", "label"):
            continue
        is_question = "/schema/" in text.at or "/ui/" in text.at
        longest = LONGEST["question" if is_question else "page"]
        if len(text.text) > longest:
            yield problem(
                "FB210",
                text.at,
                f"Rubriken är {len(text.text)} tecken lång. Den läses upp hel varje gång.",
                f"Korta den till {longest} tecken, och lägg resten i description.",
                "warning",
            )


def capitals(seen: Seen) -> Iterator[Problem]:
    """FB211: A text in capitals only."""
    for text in seen.texts:
        letters = [letter for letter in text.text if letter.isalpha()]
        if (
            len(letters) >= MANY_LETTERS
            and len(words(text.text)) > 1
            and text.text.isupper()
        ):
            yield problem(
                "FB211",
                text.at,
                "Texten har bara versaler. De är svåra att läsa, och en del skärmläsare "
                "bokstaverar dem.",
                "Skriv med små bokstäver.",
                "warning",
            )


def by_sight_alone(seen: Seen) -> Iterator[Problem]:
    """FB212: A text that points by place, shape or colour."""
    for text in seen.texts:
        said = BY_SIGHT.search(text.text)
        if said:
            yield problem(
                "FB212",
                text.at,
                f"”{said.group()}” förstår bara den som ser sidan så som du ser den.",
                "Säg vad det du pekar på heter: knappen Spara, frågan om mat.",
                "warning",
            )


def unexplained_pattern(seen: Seen) -> Iterator[Problem]:
    """FB213: An answer that must be written in a certain way that nobody tells."""
    for page in seen.pages:
        for one in page.questions:
            question = one.question
            told = question.description or question.ui.get("help")
            if (
                question.kind == "text"
                and "pattern" in question.schema
                and not (told or question.schema.get("examples"))
            ):
                yield problem(
                    "FB213",
                    one.at,
                    "Svaret måste skrivas på ett visst sätt, men det står inte hur.",
                    'Visa hur med en description, eller med "examples": ["AB12"].',
                    "warning",
                )


RULES = (
    link_text,
    hard_to_read,
    long_title,
    capitals,
    by_sight_alone,
    unexplained_pattern,
)
