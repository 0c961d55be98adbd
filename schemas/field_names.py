"""What stands at a pointer is called in HTML by the pointer with dots for slashes.

A dot of the pointer's own is written `~2`, as RFC 6901 writes `~0` and `~1`, so no two
pointers share a name, and a name has no slash.
"""


def name_of(pointer: str) -> str:
    """Return the HTML name of a pointer, or of one that begins within a question.

    >>> name_of("/food/v.1/a~1b"), name_of("")
    ('food.v~21.a~1b', '')
    """
    return pointer[1:].replace(".", "~2").replace("/", ".")


def pointer_of(name: str) -> str:
    """Return the pointer that has an HTML name.

    >>> pointer_of("food.v~21.a~1b"), pointer_of("")
    ('/food/v.1/a~1b', '')
    """
    return "/" + name.replace(".", "/").replace("~2", ".") if name else ""
