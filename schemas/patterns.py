"""Patterns as JSON Schema means them (ECMA-262), on engines that never backtrack."""

import re
from functools import lru_cache
from typing import Any, Final

import jsonschema_rs
import re2

# ECMA-262 §12.2 and §12.3: RE2 knows the ASCII blanks only.
BLANK: Final = (
    r"\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}"
    r"\x{3000}\x{feff}"
)
NOT_BLANK: Final = (
    r"\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}"
    r"\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}"
    r"\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"
)
CATEGORIES: Final = {
    "Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu",
    "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm",
    "Other_Letter": "Lo", "Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc",
    "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd", "digit": "Nd",
    "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P",
    "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps",
    "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf",
    "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm",
    "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So",
    "Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl",
    "Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc", "Format": "Cf",
    "Private_Use": "Co",
}  # fmt: skip
"""Long names of Unicode's general categories; RE2 knows the short ones."""

PROPERTY: Final = re.compile(
    r"\\([pP])\{(?:(?:General_Category|gc|Script|sc)=)?([A-Za-z_]+)\}"
)
CONTROL: Final = 32
"""`\\cA` is the letter's number modulo this."""


def is_linear(pattern: str) -> bool:
    """Tell whether both engines without backtracking take the pattern.

    >>> is_linear("^[0-9]{5}$"), is_linear("(?=x)y"), is_linear("(?!x)y")
    (True, False, False)
    """
    try:
        jsonschema_rs.validator_for(
            {"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions()
        )
        _compiled(pattern)
    except (re2.error, jsonschema_rs.ValidationError):
        return False
    return True


def fits(pattern: str, text: str) -> bool:
    r"""Tell whether the pattern matches anywhere in the text.

    >>> fits("^[0-9]+$", "12"), fits("^[0-9]+$", "12\n"), fits(r"^\s$", "\u2003")
    (True, False, True)
    """
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(as_re2(pattern), options)


def as_re2(pattern: str) -> str:
    r"""Write an ECMA-262 pattern as RE2 reads it.

    >>> as_re2(r"^\u00e5\cA$")
    '^\\x{00e5}\\x{1}$'
    """
    written: list[str] = []
    place, is_class = 0, False
    while place < len(pattern):
        if pattern[place] == "\\":
            length, said = _escaped(pattern[place:], is_class=is_class)
        else:
            length, said = 1, pattern[place]
            is_class = said == "[" or (is_class and said != "]")
        written.append(said)
        place += length
    return "".join(written)


def _escaped(rest: str, *, is_class: bool) -> tuple[int, str]:
    """Return how long an escape is, and how RE2 writes it."""
    kind = rest[1:2]
    if kind == "s":
        return 2, BLANK if is_class else f"[{BLANK}]"
    if kind == "S":
        return 2, NOT_BLANK if is_class else f"[^{BLANK}]"
    if kind == "u" and _is_hexadecimal(rest[2:6]):
        return 6, f"\\x{{{rest[2:6]}}}"
    if kind == "c" and rest[2:3].isascii() and rest[2:3].isalpha():
        return 3, f"\\x{{{ord(rest[2]) % CONTROL:x}}}"
    if named := PROPERTY.match(rest):
        name = CATEGORIES.get(named[2], named[2])
        return named.end(), f"\\{named[1]}{{{name}}}"
    return 2, rest[:2]


def _is_hexadecimal(text: str) -> bool:
    return len(text) == 4 and all(c in "0123456789abcdefABCDEF" for c in text)  # noqa: PLR2004 - a UTF-16 unit
