"""A JSON value as one line people and spreadsheets read."""

from typing import Any

from schemas.catalogue import text


def plain(value: Any, language: str = "sv") -> str:
    """Write a value out: yes and no in words, lists with semicolons.

    A list in a list stands in brackets, so that each row keeps what is its own.

    >>> plain(["nötter", {"grad": 2}, True]), plain([["x", "y"], [], ["z"]])
    ('nötter; grad: 2; Ja', '(x; y); (); (z)')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return text("Ja" if value else "Nej", language)
    if isinstance(value, list):
        return "; ".join(
            f"({plain(item, language)})"
            if isinstance(item, list)
            else plain(item, language)
            for item in value
        )
    if isinstance(value, dict):
        return ", ".join(f"{k}: {plain(v, language)}" for k, v in value.items())
    return str(value)
