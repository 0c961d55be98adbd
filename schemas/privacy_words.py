"""The law a section stands on and how long it is kept, in words."""

import re
from typing import Final, Literal

from babel.units import format_unit

from schemas.catalogue import SOURCE_LANGUAGE, text
from schemas.definition import LegalBasis, Retention

LENGTHS: Final[dict[str, Literal["short", "long", "narrow"]]] = {"ar": "short"}
"""Babel has no long names of months and days in Arabic; the short ones are words."""


def ground(law: LegalBasis, language: str = SOURCE_LANGUAGE) -> str:
    """Return the articles of the data protection regulation, then the national law.

    >>> ground(LegalBasis(gdpr="6.1 e", special="9.2 g", national="Skollagen 10 kap."))
    'Dataskyddsförordningen artikel 6.1 e, 9.2 g. Skollagen 10 kap.'
    """
    return f"{articles(law, language)} {law.national}".rstrip()


def articles(law: LegalBasis, language: str) -> str:
    """Return the articles of the data protection regulation, as a sentence.

    >>> articles(LegalBasis(gdpr="6.1 e"), "en")
    'General Data Protection Regulation, article 6.1 e.'
    """
    both = ", ".join(article for article in (law.gdpr, law.special) if article)
    said = text("Dataskyddsförordningen artikel {articles}", language, articles=both)
    return f"{said}."


def kept(rule: Retention, language: str = SOURCE_LANGUAGE) -> str:
    """Return how long something is kept, counted from what, by which decision.

    >>> kept(Retention(keep="P1Y", from_="school_year_end", decision="BUN 2026/1"))
    '1 år efter läsårets slut. Beslut: BUN 2026/1'
    """
    if rule.preserve:
        return text("Bevaras. Beslut: {decision}", language, decision=rule.decision)
    return text(
        "{time} {start}. Beslut: {decision}",
        language,
        time=duration(rule.keep, language),
        start=_start(rule, language),
        decision=rule.decision,
    )


def _start(rule: Retention, language: str) -> str:
    if rule.event:
        happened = "efter att detta har hänt: {event}"
        return text(happened, language, event=rule.event)
    return {
        "arrival": text("från att svaret kom in", language),
        "school_year_end": text("efter läsårets slut", language),
        "consent_end": text("efter att samtycket upphört", language),
        "replaced": text("efter att svaret ersatts", language),
        "case_closed": text("efter att ärendet avslutats", language),
    }.get(rule.from_, text("efter att det inte längre behövs", language))


def duration(written: str, language: str) -> str:
    """Return an ISO 8601 duration in words.

    >>> duration("P1Y", "sv"), duration("P1Y6M", "en")
    ('1 år', '1 year 6 months')
    >>> duration("P3Y", "pl"), duration("P5Y", "pl")
    ('3 lata', '5 lat')
    """
    units = {"Y": "year", "M": "month", "W": "week", "D": "day"}
    return " ".join(
        format_unit(
            int(number),
            f"duration-{units[letter]}",
            length=LENGTHS.get(language, "long"),
            locale=language,
        )
        for number, letter in re.findall(r"([0-9]+)([YMWD])", written)
    )
