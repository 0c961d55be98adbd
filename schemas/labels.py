"""What people read where an author wrote no title: the property's name as words."""

import re
from typing import Final

BREAKS: Final = re.compile(
    r"[\s_.\-/]+|(?<=[a-zà-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])"
)


def label_of(name: str) -> str:
    """Return a name of a property as words.

    >>> label_of("dateOfBirth"), label_of("postal_code"), label_of("homeURLPath")
    ('Date of birth', 'Postal code', 'Home URL path')
    """
    words = [word for word in BREAKS.split(name) if word]
    if not words:
        return name
    said = " ".join(word if _is_initials(word) else word.lower() for word in words)
    return said[0].upper() + said[1:]


def _is_initials(word: str) -> bool:
    return len(word) > 1 and word.isupper()
